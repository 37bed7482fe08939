"""Lessons that cite what the course's documents no longer say."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from course.models.source import Source, StaleLesson
from course.outline import load_outline
from course.sources.rows import read_sources
from course.tables import SlideRow, SourceRow

_MOST_NAMED = 3


async def stale_lessons(session: AsyncSession, course_id: UUID) -> list[StaleLesson]:
    """Written lessons with citations of documents that were removed or replaced, in their order.

    A lesson is stale until it cites those passages no more, because it was rewritten, or until they are back.
    """
    gone = SourceRow.course_id == course_id, SourceRow.removed_at.is_not(None)
    if not await session.scalar(select(exists().where(*gone))):
        return []
    removed = {one.number: one for one in await read_sources(session, gone[0] & gone[1])}
    titles = {one.number: one.title for one in await read_sources(session, SourceRow.course_id == course_id)}
    cited = await _cited(session, course_id)
    return [
        StaleLesson(id=line.id, number=line.number, title=line.title, reason=_reason(outdated, titles))
        for line in (await load_outline(session, course_id)).lessons
        if (outdated := [removed[number] for number in sorted(cited[line.id]) if number in removed])
    ]


async def _cited(session: AsyncSession, course_id: UUID) -> dict[UUID, set[int]]:
    """The numbers of the sources each lesson cites."""
    one = func.jsonb_array_elements(SlideRow.citations).table_valued("value")
    number = func.substring(one.c.value.op("->>")("passage"), r"^\s*[Pp](\d{1,6})\.")
    query = select(SlideRow.lesson_id, number).join(one, SlideRow.course_id == course_id).distinct()
    found: dict[UUID, set[int]] = defaultdict(set)
    for lesson_id, digits in (await session.execute(query)).tuples():
        if digits:
            found[lesson_id].add(int(digits))
    return found


def _reason(sources: list[Source], titles: dict[int, str]) -> str:
    said = [_said(one, titles) for one in sources[:_MOST_NAMED]]
    more = f", and {len(sources) - _MOST_NAMED} more" if len(sources) > _MOST_NAMED else ""
    return f"It cites {' and '.join(said)}{more}."


def _said(source: Source, titles: dict[int, str]) -> str:
    if source.replaced_by is None:
        return f"“{source.title}”, which was removed"
    return f"passages of “{source.title}” that “{titles[source.replaced_by]}” does not have"
