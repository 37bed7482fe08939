"""Edits made on an older state of a course: what others changed since, and what can still be done."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from course import parts
from course.errors import Conflict
from course.models.revision import Change, Kind
from course.moments import ago
from course.places import place
from course.spans import net
from course.tables import RevisionRow, UserRow

if TYPE_CHECKING:
    from course.edit import Edit

_COLUMNS = {
    "body": "what is on it",
    "citations": "the sources",
    "text": "the words",
    "answer": "the right answer",
    "objective": "the objective it tests",
    "rank": "the place",
    "module_id": "the place",
    "lesson_id": "the place",
}
_SAID = ("title", "narration", "text", "question", "summary", "audience", "tone", "language", "minutes")
"""Columns whose value can be told in a sentence."""
_LONGEST = 90
_AGAIN = "Nothing was changed. Look at it again, then repeat your change."


@dataclass(frozen=True)
class _Touch:
    """A part's change by someone else."""

    author_id: UUID
    author: str
    at: datetime
    change: Change


async def meant(edit: "Edit", kind: Kind, row: parts.PartRow, new: dict[str, Any], base: int) -> dict[str, Any]:
    """Of the columns to set, those that the author meant to change, looking at revision `base`.

    Raises `Conflict` when others have changed one of them since, or one that makes sense only together with it.
    """
    touches = await _touches(edit, row.id, base)
    found = net(touch.change for touch in touches)
    if not found:
        return new
    before, after = found[0].before, found[0].after or {}
    wanted = new if before is None else {n: value for n, value in new.items() if n not in before or before[n] != value}
    clashing = list(after) if before is None else [n for n in after if n in parts.joined(kind, wanted)]
    if wanted and clashing:
        raise Conflict(await _sentence(edit, kind, row, touches, clashing))
    return wanted


async def refuse(edit: "Edit", kind: Kind, row: parts.PartRow, base: int) -> None:
    """Raises `Conflict` unless all that others did to the part since `base` came to nothing."""
    touches = await _touches(edit, row.id, base)
    found = net(touch.change for touch in touches)
    if found:
        raise Conflict(await _sentence(edit, kind, row, touches, list(found[0].after or {})))


async def gone(edit: "Edit", kind: Kind, part_id: UUID, base: int) -> str:
    """What to say of a part that is not there: who removed it, if that was after `base`."""
    touches = [one for one in await _touches(edit, part_id, base) if one.change.after is None]
    if not touches:
        return f"That {parts.WORD[kind]} is not there any more. Look at the outline and try again."
    last = touches[-1]
    return f"{_who(edit, last)} removed that {parts.WORD[kind]} {_when(edit, last)}. Look at the outline and try again."


async def _touches(edit: "Edit", part_id: UUID, base: int) -> list[_Touch]:
    if base >= edit.course.revision:
        return []
    query = (
        select(RevisionRow.author_id, UserRow.name, RevisionRow.at, RevisionRow.changes)
        .join(UserRow, UserRow.id == RevisionRow.author_id)
        .where(RevisionRow.course_id == edit.course.id, RevisionRow.number > base)
        .where(RevisionRow.changes.contains([{"id": str(part_id)}]))
        .order_by(RevisionRow.number)
    )
    return [
        _Touch(author_id, author, at, Change.model_validate(change))
        for author_id, author, at, changes in (await edit.session.execute(query)).tuples()
        for change in changes
        if change["id"] == str(part_id)
    ]


async def _sentence(edit: "Edit", kind: Kind, row: parts.PartRow, touches: list[_Touch], columns: list[str]) -> str:
    """“Ann changed the narration of slide 3 of lesson 1.2 2 minutes ago: “…”. …”."""
    where = await place(edit.session, kind, row)
    telling = [one for one in touches if one.change.before is None or _sets(one.change, columns)]
    # Of oneself and another, the other is news.
    last = max(telling, key=lambda one: (one.author_id != edit.actor, one.at))
    if any(one.change.before is None for one in touches):
        return f"{_who(edit, last)} added {where} {_when(edit, last)}. {_AGAIN}"
    columns = [
        name for name in columns if any(_sets(one.change, [name]) for one in telling if one.author == last.author)
    ]
    names = list(dict.fromkeys(_COLUMNS.get(name, f"the {name}") for name in columns))
    what = " and ".join(names[:2]) if len(names) < 3 else "several things"
    now = next((str(getattr(row, name)) for name in _SAID if name in columns), "")
    told = f": “{now if len(now) <= _LONGEST else now[:_LONGEST].rstrip() + '…'}”" if now else ""
    return f"{_who(edit, last)} changed {what} of {where} {_when(edit, last)}{told}. {_AGAIN}"


def _sets(change: Change, columns: list[str]) -> bool:
    return change.after is not None and not set(columns).isdisjoint(change.after)


def _who(edit: "Edit", touch: _Touch) -> str:
    return "You" if touch.author_id == edit.actor else touch.author


def _when(edit: "Edit", touch: _Touch) -> str:
    when = ago(touch.at, datetime.now(UTC))
    return f"{when}, elsewhere" if touch.author_id == edit.actor else when
