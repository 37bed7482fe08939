"""Where a part stands, as a teacher calls it: “slide 3 of lesson 1.2”."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from course import parts
from course.models.revision import Kind
from course.tables import LessonRow, ModuleRow


async def place(session: AsyncSession, kind: Kind, row: parts.PartRow) -> str:
    """The part's name by its place now."""
    if kind is Kind.COURSE:
        return "the course"
    if isinstance(row, LessonRow):
        return f"lesson {await lesson_number(session, row)}"
    number = await _position(session, kind, row)
    if isinstance(row, ModuleRow):
        return f"module {number}"
    lesson = await session.get(LessonRow, cast("Any", row).lesson_id)
    inside = f" of lesson {await lesson_number(session, lesson)}" if lesson is not None else ""
    return f"{parts.WORD[kind]} {number}{inside}"


async def places(session: AsyncSession, course_id: UUID, wanted: Iterable[tuple[Kind, UUID]]) -> dict[UUID, str]:
    """The names of these parts by their places now; parts that are not there are left out. A few queries in all."""
    by_kind: dict[Kind, set[UUID]] = defaultdict(set)
    for kind, part_id in wanted:
        by_kind[kind].add(part_id)
    modules = await _numbered(session, course_id, Kind.MODULE)
    lessons = {
        part_id: (parent, f"{modules[parent][1]}.{number}")
        for part_id, (parent, number) in (await _numbered(session, course_id, Kind.LESSON)).items()
    }
    named = {course_id: "the course"} | {one: f"module {number}" for one, (_, number) in modules.items()}
    named |= {one: f"lesson {number}" for one, (_, number) in lessons.items()}
    for kind in (Kind.OBJECTIVE, Kind.SLIDE, Kind.QUIZ_ITEM):
        for part_id, (lesson, number) in (await _numbered(session, course_id, kind) if by_kind[kind] else {}).items():
            named[part_id] = f"{parts.WORD[kind]} {number} of lesson {lessons[lesson][1]}"
    return {part_id: named[part_id] for ids in by_kind.values() for part_id in ids if part_id in named}


async def lesson_number(session: AsyncSession, lesson: LessonRow) -> str:
    """Like 1.2."""
    module = await session.get(ModuleRow, lesson.module_id)
    first = await _position(session, Kind.MODULE, module) if module is not None else 0
    return f"{first}.{await _position(session, Kind.LESSON, lesson)}"


async def _position(session: AsyncSession, kind: Kind, row: Any) -> int:
    """From 1, among what stands below the same parent."""
    table = parts.TABLE[kind].__table__
    column = parts.PARENT[kind][0]
    parent: UUID = getattr(row, column)
    earlier = (table.c.rank < row.rank) | ((table.c.rank == row.rank) & (table.c.id < row.id))
    query = select(func.count()).select_from(table).where(table.c[column] == parent, earlier)
    return int(await session.scalar(query) or 0) + 1


async def _numbered(session: AsyncSession, course_id: UUID, kind: Kind) -> dict[UUID, tuple[UUID, int]]:
    """Each part of the kind with its parent and its number below that."""
    table = parts.TABLE[kind].__table__
    parent = table.c[parts.PARENT[kind][0]]
    number = func.row_number().over(partition_by=parent, order_by=(table.c.rank, table.c.id))
    rows = await session.execute(select(table.c.id, parent, number).where(table.c.course_id == course_id))
    return {part_id: (below, place) for part_id, below, place in rows.tuples()}
