"""A change to a course being made: the one way the part tables are written."""

from typing import Any
from uuid import UUID, uuid4

from fractional_indexing import generate_key_between
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from course import parts
from course.errors import Conflict, NotFound
from course.models.revision import Change, Kind, Revision
from course.tables import CourseRow

START: UUID = UUID(int=0)
"""A place before the first of its siblings."""


class Edit:
    """A change being made. Each method touches one part and remembers its before and after.

    `base` is the revision the author saw: a part changed after it is refused with `Conflict`.
    """

    def __init__(self, session: AsyncSession, course: CourseRow, base: int | None) -> None:
        self.session = session
        self.course = course
        self.changes: list[Change] = []
        self.revision: Revision | None = None
        """What it became, once its transaction ended; None when nothing had to change."""
        self._base = course.revision if base is None else base
        self._next = course.revision + 1

    async def part(self, kind: Kind, part_id: UUID) -> parts.PartRow:
        """A part of this course as it is now, unless it changed since `base`."""
        row = await parts.find(self.session, kind, part_id, self.course.id)
        if row is None:
            raise NotFound(f"That {_word(kind)} is not there any more. Look at the outline and try again.")
        # The course's own row carries the number of the whole course, not of its title.
        if kind is not Kind.COURSE and self._base < row.revision < self._next:
            raise Conflict(f"Someone changed that {_word(kind)} meanwhile. Look at it again, then repeat your change.")
        return row

    async def update(self, kind: Kind, part_id: UUID, **columns: Any) -> None:
        """Sets columns; those that stay the same are not recorded."""
        row = await self.part(kind, part_id)
        old = parts.state(kind, row)
        new = {name: str(value) if isinstance(value, UUID) else value for name, value in columns.items()}
        changed = [name for name in new if new[name] != old[name]]
        if not changed:
            return
        for name in changed:
            setattr(row, name, parts.column_value(kind, name, new[name]))
        self._touched(kind, row)
        self._record(kind, part_id, {n: old[n] for n in changed}, {n: new[n] for n in changed})

    async def insert(
        self,
        kind: Kind,
        parent_id: UUID,
        *,
        after: UUID | None = None,
        part_id: UUID | None = None,
        **columns: Any,
    ) -> UUID:
        """Adds a part below `parent_id`: last, or right after the sibling `after` (`START` for first)."""
        parent_column, parent_kind = parts.PARENT[kind]
        if await parts.find(self.session, parent_kind, parent_id, self.course.id) is None:
            raise NotFound(f"The {_word(parent_kind)} it belongs to is not there any more.")
        rank = await self._rank(kind, parent_id, after)
        part_id = part_id or uuid4()
        place = {"course_id": self.course.id, parent_column: parent_id, "rank": rank, "revision": self._next}
        row = parts.TABLE[kind](id=part_id, **place, **columns)
        self.session.add(row)
        await self.session.flush()
        self._record(kind, part_id, None, parts.state(kind, row))
        return part_id

    async def delete(self, kind: Kind, part_id: UUID) -> None:
        """Removes a part and all below it; each is recorded, leaves first."""
        row = await self.part(kind, part_id)
        for child, below in await parts.children(self.session, kind, part_id):
            await self.delete(child, below.id)
        self._record(kind, part_id, parts.state(kind, row), None)
        await self.session.delete(row)
        await self.session.flush()

    async def move(self, kind: Kind, part_id: UUID, parent_id: UUID, *, after: UUID | None = None) -> None:
        """Moves a part below `parent_id`: last, or right after the sibling `after` (`START` for first)."""
        if after == part_id:
            return
        rank = await self._rank(kind, parent_id, after, without=part_id)
        column = parts.PARENT[kind][0]
        await self.update(kind, part_id, rank=rank, **({} if kind is Kind.MODULE else {column: parent_id}))

    async def take_back(self, changes: list[Change]) -> None:
        """Applies the opposite of recorded changes, last first; `Conflict` where later ones built on them."""
        for change in reversed(changes):
            row = await parts.find(self.session, change.kind, change.id, self.course.id)
            if change.after is None:
                await self._restore(change)
            elif row is None or not _holds(parts.state(change.kind, row), change.after):
                raise Conflict(f"A later change built on it: {_described(change)}. Undo that one first.")
            elif change.before is None:
                if await parts.children(self.session, change.kind, change.id):
                    raise Conflict(f"Later changes added to {_described(change)}. Undo those first.")
                await self.delete(change.kind, change.id)
            else:
                await self.update(change.kind, change.id, **change.before)

    async def _restore(self, change: Change) -> None:
        before = change.before or {}
        parent_column, parent_kind = parts.PARENT[change.kind]
        parent_id = UUID(before.get(parent_column, str(self.course.id)))
        if await parts.find(self.session, parent_kind, parent_id, self.course.id) is None:
            raise Conflict(f"The {_word(parent_kind)} it stood in was removed later. Undo that first.")
        values = {name: parts.column_value(change.kind, name, value) for name, value in before.items()}
        row = parts.TABLE[change.kind](id=change.id, course_id=self.course.id, revision=self._next, **values)
        self.session.add(row)
        await self.session.flush()
        self._record(change.kind, change.id, None, before)

    async def _rank(self, kind: Kind, parent_id: UUID, after: UUID | None, without: UUID | None = None) -> str:
        table = parts.TABLE[kind].__table__
        siblings = (table.c[parts.PARENT[kind][0]] == parent_id) & (table.c.id != (without or START))
        if after is None:
            last = await self.session.scalar(select(func.max(table.c.rank)).where(siblings))
            return str(generate_key_between(last, None))
        here = None
        if after != START:
            here = await self.session.scalar(select(table.c.rank).where(siblings, table.c.id == after))
            if here is None:
                raise NotFound(f"The {_word(kind)} to put it after is not there any more.")
        later = siblings if here is None else siblings & (table.c.rank > here)
        following = await self.session.scalar(select(func.min(table.c.rank)).where(later))
        return str(generate_key_between(here, following))

    def _touched(self, kind: Kind, row: parts.PartRow) -> None:
        if kind is not Kind.COURSE:
            row.revision = self._next

    def _record(self, kind: Kind, part_id: UUID, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        self.changes.append(Change(kind=kind, id=part_id, before=before, after=after))


def _holds(now: dict[str, Any], after: dict[str, Any]) -> bool:
    return all(now[name] == value for name, value in after.items())


def _word(kind: Kind) -> str:
    return kind.value.replace("_", " ")


def _described(change: Change) -> str:
    values = (change.after or {}) | (change.before or {})
    label = values.get("title") or values.get("text") or values.get("question")
    return f"{_word(change.kind)} “{label}”" if label else f"a {_word(change.kind)}"
