"""A course once more, as a course of its own: all parts and documents with new ids, without history and learners."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import RowMapping, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from course import access, parts
from course.database import Database
from course.models.revision import Kind
from course.sources.rows import wake
from course.tables import CourseRow, PassageRow, SectionRow, SourceRow

_LONGEST_TITLE = 160
_BELOW_COURSE = (Kind.MODULE, Kind.LESSON, Kind.OBJECTIVE, Kind.SLIDE, Kind.QUIZ_ITEM)


class Duplicates:
    """Copies of courses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def make(self, actor: UUID, course_id: UUID) -> UUID:
        """A copy of a course the actor edits, which is theirs and called “Copy of …”. Instructors and operators only.

        Its citations mean the same passages: documents keep their numbers, and share their files in the bucket.
        """
        async with self._database.transaction() as session:
            await access.instructor(session, actor)
            # Locked: nothing of it changes, and it is not deleted, until all is copied.
            original = await access.editor(session, actor, course_id, lock=True)
            copy_id = uuid4()
            session.add(_course(original, copy_id, actor))
            await session.flush()
            await _copy_parts(session, course_id, copy_id)
            await _copy_sources(session, course_id, copy_id, actor)
            await wake(session, copy_id)
        return copy_id


def _course(original: CourseRow, copy_id: UUID, actor: UUID) -> CourseRow:
    own = {"id": copy_id, "title": f"Copy of {original.title}"[:_LONGEST_TITLE].rstrip(), "owner_id": actor}
    kept = ("summary", "audience", "language", "tone", "sources_numbered", "budget_usd")
    return CourseRow(**{name: getattr(original, name) for name in kept}, **own, revision=0)


async def _copy_parts(session: AsyncSession, course_id: UUID, copy_id: UUID) -> None:
    new = {course_id: copy_id}
    for kind in _BELOW_COURSE:
        parent = parts.PARENT[kind][0]
        rows = await _rows(session, parts.TABLE[kind], course_id)
        new |= {row["id"]: uuid4() for row in rows}
        own = [{"id": new[row["id"]], "course_id": copy_id, "revision": 0, parent: new[row[parent]]} for row in rows]
        await _add(session, parts.TABLE[kind], [dict(row) | mine for row, mine in zip(rows, own, strict=True)])


async def _copy_sources(session: AsyncSession, course_id: UUID, copy_id: UUID, actor: UUID) -> None:
    rows = await _rows(session, SourceRow, course_id)
    new = {row["id"]: uuid4() for row in rows}
    own = {"course_id": copy_id, "attached_by": actor, "indexed_at": None, "replaced_by": None}
    await _add(session, SourceRow, [dict(row) | own | {"id": new[row["id"]]} for row in rows])
    for row in rows:
        source = new[row["id"]]
        if row["replaced_by"]:
            newer = update(SourceRow).where(SourceRow.id == source).values(replaced_by=new[row["replaced_by"]])
            await session.execute(newer)
        for table in (SectionRow, PassageRow):
            columns = [column for column in table.__table__.c if column.name != "source_id"]
            texts = select(literal(source), *columns).where(table.__table__.c.source_id == row["id"])
            await session.execute(insert(table).from_select(["source_id", *(one.name for one in columns)], texts))


async def _rows(session: AsyncSession, table: Any, course_id: UUID) -> Sequence[RowMapping]:
    query = select(*table.__table__.c).where(table.__table__.c.course_id == course_id)
    return (await session.execute(query)).mappings().all()


async def _add(session: AsyncSession, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        await session.execute(insert(table), rows)
