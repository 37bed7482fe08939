"""What agents proposed in review mode: looked at, applied as a whole or in part, or declined."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from course import access, parts
from course.bounds import require_sound
from course.database import Database
from course.edit import Edit
from course.errors import Invalid, NotFound
from course.hunks import hunks
from course.models.proposal import Decision, Hunk, Proposal, ProposedChange, State
from course.models.revision import Kind
from course.proposing import Proposing
from course.records import record
from course.remaking import remake_or_not
from course.settling import settle_ranks
from course.tables import CourseRow, ProposalRow, UserRow

_NONE = "There is no such proposal. Ask for the change again."
_NONE_OPEN = "There is no proposal waiting in this conversation. Say what to change, and I propose it."
_IN_LESSON = (Kind.OBJECTIVE, Kind.SLIDE, Kind.QUIZ_ITEM)


class Proposals:
    """Proposals of changes, for those who edit the course."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def proposing(self, thread_id: str) -> Proposing:
        """The revisions of a turn in review mode: its edits become one proposal of that conversation."""
        return Proposing(self._database, thread_id)

    async def waiting(self, actor: UUID, thread_id: str, *, besides: Sequence[UUID] = ()) -> Proposal:
        """The last one of the actor's conversation that is still open, besides these. Raises `NotFound`."""
        query = select(ProposalRow).where(
            ProposalRow.thread_id == thread_id,
            ProposalRow.author_id == actor,
            ProposalRow.state == State.OPEN,
            ProposalRow.id.not_in(besides),
        )
        async with self._database.transaction() as session:
            row = await session.scalar(query.order_by(ProposalRow.at.desc()).limit(1))
            if row is None:
                raise NotFound(_NONE_OPEN)
            await access.editor(session, actor, row.course_id)
            return await _as_proposal(session, row)

    async def show(self, actor: UUID, course_id: UUID, proposal_id: UUID) -> Proposal:
        """A proposal, with what keeps each open hunk from being applied now."""
        async with self._database.transaction() as session:
            row, course = await _found(session, actor, course_id, proposal_id)
            proposal = await _as_proposal(session, row)
            if not proposal.open_hunks or course.revision == proposal.base:
                return proposal
            # Made once and taken back: nothing else tells so exactly what fits.
            await access.editor(session, actor, course_id, lock=True)
            async with session.begin_nested() as trial:
                _, refused = await _apply(Edit(session, course, proposal.base, actor=actor), proposal.open_hunks)
                await trial.rollback()
        found = [one.model_copy(update={"obstacle": refused.get(one.number, "")}) for one in proposal.hunks]
        return proposal.model_copy(update={"hunks": found})

    async def apply(
        self, actor: UUID, course_id: UUID, proposal_id: UUID, numbers: Sequence[int] | None = None
    ) -> Decision:
        """Makes these hunks of it (None for all that are open), with those they need, by one revision of the actor's.

        What others changed meanwhile is refused hunk by hunk, with who changed it; the rest is applied. What was not
        named stays open. Raises `Invalid` when nothing of it waits, or a number is none of its open hunks.
        """
        async with self._database.transaction() as session:
            row, course = await _found(session, actor, course_id, proposal_id, lock=True)
            proposal = await _as_proposal(session, row)
            wanted = _wanted(proposal, numbers)
            edit = Edit(session, course, proposal.base, actor=actor)
            applied, refused = await _apply(edit, wanted)
            await settle_ranks(edit)
            await _require_sound(edit, [one for one in wanted if one.number in applied])
            await record(session, actor, edit, proposal.sentence)
            if edit.revision is not None:
                _mark(row, [one for one in wanted if one.number in applied], edit.revision.number)
                row.revision = edit.revision.number
                if all(one.get("revision") for one in row.changes):
                    _decide(row, actor, State.ACCEPTED)
            await session.flush()
            return Decision(
                proposal=await _as_proposal(session, row), revision=edit.revision, applied=applied, refused=refused
            )

    async def decline(self, actor: UUID, course_id: UUID, proposal_id: UUID) -> Proposal:
        """Puts away what of it is not applied. Raises `Invalid` when it is decided already."""
        async with self._database.transaction() as session:
            row, _ = await _found(session, actor, course_id, proposal_id, lock=True)
            if row.state != State.OPEN:
                raise Invalid(_decided(State(row.state)))
            _decide(row, actor, State.DECLINED if row.revision is None else State.ACCEPTED)
            await session.execute(text("SELECT pg_notify('lectern_courses', :id)"), {"id": str(course_id)})
            await session.flush()
            return await _as_proposal(session, row)


async def _found(
    session: AsyncSession, actor: UUID, course_id: UUID, proposal_id: UUID, *, lock: bool = False
) -> tuple[ProposalRow, CourseRow]:
    course = await access.editor(session, actor, course_id, lock=lock)
    row = await session.get(ProposalRow, proposal_id)
    if row is None or row.course_id != course_id:
        raise NotFound(_NONE)
    if lock:
        await session.refresh(row)
    return row, course


async def _as_proposal(session: AsyncSession, row: ProposalRow) -> Proposal:
    author = await session.scalar(select(UserRow.name).where(UserRow.id == row.author_id))
    return Proposal(
        id=row.id,
        course_id=row.course_id,
        author=author or "",
        at=row.at,
        base=row.base,
        sentence=row.sentence,
        hunks=hunks([ProposedChange.model_validate(one) for one in row.changes]),
        state=State(row.state),
    )


def _wanted(proposal: Proposal, numbers: Sequence[int] | None) -> list[Hunk]:
    """The open hunks meant, with the open ones they need."""
    waiting = {one.number: one for one in proposal.open_hunks}
    if not waiting:
        raise Invalid(_decided(proposal.state))
    left = list(waiting) if numbers is None else list(numbers)
    if unknown := [one for one in left if one not in waiting]:
        raise Invalid(
            f"There is no open change {unknown[0]} in this proposal. Open: {', '.join(str(one) for one in waiting)}."
        )
    wanted: dict[int, Hunk] = {}
    while left:
        one = waiting[left.pop()]
        wanted[one.number] = one
        left += [need for need in one.needs if need in waiting and need not in wanted]
    return [wanted[number] for number in sorted(wanted)]


async def _apply(edit: Edit, wanted: Iterable[Hunk]) -> tuple[list[int], dict[int, str]]:
    """Makes each hunk after those it needs; the numbers of those that were made, and why others were not."""
    applied: list[int] = []
    refused: dict[int, str] = {}
    waiting = {one.number: one for one in wanted}
    while waiting:
        one = next(hunk for hunk in waiting.values() if not any(need in waiting for need in hunk.needs))
        del waiting[one.number]
        lacking = [need for need in one.needs if need in refused]
        reason = f"It needs change {lacking[0]}, which cannot be applied." if lacking else ""
        reason = reason or await remake_or_not(edit, one.changes)
        if reason:
            refused[one.number] = reason
        else:
            applied.append(one.number)
    return sorted(applied), refused


async def _require_sound(edit: Edit, made: Iterable[Hunk]) -> None:
    """Each lesson that was touched and is still there keeps its bounds, whatever part of a proposal was chosen."""
    emptied: Counter[UUID] = Counter()
    for change in (change for hunk in made for change in hunk.changes if change.kind in _IN_LESSON):
        into = (change.after or {}).get("lesson_id")
        lessons = {change.parent, UUID(into) if into else None} - {None}
        emptied.update({one: int(change.after is None or into is not None) for one in lessons if one})
    for lesson_id, less in emptied.items():
        if await parts.find(edit.session, Kind.LESSON, lesson_id, edit.course.id) is not None:
            await edit.session.flush()
            await require_sound(edit, [lesson_id], emptied=less > 0)


def _mark(row: ProposalRow, made: Iterable[Hunk], number: int) -> None:
    """What was applied says by which revision."""
    ids = {str(change.id) for hunk in made for change in hunk.changes}
    row.changes = [one | {"revision": number} if one["id"] in ids else one for one in row.changes]


def _decide(row: ProposalRow, actor: UUID, state: State) -> None:
    row.state = state
    row.decided_by = actor
    row.decided_at = datetime.now(UTC)


def _decided(state: State) -> str:
    if state is State.DECLINED:
        return "That proposal was declined. Ask for the change again."
    return "That proposal is decided already. Say what else to change."
