"""What a conversation is about and what its agents remember, kept between turns and restarts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.errors import Conflict, Invalid, NotAllowed, NotFound
from course.models.outline import Outline
from course.models.people import Person, Role
from course.models.source import SourceLine
from course.outline import load_outline
from course.tables import ConversationRow, SourceRow, ThreadRow, UserRow

_NOT_FOR_LEARNERS = "The studio is for instructors. Ask your operator to make you one, or open Learn."
_NO_CONVERSATION = "There is no such conversation. Start a new one."


@dataclass(frozen=True)
class Conversation:
    """A conversation as a turn finds it. `outline` and `sources` are those of its course, for who may edit it."""

    thread_id: str
    kind: str
    person: Person
    course_id: UUID | None
    memory: dict[str, Any] | None
    outline: Outline | None = None
    sources: tuple[SourceLine, ...] = ()


class Conversations:
    """Conversations, each its owner's alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, actor: UUID, thread_id: str, kind: str) -> Conversation:
        """The actor's conversation, made now if it is new; `kind` is studio, learn or operate.

        Raises `NotFound` for someone else's, `NotAllowed` for a learner in the studio, `Invalid` for another kind.
        """
        async with self._database.transaction() as session:
            person, thread_owner, row = await _find(session, actor, thread_id)
            if kind == "studio" and person.role is Role.LEARNER:
                raise NotAllowed(_NOT_FOR_LEARNERS)
            if thread_owner not in (None, actor) or (row is not None and row.user_id != actor):
                raise NotFound(_NO_CONVERSATION)
            if row is None:
                await _create(session, actor, thread_id, kind)
                return Conversation(thread_id, kind, person, None, None)
            if row.kind != kind:
                raise Invalid("This conversation was begun for something else. Start a new one.")
            return await _loaded(session, person, row)

    async def set_course(self, actor: UUID, thread_id: str, course_id: UUID) -> None:
        """From now on the conversation is about this course, which the actor must be able to read."""
        async with self._database.transaction() as session:
            await access.reader(session, actor, course_id)
            mine = (ConversationRow.thread_id == thread_id) & (ConversationRow.user_id == actor)
            done = await session.execute(
                update(ConversationRow)
                .where(mine)
                .values(course_id=course_id, updated_at=func.now())
                .returning(ConversationRow.thread_id),
            )
            if done.first() is None:
                raise NotFound(_NO_CONVERSATION)

    async def save_memory(
        self, actor: UUID, thread_id: str, memory: dict[str, Any], *, before: dict[str, Any] | None
    ) -> None:
        """Keeps what the agents remember. `memory["turn"]` counts the turns.

        Raises `Conflict`, and keeps the other, when a turn other than `before` was kept meanwhile.
        """
        turn = ConversationRow.memory["turn"].as_integer()
        expected = turn.is_(None) if before is None else turn == before["turn"]
        async with self._database.transaction() as session:
            done = await session.execute(
                update(ConversationRow)
                .where(ConversationRow.thread_id == thread_id, ConversationRow.user_id == actor, expected)
                .values(memory=memory, updated_at=func.now())
                .returning(ConversationRow.thread_id),
            )
            if done.first() is None:
                raise Conflict("This conversation went on elsewhere meanwhile. Reload the page.")


async def _find(
    session: AsyncSession, actor: UUID, thread_id: str
) -> tuple[Person, UUID | None, ConversationRow | None]:
    """Who asks, whose thread it is, and the conversation, in one query."""
    rows = await session.execute(
        select(UserRow, ThreadRow.user_id, ConversationRow)
        .select_from(UserRow)
        .outerjoin(ThreadRow, ThreadRow.id == thread_id)
        .outerjoin(ConversationRow, ConversationRow.thread_id == thread_id)
        .where(UserRow.id == actor),
    )
    _, owner, conversation = next(iter(rows), (None, None, None))
    # `person` finds the user's row in the session: no second query.
    return await access.person(session, actor), owner, conversation


async def _create(session: AsyncSession, actor: UUID, thread_id: str, kind: str) -> None:
    made = await session.execute(
        insert(ConversationRow)
        .values(thread_id=thread_id, user_id=actor, kind=kind)
        .on_conflict_do_nothing()
        .returning(ConversationRow.thread_id),
    )
    if made.first() is None:
        raise Conflict("This conversation was begun elsewhere at the same moment. Send your message again.")


async def _loaded(session: AsyncSession, person: Person, row: ConversationRow) -> Conversation:
    bare = Conversation(row.thread_id, row.kind, person, row.course_id, row.memory)
    if row.course_id is None or row.kind != "studio":
        return bare
    try:
        await access.editor(session, person.id, row.course_id)
    except NotFound:
        # Taken out of the course since: the conversation stays, without it.
        return Conversation(row.thread_id, row.kind, person, None, row.memory)
    return Conversation(
        row.thread_id,
        row.kind,
        person,
        row.course_id,
        row.memory,
        await load_outline(session, row.course_id),
        await _source_lines(session, row.course_id),
    )


async def _source_lines(session: AsyncSession, course_id: UUID) -> tuple[SourceLine, ...]:
    query = select(SourceRow.number, SourceRow.title, SourceRow.filename, SourceRow.words)
    rows = await session.execute(query.where(SourceRow.course_id == course_id).order_by(SourceRow.number))
    return tuple(SourceLine(number=row[0], title=row[1], filename=row[2], words=row[3]) for row in rows)
