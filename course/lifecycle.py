"""The end of a course, for a while or for good: archived, restored, deleted. Its owner's alone to decide."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from course import access
from course.database import Database
from course.errors import LecternError
from course.library import Library
from course.models.rendering import JobState
from course.notices import tell
from course.rendering.jobs import cancel_job
from course.rendering.picture_shelf import PictureShelf
from course.storage import Storage
from course.tables import ConversationRow, CourseRow, EnrollmentRow, RenderJobRow, SourceRow

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Remains:
    """What a deleted course leaves in the bucket that nobody else uses."""

    objects: list[str]
    folders: list[str]


class Lifecycle:
    """Use cases of a course's owner."""

    def __init__(self, database: Database, storage: Storage, library: Library) -> None:
        self._database = database
        self._storage = storage
        self._library = library

    async def archive(self, actor: UUID, course_id: UUID) -> str:
        """Hides the course from lists and from learners, who are told; nothing is lost. Returns its title."""
        async with self._database.transaction() as session:
            course = await access.owner(session, actor, course_id)
            if course.archived_at is None:
                course.archived_at = func.now()
                await _tell_learners(session, course, "was archived by its author and cannot be opened for now")
            return course.title

    async def restore(self, actor: UUID, course_id: UUID) -> str:
        """Brings an archived course back into lists and to its learners. Returns its title."""
        async with self._database.transaction() as session:
            course = await access.owner(session, actor, course_id)
            if course.archived_at is not None:
                course.archived_at = None
                await _tell_learners(session, course, "is open again")
            return course.title

    async def delete(self, actor: UUID, course_id: UUID) -> str:
        """Deletes the course for good, with documents, videos and files that no other course uses. Returns its title.

        Renders under way are cancelled. What it has cost stays known. Nothing brings it back.
        """
        async with self._database.transaction() as session:
            course = await access.owner(session, actor, course_id)
            title = course.title
            await _cancel_renders(session, course_id)
            await _tell_learners(session, course, "was deleted by its author")
            remains = _Remains(await _objects(session, course_id), await _folders(session, course_id))
            await session.flush()
            await session.execute(delete(CourseRow).where(CourseRow.id == course_id))
        await self._sweep(course_id, remains)
        return title

    async def _sweep(self, course_id: UUID, remains: _Remains) -> None:
        """The course is gone already: what cannot be removed now is left where nobody finds it, and logged."""
        await _tried(course_id, self._library.remove_course(course_id))
        await _tried(course_id, PictureShelf(self._storage).clear(course_id))
        for folder in remains.folders:
            await _tried(course_id, self._storage.delete_folder(folder))
        for name in remains.objects:
            await _tried(course_id, self._storage.delete(name))


async def _tried(course_id: UUID, work: Awaitable[object]) -> None:
    try:
        await work
    except LecternError as problem:
        _log.warning("the deleted course %s left remains: %s", course_id, problem.sentence)


async def _tell_learners(session: AsyncSession, course: CourseRow, what: str) -> None:
    """In each conversation in which somebody who is enrolled learns from it."""
    query = (
        select(ConversationRow.thread_id, ConversationRow.user_id)
        .join(EnrollmentRow, EnrollmentRow.user_id == ConversationRow.user_id)
        .where(EnrollmentRow.course_id == course.id)
        .where(ConversationRow.course_id == course.id, ConversationRow.kind == "learn")
    )
    for thread_id, user_id in (await session.execute(query)).tuples().all():
        await tell(session, thread_id, user_id, "course_life", {"text": f"**{course.title}** {what}."})


async def _cancel_renders(session: AsyncSession, course_id: UUID) -> None:
    under_way = RenderJobRow.course_id == course_id, RenderJobRow.state.in_([JobState.QUEUED, JobState.RUNNING])
    for job in (await session.scalars(select(RenderJobRow).where(*under_way).with_for_update())).all():
        await cancel_job(session, job)


async def _objects(session: AsyncSession, course_id: UUID) -> list[str]:
    """Files of documents that no copy of the course has."""
    other = aliased(SourceRow)
    shared = select(other.id).where(other.object_name == SourceRow.object_name, other.course_id != course_id).exists()
    query = select(SourceRow.object_name).where(SourceRow.course_id == course_id, ~shared).distinct()
    return list(await session.scalars(query))


async def _folders(session: AsyncSession, course_id: UUID) -> list[str]:
    """Exports, and videos that no other course made of the same words."""
    other = aliased(RenderJobRow)
    shared = select(other.id).where(other.key == RenderJobRow.key, other.course_id != course_id).exists()
    query = select(RenderJobRow.key).where(RenderJobRow.course_id == course_id, ~shared).distinct()
    return [f"exports/{course_id}/", *(f"videos/{key}/" for key in await session.scalars(query))]
