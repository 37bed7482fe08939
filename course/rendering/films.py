"""Who may watch which film."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.errors import LecternError, NotFound
from course.models.lesson import Lesson
from course.models.outline import Course
from course.models.rendering import JobState, RenderOrder
from course.publishing import edition
from course.rendering.orders import order_key, render_order
from course.tables import RenderJobRow

_NO_FILM = "There is no such video, or it is not yours to watch."


async def watchable(session: AsyncSession, actor: UUID, job_id: UUID) -> RenderJobRow:
    """The job of a finished film the actor may watch: an editor any of the course's, a learner the edition's."""
    row = await session.get(RenderJobRow, job_id)
    if row is None or row.state != JobState.DONE:
        raise NotFound(_NO_FILM)
    if await _edits(session, actor, row.course_id):
        return row
    try:
        await access.reader(session, actor, row.course_id)
    except NotFound as error:
        raise NotFound(_NO_FILM) from error
    if not shows(row, await edition(session, row.course_id)):
        raise NotFound(_NO_FILM)
    return row


async def films_of(session: AsyncSession, course: Course) -> dict[UUID, RenderJobRow]:
    """For each lesson of an edition that has one, the film to show: of exactly these words, else the newest older."""
    rows = await session.scalars(
        select(RenderJobRow)
        .where(RenderJobRow.course_id == course.id, RenderJobRow.state == JobState.DONE)
        .order_by(RenderJobRow.course_revision, RenderJobRow.finished_at),
    )
    fit = [row for row in rows if shows(row, course)]
    lessons = {lesson.id: lesson for lesson in course.lessons}
    fit.sort(key=lambda row: _is_of(row, course, lessons[row.lesson_id]))
    return {row.lesson_id: row for row in fit}


def shows(row: RenderJobRow, course: Course) -> bool:
    """Whether a film is of a lesson of the edition, and has no words written after it."""
    lesson = next((one for one in course.lessons if one.id == row.lesson_id), None)
    if lesson is None:
        return False
    return row.course_revision <= course.revision or _is_of(row, course, lesson)


def _is_of(row: RenderJobRow, course: Course, lesson: Lesson) -> bool:
    made = RenderOrder.model_validate(row.order)
    try:
        return order_key(render_order(course, lesson, speech_model=made.speech_model, voice=made.voice)) == row.key
    except LecternError:  # nothing to speak any more
        return False


async def _edits(session: AsyncSession, actor: UUID, course_id: UUID) -> bool:
    try:
        await access.editor(session, actor, course_id)
    except NotFound:
        return False
    return True
