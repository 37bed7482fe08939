"""Recorded changes made on a course as it is now, where what they began from still stands."""

from collections.abc import Sequence
from uuid import UUID

from course import parts, staleness
from course.dependents import parent_in
from course.edit import Edit
from course.errors import Conflict, LecternError, NotFound
from course.models.revision import Change
from course.spans import net


async def remake(edit: Edit, changes: Sequence[Change]) -> None:
    """Makes all of them. Raises `Conflict` or `NotFound`, which say who changed what, where one does not fit."""
    gone = {change.id for change in changes if change.after is None}
    for change in net(changes):
        if change.before is None:
            await _add(edit, change)
        elif change.after is not None:
            await _set(edit, change, change.after)
        elif parent_in(change.kind, change.before) not in gone:
            # What stands in it goes with it.
            await edit.delete(change.kind, change.id)


async def remake_or_not(edit: Edit, changes: Sequence[Change]) -> str:
    """Makes all of them, or none; why not, or nothing when they were made."""
    made = len(edit.changes)
    try:
        async with edit.session.begin_nested():
            await remake(edit, changes)
    except LecternError as problem:
        del edit.changes[made:]
        # What was set and taken back is read again, here where it can be awaited.
        await edit.session.refresh(edit.course)
        return problem.sentence
    return ""


async def _add(edit: Edit, change: Change) -> None:
    values = change.after or {}
    await _require_parent(edit, change, values)
    if await parts.find(edit.session, change.kind, change.id, edit.course.id) is not None:
        raise Conflict(f"That {parts.WORD[change.kind]} is there already.")
    columns = {name: parts.column_value(change.kind, name, value) for name, value in values.items()}
    await edit.add_row(change.kind, change.id, columns)


async def _set(edit: Edit, change: Change, after: dict[str, object]) -> None:
    await _require_parent(edit, change, after)
    row = await parts.find(edit.session, change.kind, change.id, edit.course.id)
    if row is not None:
        now = parts.state(change.kind, row)
        if all(now[name] == value for name, value in after.items()):
            raise Conflict("It is like that already.")
    await edit.update(change.kind, change.id, **after)


async def _require_parent(edit: Edit, change: Change, values: dict[str, object]) -> None:
    parent: UUID | None = parent_in(change.kind, values)
    if parent is None:
        return
    kind = parts.PARENT[change.kind][1]
    if await parts.find(edit.session, kind, parent, edit.course.id) is None:
        raise NotFound(await staleness.gone(edit, kind, parent, edit.base))
