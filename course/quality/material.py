"""What reports are made from, read from the database at one moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from course.library.indexer import passage_of
from course.models.lesson import Lesson
from course.models.outline import Course
from course.models.source import Passage
from course.outline import load_course
from course.quality.sources import SectionUse
from course.tables import PassageRow, SectionRow, SourceRow


@dataclass(frozen=True)
class Material:
    """A course, the passages it cites by reference, and the sections of its sources."""

    course: Course
    passages: Mapping[str, Passage]
    sections: Sequence[SectionUse]


async def load_material(session: AsyncSession, course_id: UUID) -> Material:
    """All of it. `NotFound` when there is no such course; rights are the caller's to check."""
    course = await load_course(session, course_id)
    passages = await _cited(session, course)
    return Material(course, passages, await _sections(session, course, passages))


async def _cited(session: AsyncSession, course: Course) -> dict[str, Passage]:
    """The passages that slides of the course cite, as far as they exist."""
    places = {place for lesson in course.lessons for ref in _refs(lesson) if (place := _place(ref))}
    if not places:
        return {}
    query = (
        select(SourceRow.number, PassageRow)
        .join(PassageRow, PassageRow.source_id == SourceRow.id)
        .where(SourceRow.course_id == course.id, tuple_(SourceRow.number, PassageRow.number).in_(places))
    )
    found = [passage_of(number, row) for number, row in await session.execute(query)]
    return {one.ref: one for one in found}


async def _sections(session: AsyncSession, course: Course, passages: Mapping[str, Passage]) -> list[SectionUse]:
    words = func.coalesce(func.sum(func.array_length(func.regexp_split_to_array(PassageRow.text, r"\s+"), 1)), 0)
    query = (
        select(SourceRow.number, SectionRow.number, SectionRow.title, words)
        .join(SectionRow, SectionRow.source_id == SourceRow.id)
        .outerjoin(
            PassageRow, (PassageRow.source_id == SectionRow.source_id) & (PassageRow.section == SectionRow.number)
        )
        .where(SourceRow.course_id == course.id, SourceRow.removed_at.is_(None))
        .group_by(SourceRow.number, SectionRow.number, SectionRow.title)
        .order_by(SourceRow.number, SectionRow.number)
    )
    cited = {one.section for one in passages.values()}
    return [
        SectionUse(ref=(ref := f"S{source}.{section}"), title=title, words=count, cited=ref in cited)
        for source, section, title, count in await session.execute(query)
    ]


def _refs(lesson: Lesson) -> Iterable[str]:
    return (citation.passage for slide in lesson.slides for citation in slide.citations)


def _place(ref: str) -> tuple[int, int] | None:
    """`P1.12` as (1, 12); None for what is no such reference."""
    source, _, passage = ref.strip().removeprefix("P").partition(".")
    return (int(source), int(passage)) if source.isdecimal() and passage.isdecimal() else None
