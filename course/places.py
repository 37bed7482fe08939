"""Where a part stands, as a teacher calls it: “slide 3 of lesson 1.2”."""

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
