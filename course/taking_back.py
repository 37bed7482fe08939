"""Making the opposite of recorded changes, exactly, where what they left still stands."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from course import parts, settling
from course.dependents import parent_in
from course.edit import Edit
from course.errors import Conflict
from course.models.revision import Change, Kind
from course.spans import net


async def take_back(edit: Edit, changes: Iterable[Change]) -> None:
    """Takes back all of them. Raises `Conflict` where later changes built on one."""
    for change in reversed(net(changes)):
        if trouble := await _obstacle(edit, change):
            raise Conflict(trouble)
        await _reverse(edit, change)
    await settling.settle_ranks(edit)


async def take_back_untouched(edit: Edit, changes: Iterable[Change]) -> None:
    """Takes back what nobody touched since: whole parts, or single columns of one."""
    for change in reversed(net(changes)):
        left = await _standing(edit, change)
        if left is not None and await _obstacle(edit, left) is None:
            await _reverse(edit, left)
    await settling.settle_ranks(edit)


async def _obstacle(edit: Edit, change: Change) -> str | None:
    """Why a change cannot be taken back; None when it can."""
    row = await parts.find(edit.session, change.kind, change.id, edit.course.id)
    word = parts.WORD[change.kind]
    if change.after is None:
        if row is not None:
            return f"A {word} it removed is there again."
    elif row is None:
        return f"A {word} it changed was removed later."
    elif not _holds(parts.state(change.kind, row), change.after):
        return f"A {word} it changed was changed again later."
    if change.before is None:
        return (
            f"Later changes added to a {word}." if await parts.children(edit.session, change.kind, change.id) else None
        )
    parent = parent_in(change.kind, change.before)
    if parent and await parts.find(edit.session, parts.PARENT[change.kind][1], parent, edit.course.id) is None:
        return f"The {parts.WORD[parts.PARENT[change.kind][1]]} it stood in was removed later."
    return None


async def _standing(edit: Edit, change: Change) -> Change | None:
    """The change as far as it stands: only the columns that nobody set since."""
    if change.before is None or change.after is None:
        return change
    row = await parts.find(edit.session, change.kind, change.id, edit.course.id)
    if row is None:
        return None
    now = parts.state(change.kind, row)
    gone = parts.joined(change.kind, [name for name in change.after if now[name] != change.after[name]])
    kept = [name for name in change.after if name not in gone]
    if not kept:
        return None
    before, after = change.before, change.after
    return change.model_copy(
        update={"before": {name: before[name] for name in kept}, "after": {name: after[name] for name in kept}}
    )


async def _reverse(edit: Edit, change: Change) -> None:
    if change.after is None:
        await _restore(edit, change.kind, change.id, change.before or {})
    elif change.before is None:
        await edit.delete(change.kind, change.id)
    else:
        await edit.update(change.kind, change.id, **change.before)


async def _restore(edit: Edit, kind: Kind, part_id: UUID, before: dict[str, Any]) -> None:
    values = {name: parts.column_value(kind, name, value) for name, value in before.items()}
    await edit.add_row(kind, part_id, values)


def _holds(now: dict[str, Any], after: dict[str, Any]) -> bool:
    return all(now[name] == value for name, value in after.items())
