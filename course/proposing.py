"""Review mode: the same use cases run, but what they change becomes a proposal instead of a revision."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from course import access, settling
from course.authoring import Authoring
from course.database import Database
from course.edit import Edit
from course.layout import read_layout
from course.models.lesson import Lesson
from course.models.outline import Course, Outline
from course.models.proposal import ProposedChange
from course.models.revision import Change, Revision
from course.outline import load_course, load_lesson, load_outline
from course.records import record
from course.remaking import remake_or_not
from course.revisions import Revisions
from course.spans import net
from course.tables import CourseRow, ModuleRow, ProposalRow

_LONGEST = 400


class Proposing(Revisions):
    """The changes of one turn, gathered in one proposal that grows.

    Each edit runs on the course as it would be with what the turn proposed before, and is rolled back. A course in
    which nothing stands yet is filled at once: there is nothing to lose.
    """

    def __init__(self, database: Database, thread_id: str) -> None:
        super().__init__(database)
        self._thread_id = thread_id
        self._proposals: dict[UUID, UUID] = {}

    @asynccontextmanager
    async def edit(
        self, actor: UUID, course_id: UUID, sentence: str, *, base: int | None = None
    ) -> AsyncIterator[Edit]:
        """A transaction that ends in a proposal, or in nothing if nothing was changed; see `Revisions.edit`."""
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            number = course.revision
            if await _is_bare(session, course_id):
                change = Edit(session, course, base, actor=actor)
                yield change
                await record(session, actor, change, sentence)
                return
            row = await self._row(session, course_id)
            async with session.begin_nested() as trial:
                earlier = await _made_again(session, course, actor, row)
                change = Edit(session, course, base, actor=actor)
                yield change
                await settling.settle(change)
                made = net(change.changes)
                whole = await _gathered(session, course_id, earlier, made)
                whole = _by_edit(whole, row, made, sentence)
                await trial.rollback()
            if made:
                row = row or self._new(session, actor, course_id, number if base is None else min(base, number))
                row.changes = whole
                row.sentence = _together(row.sentence, sentence)
                await session.flush()
                change.revision = await _as_revision(session, actor, row, number, sentence, made)

    def authoring(self) -> "OutlookAuthoring":
        """Use cases of the outline that read the course as it would be."""
        return OutlookAuthoring(self._database, self)

    @asynccontextmanager
    async def outlook(self, actor: UUID, course_id: UUID) -> AsyncIterator[AsyncSession]:
        """The course as it would be with what this turn proposed, to read."""
        async with self._database.transaction() as session:
            if course_id not in self._proposals:
                await access.editor(session, actor, course_id)
                yield session
                return
            course = await access.editor(session, actor, course_id, lock=True)
            row = await self._row(session, course_id)
            async with session.begin_nested() as trial:
                await _made_again(session, course, actor, row)
                yield session
                await trial.rollback()

    async def _row(self, session: AsyncSession, course_id: UUID) -> ProposalRow | None:
        known = self._proposals.get(course_id)
        row = await session.get(ProposalRow, known, with_for_update=True) if known else None
        # Decided while the turn still ran: what comes now is another proposal.
        return row if row is not None and row.state == "open" else None

    def _new(self, session: AsyncSession, actor: UUID, course_id: UUID, base: int) -> ProposalRow:
        row = ProposalRow(
            id=uuid4(),
            course_id=course_id,
            thread_id=self._thread_id,
            author_id=actor,
            at=datetime.now(UTC),
            base=base,
            sentence="",
            changes=[],
            state="open",
        )
        session.add(row)
        self._proposals[course_id] = row.id
        return row


class OutlookAuthoring(Authoring):
    """Reads the course as it would be, so that a turn's tools see what the turn proposed before."""

    def __init__(self, database: Database, proposing: Proposing) -> None:
        super().__init__(database, proposing)
        self._proposing = proposing

    async def outline(
        self,
        actor: UUID,
        course_id: UUID,
        *,
        known: Outline | None = None,  # noqa: ARG002 - no revision tells what is proposed: it is read whole
    ) -> Outline:
        """The outline as it would be."""
        async with self._proposing.outlook(actor, course_id) as session:
            return await load_outline(session, course_id)

    async def course(self, actor: UUID, course_id: UUID) -> Course:
        """The whole course as it would be."""
        async with self._proposing.outlook(actor, course_id) as session:
            return await load_course(session, course_id)

    async def lesson(self, actor: UUID, course_id: UUID, lesson_id: UUID) -> Lesson:
        """One lesson as it would be."""
        async with self._proposing.outlook(actor, course_id) as session:
            return await load_lesson(session, course_id, lesson_id)


async def _is_bare(session: AsyncSession, course_id: UUID) -> bool:
    return not await session.scalar(select(exists().where(ModuleRow.course_id == course_id)))


async def _made_again(
    session: AsyncSession, course: CourseRow, actor: UUID, row: ProposalRow | None
) -> tuple[list[Change], list[Change]]:
    """What was proposed before: made on the session; and what does not fit any more because others were faster."""
    changes = [ProposedChange.model_validate(one) for one in row.changes] if row is not None else []
    edit = Edit(session, course, row.base if row is not None else None, actor=actor)
    plain = [Change(kind=one.kind, id=one.id, before=one.before, after=one.after) for one in changes]
    if not await remake_or_not(edit, plain):
        return plain, []
    made: list[Change] = []
    left: list[Change] = []
    for change in net(plain):
        (left if await remake_or_not(edit, [change]) else made).append(change)
    return made, left


async def _gathered(
    session: AsyncSession, course_id: UUID, earlier: tuple[list[Change], list[Change]], made: list[Change]
) -> list[dict[str, object]]:
    """All of them as one proposal, in the order in which one reads the course."""
    before, left = earlier
    touched = {change.id for change in made}
    changes = net([*before, *made]) + [change for change in left if change.id not in touched]
    await session.flush()
    after = await read_layout(session, course_id, {change.kind for change in changes})
    stored = after.changed(changes, "before")
    order = sorted(
        changes,
        key=lambda one: (stored if stored.has(one.kind, one.id) else after).reading_order(one.kind, one.id),
    )
    return [
        ProposedChange(**one.model_dump(), parent=stored.parent(one.kind, one.id)).model_dump(mode="json")
        for one in order
    ]


def _by_edit(
    whole: list[dict[str, object]], row: ProposalRow | None, made: list[Change], sentence: str
) -> list[dict[str, object]]:
    """With the edit that touched each last; what one edit did stands together."""
    known = {str(one["id"]): one for one in (row.changes if row is not None else [])}
    touched = {str(change.id) for change in made}
    edit = max((int(str(one.get("edit", 1))) for one in known.values()), default=0) + 1
    told: list[dict[str, object]] = []
    for one in whole:
        before = known.get(str(one["id"]), {})
        earlier = str(before.get("told", ""))
        if str(one["id"]) in touched:
            told.append(one | {"edit": edit, "told": _together(earlier, sentence)})
        else:
            told.append(one | {"edit": before.get("edit", 1), "told": earlier})
    return sorted(told, key=lambda one: int(str(one["edit"])))


def _together(before: str, sentence: str) -> str:
    whole = f"{before}; {sentence[:1].lower()}{sentence[1:]}" if before else sentence
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1].rstrip()}…"


async def _as_revision(
    session: AsyncSession, actor: UUID, row: ProposalRow, number: int, sentence: str, made: list[Change]
) -> Revision:
    """What the edit would have been."""
    return Revision(
        course_id=row.course_id,
        number=number,
        author=(await access.person(session, actor)).name,
        at=row.at,
        sentence=sentence,
        changes=made,
        undoes=None,
        proposal=row.id,
    )
