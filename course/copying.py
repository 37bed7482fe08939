"""A part once more, right behind itself, with everything in it."""

from typing import Any
from uuid import UUID

from course import parts
from course.edit import Edit
from course.models.revision import Kind

_LONGEST_TITLE = 160
_NAMED = (Kind.MODULE, Kind.LESSON)


async def duplicate(edit: Edit, kind: Kind, part_id: UUID, title: str | None = None) -> UUID:
    """Copies a part and all below it. A module or lesson is called “… (copy)” unless given a title."""
    row = await edit.part(kind, part_id)
    state = parts.state(kind, row)
    own = _columns(state)
    if title is not None or kind in _NAMED:
        own["title"] = title or f"{own['title'][: _LONGEST_TITLE - len(' (copy)')]} (copy)"
    parent_column = parts.PARENT[kind][0]
    parent = UUID(state[parent_column]) if parent_column in state else edit.course.id
    new = await edit.insert(kind, parent, after=part_id, **own)
    await _fill(edit, kind, part_id, new)
    return new


async def _fill(edit: Edit, kind: Kind, part_id: UUID, new: UUID) -> None:
    for child, row in await parts.children(edit.session, kind, part_id):
        copy = await edit.insert(child, new, **_columns(parts.state(child, row)))
        await _fill(edit, child, row.id, copy)


def _columns(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name != "rank" and not name.endswith("_id")}
