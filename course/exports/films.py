"""The films that may be taken away: those that show exactly what their lessons say now."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from course.errors import LecternError
from course.models.lesson import Lesson
from course.models.outline import Course
from course.models.rendering import Film, JobState, RenderOrder
from course.rendering.orders import order_key, render_order
from course.tables import RenderJobRow


@dataclass(frozen=True)
class Films:
    """The current film of each lesson that has one; and the lessons that have only an older one."""

    current: dict[UUID, Film]
    outdated: frozenset[UUID]


async def films(session: AsyncSession, course: Course) -> Films:
    """Of a course as it is now."""
    query = select(RenderJobRow).where(RenderJobRow.course_id == course.id, RenderJobRow.state == JobState.DONE)
    made: dict[UUID, list[RenderJobRow]] = defaultdict(list)
    for row in await session.scalars(query.order_by(RenderJobRow.finished_at)):
        made[row.lesson_id].append(row)
    current: dict[UUID, Film] = {}
    for lesson in course.lessons:
        for row in made.get(lesson.id, []):
            if _shows(row, course, lesson):
                current[lesson.id] = Film.model_validate(row.film)
    return Films(current, frozenset(lesson_id for lesson_id in made if lesson_id not in current))


def _shows(row: RenderJobRow, course: Course, lesson: Lesson) -> bool:
    order = RenderOrder.model_validate(row.order)
    try:
        now = render_order(course, lesson, speech_model=order.speech_model, voice=order.voice)
    except LecternError:  # nothing to speak any more
        return False
    return order_key(now) == row.key
