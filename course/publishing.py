"""Publishing: the course as learners see it, until it is published again."""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.errors import Invalid, NotFound
from course.models.outline import Course
from course.outline import load_course
from course.tables import EditionRow


class Publishing:
    """Editions of courses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def publish(self, actor: UUID, course_id: UUID) -> Course:
        """Makes the course as it is now what learners see; lessons that are only planned are left out.

        Publishing the same revision twice changes nothing. Raises `Invalid` when no lesson is written yet.
        """
        async with self._database.transaction() as session:
            row = await access.editor(session, actor, course_id, lock=True)
            course = _written(await load_course(session, course_id))
            if not course.lessons:
                raise Invalid(
                    "There is nothing to publish yet: no lesson is written. Ask me to write the lessons first."
                )
            if await session.get(EditionRow, (course_id, row.revision)) is None:
                session.add(
                    EditionRow(
                        course_id=course_id,
                        revision=row.revision,
                        content=course.model_dump(mode="json"),
                        published_by=actor,
                    ),
                )
                await session.execute(text("SELECT pg_notify('lectern_index', :id)"), {"id": str(course_id)})
            return course.model_copy(update={"published_revision": row.revision})


async def edition(session: AsyncSession, course_id: UUID) -> Course:
    """What learners of the course see now; `NotFound` before it is published."""
    row = await session.scalar(
        select(EditionRow).where(EditionRow.course_id == course_id).order_by(EditionRow.revision.desc()).limit(1),
    )
    if row is None:
        raise NotFound("This course is not published yet.")
    return Course.model_validate(row.content | {"published_revision": row.revision})


def _written(course: Course) -> Course:
    """Without what is only planned. Lessons keep the number they have in the studio."""
    modules = [
        module.model_copy(update={"lessons": [lesson for lesson in module.lessons if lesson.drafted]})
        for module in course.modules
    ]
    return course.model_copy(update={"modules": [module for module in modules if module.lessons]})
