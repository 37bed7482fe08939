"""Why lessons could not be written: kept until they are, so that it can be shown after a reload too."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from course import access
from course.database import Database
from course.models.lesson import Part
from course.tables import DraftFailureRow, SlideRow


class DraftFailure(Part):
    """A planned lesson that could not be written the last time it was tried."""

    lesson_id: UUID
    reason: str
    at: datetime


class Drafts:
    """What is known of the writing of lessons besides the lessons themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, actor: UUID, course_id: UUID, lessons: Sequence[UUID]) -> None:
        """These lessons are tried anew: why they failed before is no longer true."""
        row = DraftFailureRow
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            await session.execute(delete(row).where(row.course_id == course_id, row.lesson_id.in_(lessons)))

    async def fail(self, actor: UUID, course_id: UUID, lesson_id: UUID, reason: str) -> None:
        """Notes why the lesson could not be written: a sentence for the person."""
        change = {"reason": reason, "at": func.now(), "course_id": course_id}
        statement = insert(DraftFailureRow).values(lesson_id=lesson_id, **change)
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            await session.execute(statement.on_conflict_do_update(index_elements=["lesson_id"], set_=change))

    async def failures(self, actor: UUID, course_id: UUID) -> dict[UUID, DraftFailure]:
        """Of each lesson that is not written yet, and was tried, why; by lesson id."""
        row = DraftFailureRow
        written = exists().where(SlideRow.lesson_id == row.lesson_id)
        query = select(row.lesson_id, row.reason, row.at).where(row.course_id == course_id, ~written)
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            found = [DraftFailure(lesson_id=one, reason=why, at=at) for one, why, at in await session.execute(query)]
        return {one.lesson_id: one for one in found}
