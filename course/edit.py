"""A change to a course being made: the one way the part tables are written."""

import secrets
from collections.abc import Container
from typing import Any
from uuid import UUID, uuid4

from fractional_indexing import generate_key_between
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from course import parts, staleness
from course.errors import NotFound
from course.models.revision import Change, Kind, Revision
from course.tables import CourseRow

START: UUID = UUID(int=0)
"""A place before the first of its siblings."""

_OWN_BITS = 20


class Edit:
    """A change being made. Each method touches one part and remembers its before and after.

    `base` is the revision the author saw. What others changed after it is never overwritten: columns that they left
    alone are set, anything else is refused with a `Conflict` that says who changed what.
    """

    def __init__(
        self, session: AsyncSession, course: CourseRow, base: int | None, *, actor: UUID | None = None
    ) -> None:
        self.session = session
        self.course = course
        self.actor = actor
        self.changes: list[Change] = []
        self.revision: Revision | None = None
        """What it became, once its transaction ended; None when nothing had to change."""
        self.base = course.revision if base is None else base
        """The revision that the author saw."""
        self._next = course.revision + 1
        self._foreign: set[UUID] = set()
        """Parts that others changed since `base`."""
        self._marks: dict[UUID, tuple[Kind, int]] = {}
        """The revision that each part set here was of before."""

    async def part(self, kind: Kind, part_id: UUID) -> parts.PartRow:
        """A part of this course as it is now, unless it changed since `base`."""
        row = await self._row(kind, part_id)
        if self._is_stale(kind, row):
            await staleness.refuse(self, kind, row, self.base)
        return row

    async def update(self, kind: Kind, part_id: UUID, **columns: Any) -> None:
        """Sets columns; those that stay the same are not recorded."""
        row = await self._row(kind, part_id)
        new = _different(parts.state(kind, row), columns)
        if new and self._is_stale(kind, row):
            new = await staleness.meant(self, kind, row, new, self.base)
        self._set(kind, row, new)

    async def correct(self, kind: Kind, part_id: UUID, **columns: Any) -> None:
        """Sets columns whoever set them last, so that the course stays sound: no author's wish."""
        row = await self._row(kind, part_id)
        self._set(kind, row, _different(parts.state(kind, row), columns))

    def _set(self, kind: Kind, row: parts.PartRow, new: dict[str, Any]) -> None:
        old = parts.state(kind, row)
        if not new:
            return
        for name, value in new.items():
            setattr(row, name, parts.column_value(kind, name, value))
        if kind is not Kind.COURSE:
            self._marks.setdefault(row.id, (kind, row.revision))
            row.revision = self._next
        self._record(kind, row.id, {name: old[name] for name in new}, new)

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
        await self._row(parent_kind, parent_id)
        rank = await self._rank(kind, parent_id, after)
        part_id = part_id or uuid4()
        await self.add_row(kind, part_id, {parent_column: parent_id, "rank": rank} | columns)
        return part_id

    async def add_row(self, kind: Kind, part_id: UUID, values: dict[str, Any]) -> None:
        """Adds a part whose place is among its columns; `insert` finds one."""
        row = parts.TABLE[kind](id=part_id, revision=self._next, **({"course_id": self.course.id} | values))
        self.session.add(row)
        await self.session.flush()
        self._record(kind, part_id, None, parts.state(kind, row))

    async def delete(self, kind: Kind, part_id: UUID) -> None:
        """Removes a part and all below it; each is recorded, leaves first."""
        # All are looked at first: a refusal speaks of places as they are.
        for below, row in await self._with_all_below(kind, part_id):
            self._record(below, row.id, parts.state(below, row), None)
            await self.session.delete(row)
            await self.session.flush()

    async def move(self, kind: Kind, part_id: UUID, parent_id: UUID, *, after: UUID | None = None) -> None:
        """Moves a part below `parent_id`: last, or right after the sibling `after` (`START` for first)."""
        if after == part_id:
            return
        column, parent_kind = parts.PARENT[kind]
        await self._row(parent_kind, parent_id)
        rank = await self._rank(kind, parent_id, after, without=part_id)
        await self.update(kind, part_id, rank=rank, **({} if kind is Kind.MODULE else {column: parent_id}))

    async def unmark(self, changed: Container[UUID]) -> None:
        """Parts set here that came out as they were are of the revision they were of before."""
        for part_id, (kind, revision) in self._marks.items():
            row: Any = None if part_id in changed else await parts.find(self.session, kind, part_id, self.course.id)
            if row is not None:
                row.revision = revision

    async def _with_all_below(self, kind: Kind, part_id: UUID) -> list[tuple[Kind, parts.PartRow]]:
        row = await self.part(kind, part_id)
        found = []
        for child, below in await parts.children(self.session, kind, part_id):
            found += await self._with_all_below(child, below.id)
        return [*found, (kind, row)]

    async def _row(self, kind: Kind, part_id: UUID) -> parts.PartRow:
        row = await parts.find(self.session, kind, part_id, self.course.id)
        if row is None:
            raise NotFound(await staleness.gone(self, kind, part_id, self.base))
        return row

    def _is_stale(self, kind: Kind, row: parts.PartRow) -> bool:
        """Whether the part may have changed since the author looked."""
        if kind is Kind.COURSE:  # its row carries the number of the whole course
            return self.base < self._next - 1
        own = row.revision == self._next and any(change.id == row.id for change in self.changes)
        if self.base < row.revision and not own:
            self._foreign.add(row.id)
        return row.id in self._foreign

    async def _rank(self, kind: Kind, parent_id: UUID, after: UUID | None, without: UUID | None = None) -> str:
        table = parts.TABLE[kind].__table__
        siblings = (table.c[parts.PARENT[kind][0]] == parent_id) & (table.c.id != (without or START))
        if after is None:
            return _between(await self.session.scalar(select(func.max(table.c.rank)).where(siblings)), None)
        here = None
        if after != START:
            here = await self.session.scalar(select(table.c.rank).where(siblings, table.c.id == after))
            if here is None:
                raise NotFound(f"The {parts.WORD[kind]} to put it after is not there any more.")
        later = siblings if here is None else siblings & (table.c.rank > here)
        return _between(here, await self.session.scalar(select(func.min(table.c.rank)).where(later)))

    def _record(self, kind: Kind, part_id: UUID, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        self.changes.append(Change(kind=kind, id=part_id, before=before, after=after))


def _different(old: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    """The columns that are not yet so, as JSON values."""
    given = {name: str(value) if isinstance(value, UUID) else value for name, value in columns.items()}
    return {name: value for name, value in given.items() if value != old[name]}


def _between(low: str | None, high: str | None) -> str:
    """A rank of its own between two: a part that comes back by an undo finds its old one free."""
    rank = generate_key_between(low, high)
    above = high if high is not None else generate_key_between(rank, None)
    bits = secrets.randbits(_OWN_BITS)
    for place in range(_OWN_BITS):
        middle = generate_key_between(rank, above)
        rank, above = (middle, above) if bits >> place & 1 else (rank, middle)
    return str(generate_key_between(rank, above))
