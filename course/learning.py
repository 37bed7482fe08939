"""What learners may do: find courses, enrol, see the edition, and get the evidence for an answer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from course import access
from course.database import Database
from course.errors import Busy, NotFound
from course.library import Library, SlideHit
from course.models.learning import Evidence, LessonName, PublishedCourse, SlideEvidence
from course.models.outline import Course
from course.publishing import edition
from course.tables import CourseRow, EditionRow, EnrollmentRow

# Chosen on 792 questions on a biology text and 199 foreign ones, with MiniLM: 2.5% of its own questions are refused
# and 92% of the foreign ones. What slips through is the tutor's to see: it reads what was found.
COVERED = 0.60
_OVERLAP_WEIGHT = 0.35
_JUDGED = 5
_NEAREST = 3
# Of each lesson, read by Postgres: a list of courses need not carry all their slides here.
_MINUTES = func.jsonb_path_query_array(EditionRow.content, literal_column("'$.modules[*].lessons[*].minutes'"))


class Learning:
    """Use cases of those who learn; who edits a course may ask it too, once it is published."""

    def __init__(self, database: Database, library: Library, *, covered: float = COVERED) -> None:
        """`covered` is the least confidence with which a question counts as covered by a course."""
        self._database = database
        self._library = library
        self._covered = covered

    async def courses(self, actor: UUID) -> Sequence[PublishedCourse]:
        """All published courses: those the actor is enrolled in first, then by title."""
        newer = aliased(EditionRow)
        superseded = exists().where(newer.course_id == EditionRow.course_id, newer.revision > EditionRow.revision)
        mine = exists().where(EnrollmentRow.course_id == CourseRow.id, EnrollmentRow.user_id == actor)
        query = (
            select(EditionRow.content.op("-")(literal_column("'modules'")), _MINUTES, mine)
            .join(CourseRow, CourseRow.id == EditionRow.course_id)
            .where(~superseded, CourseRow.archived_at.is_(None))
        )
        async with self._database.transaction() as session:
            await access.person(session, actor)
            rows = (await session.execute(query)).all()
        found = [_published(head, minutes, enrolled=enrolled) for head, minutes, enrolled in rows]
        return sorted(found, key=lambda course: (not course.enrolled, course.title.casefold()))

    async def enroll(self, actor: UUID, course_id: UUID) -> None:
        """Makes the actor a learner of a published course; once more changes nothing."""
        published = exists().where(EditionRow.course_id == CourseRow.id)
        query = select(CourseRow.id).where(CourseRow.id == course_id, published, CourseRow.archived_at.is_(None))
        async with self._database.transaction() as session:
            await access.person(session, actor)
            if await session.scalar(query) is None:
                raise NotFound("There is no such published course. Ask for the list of courses.")
            row = insert(EnrollmentRow).values(course_id=course_id, user_id=actor)
            await session.execute(row.on_conflict_do_nothing())

    async def edition(self, actor: UUID, course_id: UUID) -> Course:
        """The course as its learners see it. Raises `NotFound` before it is published."""
        async with self._database.transaction() as session:
            await access.reader(session, actor, course_id)
            return await edition(session, course_id)

    async def evidence(self, actor: UUID, course_id: UUID, question: str, *, limit: int = 6) -> Evidence:
        """The slides of the published course that speak to the question, and whether they cover it.

        Raises `Busy` while the first edition is being indexed, `Unavailable` without model or index.
        """
        async with self._database.transaction() as session:
            await access.reader(session, actor, course_id)
            course = await edition(session, course_id)
            indexed = await _indexed_revision(session, course_id)
        if indexed is None:
            raise Busy("This course was published a moment ago and is still being read. Ask again in a minute.")
        hits = await self._library.search_slides(course_id, indexed, question, limit=max(limit, _JUDGED))
        return self._judged(question, course, hits, limit)

    def _judged(self, question: str, course: Course, hits: Sequence[SlideHit], limit: int) -> Evidence:
        judged = hits[:_JUDGED]
        confidence = max((hit.cosine for hit in judged), default=0.0)
        confidence += _OVERLAP_WEIGHT * max((hit.overlap for hit in judged), default=0.0)
        slides = _in_edition(course, hits)[:limit]
        covered = confidence >= self._covered and bool(slides)
        names = {slide.lesson_id: LessonName(number=slide.lesson_number, title=slide.lesson_title) for slide in slides}
        return Evidence(
            question=question,
            covered=covered,
            confidence=round(confidence, 3),
            slides=slides,
            nearest=[] if covered else list(names.values())[:_NEAREST],
        )


async def _indexed_revision(session: AsyncSession, course_id: UUID) -> int | None:
    """The newest edition that is in the index: the one before, for the seconds after publishing."""
    query = select(func.max(EditionRow.revision)).where(EditionRow.course_id == course_id)
    revision: int | None = await session.scalar(query.where(EditionRow.indexed_at.is_not(None)))
    return revision


def _in_edition(course: Course, hits: Sequence[SlideHit]) -> list[SlideEvidence]:
    """The hits as they stand in the edition learners see now; those it no longer has fall away."""
    places = {
        slide.id: (lesson, index, slide) for lesson in course.lessons for index, slide in enumerate(lesson.slides)
    }
    return [
        SlideEvidence(
            lesson_id=lesson.id,
            lesson_number=lesson.number,
            lesson_title=lesson.title,
            slide_id=slide.id,
            slide=index,
            slide_title=slide.title,
            text=hit.text,
        )
        for hit in hits
        if hit.slide_id in places
        for lesson, index, slide in [places[hit.slide_id]]
    ]


def _published(head: dict[str, Any], minutes: list[int], *, enrolled: bool) -> PublishedCourse:
    named = {name: head[name] for name in ("id", "title", "summary", "audience", "language")}
    return PublishedCourse.model_validate(
        named | {"lessons": len(minutes), "minutes": sum(minutes), "enrolled": enrolled},
    )
