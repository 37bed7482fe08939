"""Where the parts of a course stand and what they are called: now, or before or after some changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from course import parts
from course.models.revision import Change, Kind

NAME = {
    Kind.MODULE: "title",
    Kind.LESSON: "title",
    Kind.OBJECTIVE: "text",
    Kind.SLIDE: "title",
    Kind.QUIZ_ITEM: "question",
}
"""The column a part is known by."""
_ORDER = list(Kind)


@dataclass(frozen=True)
class Spot:
    """A part's place: what it stands in, its rank there, and its name."""

    parent: UUID
    rank: str
    name: str


class Layout:
    """The parts of a course in their order at one moment."""

    def __init__(self, course_id: UUID, spots: Mapping[Kind, Mapping[UUID, Spot]]) -> None:
        self._course_id = course_id
        self._spots = spots

    def has(self, kind: Kind, part_id: UUID) -> bool:
        """Whether the part is there."""
        return kind is Kind.COURSE or part_id in self._spots.get(kind, {})

    def name(self, kind: Kind, part_id: UUID) -> str:
        """Its title, or its words; empty when it is not there."""
        spot = self._spots.get(kind, {}).get(part_id)
        return spot.name if spot else ""

    def parent(self, kind: Kind, part_id: UUID) -> UUID | None:
        """What it stands in."""
        spot = self._spots.get(kind, {}).get(part_id)
        return spot.parent if spot else None

    def place(self, kind: Kind, part_id: UUID) -> int:
        """Its number, from 1, among those of its kind beside it; 0 when it is not there."""
        return self._numbers.get((kind, part_id), 0)

    def below(self, kind: Kind, parent_id: UUID) -> list[UUID]:
        """The parts of that kind in the parent, in order."""
        return self._order.get((kind, parent_id), [])

    def label(self, kind: Kind, part_id: UUID) -> str:
        """Like “slide 3 of lesson 1.2”; only what kind of part it is when it is not there."""
        if kind is Kind.COURSE:
            return "the course"
        where = self.place(kind, part_id)
        if not where:
            return parts.WORD[kind]
        if kind is Kind.MODULE:
            return f"module {where}"
        parent = self._spots[kind][part_id].parent
        if kind is Kind.LESSON:
            return f"lesson {self.place(Kind.MODULE, parent)}.{where}"
        return f"{parts.WORD[kind]} {where} of {self.label(Kind.LESSON, parent)}"

    def reading_order(self, kind: Kind, part_id: UUID) -> tuple[int, ...]:
        """Sorts parts as one reads the course: a lesson's own, then its objectives, slides and questions."""
        if kind is Kind.COURSE:
            return ()
        spot = self._spots.get(kind, {}).get(part_id)
        if spot is None:
            return (len(self._numbers) + 1, _ORDER.index(kind))
        above = self.reading_order(parts.PARENT[kind][1], spot.parent)
        return (*above, _ORDER.index(kind), self.place(kind, part_id))

    def changed(self, changes: Iterable[Change], side: Literal["before", "after"]) -> "Layout":
        """As it is on that side of the changes."""
        spots = {kind: dict(those) for kind, those in self._spots.items()}
        for change in changes:
            values = change.before if side == "before" else change.after
            here = spots.get(change.kind)
            if here is None:
                continue
            if values is None:
                here.pop(change.id, None)
            elif (spot := _spot(change.kind, here.get(change.id), values, self._course_id)) is not None:
                here[change.id] = spot
        return Layout(self._course_id, spots)

    @cached_property
    def _order(self) -> dict[tuple[Kind, UUID], list[UUID]]:
        found: dict[tuple[Kind, UUID], list[UUID]] = defaultdict(list)
        for kind, those in self._spots.items():
            for part_id, spot in sorted(those.items(), key=lambda one: (one[1].rank, one[0].bytes)):
                found[kind, spot.parent].append(part_id)
        return found

    @cached_property
    def _numbers(self) -> dict[tuple[Kind, UUID], int]:
        return {
            (kind, part_id): number
            for (kind, _), those in self._order.items()
            for number, part_id in enumerate(those, start=1)
        }


async def read_layout(session: AsyncSession, course_id: UUID, kinds: Iterable[Kind]) -> Layout:
    """As it is now: modules and lessons, and those of the kinds named. A query for each."""
    wanted = {Kind.MODULE, Kind.LESSON, *kinds} - {Kind.COURSE}
    return Layout(course_id, {kind: await _read(session, course_id, kind) for kind in sorted(wanted)})


async def _read(session: AsyncSession, course_id: UUID, kind: Kind) -> dict[UUID, Spot]:
    table = parts.TABLE[kind].__table__
    parent = table.c[parts.PARENT[kind][0]]
    query = select(table.c.id, parent, table.c.rank, table.c[NAME[kind]]).where(table.c.course_id == course_id)
    return {one: Spot(*spot) for one, *spot in (await session.execute(query)).tuples()}


def _spot(kind: Kind, now: Spot | None, values: Mapping[str, Any], course_id: UUID) -> Spot | None:
    column = parts.PARENT[kind][0]
    given = {name: values[key] for name, key in (("rank", "rank"), ("name", NAME[kind])) if key in values}
    if column in values:
        given["parent"] = UUID(str(values[column]))
    if now is not None:
        return replace(now, **given)
    # A module's parent is the course and is not recorded.
    whole = {"parent": course_id} | given if kind is Kind.MODULE else given
    return Spot(**whole) if len(whole) == len(Spot.__dataclass_fields__) else None
