"""Looking back on a course: which changes there were, found by words, time and author, and what they come to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.errors import Invalid, NotFound
from course.models.revision import Change, Span, Step
from course.places import places
from course.spans import net
from course.tables import RevisionRow, UserRow

_MYSELF = frozenset({"me", "i", "my", "myself", "mine", "you"})
_MOST_STEPS = 200


class History:
    """What was done to courses, for those who edit them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def steps(
        self,
        actor: UUID,
        course_id: UUID,
        *,
        limit: int = 20,
        words: str | None = None,
        since: datetime | None = None,
        author: str | None = None,
    ) -> list[Step]:
        """The latest revisions, newest first; with `words`, those whose sentence has most of them, the best first."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            query = _steps(course_id)
            if since is not None:
                query = query.where(RevisionRow.at >= since)
            if author is not None:
                query = query.where(RevisionRow.author_id == (await _author(session, course_id, actor, author))[0])
            if words is not None:
                query = _matching(query, words)
            return await _read(session, query.limit(limit))

    async def find(self, actor: UUID, course_id: UUID, words: str) -> Step:
        """The change whose sentence has most of these words, of several the last; undos do not count.

        Raises `NotFound`.
        """
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            changes = _steps(course_id).where(RevisionRow.undoes.is_(None), RevisionRow.redoes.is_(None))
            found = await _read(session, _matching(changes, words).limit(1))
        if not found:
            raise NotFound(f"No change of this course is about “{words}”. Ask “what changed” to see the latest ones.")
        return found[0]

    async def at(self, actor: UUID, course_id: UUID, moment: datetime) -> int:
        """The revision the course was at then; 0 before the first."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return await _number_at(session, course_id, moment)

    async def changes_since(
        self,
        actor: UUID,
        course_id: UUID,
        since: datetime | int,
        *,
        until: int | None = None,
        author: str | None = None,
    ) -> Span:
        """What all changes after a moment or a revision come to, or only those of one author (part of their name).

        Raises `Invalid` when nobody of that name has changed the course.
        """
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id)
            after = since if isinstance(since, int) else await _number_at(session, course_id, since)
            until = course.revision if until is None else until
            within = [RevisionRow.number > after, RevisionRow.number <= until]
            who = await _author(session, course_id, actor, author) if author else None
            if who is not None:
                within.append(RevisionRow.author_id == who[0])
            query = select(RevisionRow.changes).where(RevisionRow.course_id == course_id, *within)
            recorded = (await session.scalars(query.order_by(RevisionRow.number))).all()
            changes = net(Change.model_validate(change) for changed in recorded for change in changed)
            return Span(
                course_id=course_id,
                after=after,
                until=until,
                author=who[1] if who else None,
                steps=await _read(session, _steps(course_id).where(*within).limit(_MOST_STEPS)),
                changes=changes,
                places=await places(session, course_id, [(change.kind, change.id) for change in changes]),
            )


def _steps(course_id: UUID) -> Select[int, str, datetime, str, int | None]:
    """Revisions without their changes, newest first."""
    return (
        select(RevisionRow.number, UserRow.name, RevisionRow.at, RevisionRow.sentence, RevisionRow.undone_by)
        .join(UserRow, UserRow.id == RevisionRow.author_id)
        .where(RevisionRow.course_id == course_id)
        .order_by(RevisionRow.number.desc())
    )


async def _read(session: AsyncSession, query: Select[int, str, datetime, str, int | None]) -> list[Step]:
    return [
        Step(number=number, author=author, at=at, sentence=sentence, undone_by=undone_by)
        for number, author, at, sentence, undone_by in (await session.execute(query)).tuples()
    ]


def _matching(
    query: Select[int, str, datetime, str, int | None], words: str
) -> Select[int, str, datetime, str, int | None]:
    """Those that have at least half of the words in any form (“merged” is “merge”), most of them first."""
    asked = func.to_tsvector("english", words)
    hits = _common(asked)
    return (
        query.where(hits > 0, hits * 2 >= func.length(asked))
        .order_by(None)
        .order_by(hits.desc(), RevisionRow.number.desc())
    )


def _common(asked: ColumnElement[str]) -> ColumnElement[int]:
    """How many of the words stand in a revision's sentence."""
    word = func.unnest(func.tsvector_to_array(asked)).table_valued("word").render_derived("asked")
    said = func.tsvector_to_array(func.to_tsvector("english", RevisionRow.sentence))
    return select(func.count()).select_from(word).where(word.c.word == func.any(said)).scalar_subquery()


async def _number_at(session: AsyncSession, course_id: UUID, moment: datetime) -> int:
    query = select(RevisionRow.number).where(RevisionRow.course_id == course_id, RevisionRow.at <= moment)
    return await session.scalar(query.order_by(RevisionRow.at.desc(), RevisionRow.number.desc()).limit(1)) or 0


async def _author(session: AsyncSession, course_id: UUID, actor: UUID, words: str) -> tuple[UUID, str]:
    """The one of those who changed the course whom the words mean."""
    wrote = select(literal(1)).where(RevisionRow.course_id == course_id, RevisionRow.author_id == UserRow.id).exists()
    people = (await session.execute(select(UserRow.id, UserRow.name, UserRow.email).where(wrote))).tuples().all()
    said = words.strip(" “”\"'.").casefold()
    found = [(who, name) for who, name, email in people if _is_meant(said, name, email, is_actor=who == actor)]
    if len(found) != 1:
        those: Sequence[str] = [name for _, name, _ in people]
        problem = "More than one person" if found else "Nobody"
        raise Invalid(
            f"{problem} called “{words}” has changed this course. Those who have: {', '.join(those) or 'none'}."
        )
    return found[0]


def _is_meant(said: str, name: str, email: str, *, is_actor: bool) -> bool:
    if said in _MYSELF:
        return is_actor
    return said in (name.casefold(), email.casefold()) or said in name.casefold().split()
