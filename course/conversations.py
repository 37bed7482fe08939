"""What a conversation is about and what its agents remember, kept between turns and restarts."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, exists, false, func, literal, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from course import access
from course.database import Database
from course.errors import Conflict, Invalid, NotAllowed, NotFound
from course.invitations import tell_of_courses
from course.models.outline import Outline
from course.models.people import Person, Role
from course.models.source import SourceLine
from course.outline_reading import load_outline, reread_outline
from course.tables import ConversationRow, CourseRow, EditionRow, MemberRow, SourceRow, ThreadRow, UserRow

_NOT_FOR_LEARNERS = "The studio is for instructors. Ask your operator to make you one, or open Learn."
_NO_CONVERSATION = "There is no such conversation. Start a new one."
# An outline is some ten kilobytes.
_OUTLINES_AT_HAND = 500

# Tables, not mapped classes, and made once: making such a query takes longer than answering it.
_USERS, _THREADS, _TALKS = UserRow.__table__, ThreadRow.__table__, ConversationRow.__table__
_COURSES, _MEMBERS, _EDITIONS, _SOURCES = (
    CourseRow.__table__,
    MemberRow.__table__,
    EditionRow.__table__,
    SourceRow.__table__,
)
_LINES = (
    select(
        func.jsonb_agg(
            aggregate_order_by(
                func.jsonb_build_object(
                    *(part for name in SourceLine.model_fields for part in (literal(name), _SOURCES.c[name]))
                ),
                _SOURCES.c.number,
            )
        )
    )
    .where(_SOURCES.c.course_id == _TALKS.c.course_id, _SOURCES.c.removed_at.is_(None))
    .scalar_subquery()
)
_PUBLISHED = select(func.max(_EDITIONS.c.revision)).where(_EDITIONS.c.course_id == _TALKS.c.course_id).scalar_subquery()
_IS_MEMBER = exists().where(
    _MEMBERS.c.course_id == _TALKS.c.course_id, _MEMBERS.c.user_id == bindparam("actor", type_=Uuid)
)
# Null for somebody who is a co-author of nothing.
_UNTOLD = (
    select(func.bool_or(_MEMBERS.c.told_at.is_(None)))
    .where(_MEMBERS.c.user_id == bindparam("actor", type_=Uuid))
    .scalar_subquery()
)
_FIND = (
    select(
        _USERS.c.email,
        _USERS.c.name,
        _USERS.c.role,
        _THREADS.c.user_id.label("thread_owner"),
        _TALKS.c.user_id.label("owner"),
        _TALKS.c.kind,
        _TALKS.c.course_id,
        _TALKS.c.memory,
        _TALKS.c.review,
        _COURSES.c.revision,
        _PUBLISHED.label("published"),
        func.coalesce((_COURSES.c.owner_id == bindparam("actor", type_=Uuid)) | _IS_MEMBER, false()).label("editable"),
        _LINES.label("sources"),
        _UNTOLD.label("untold"),
    )
    .select_from(_USERS)
    .outerjoin(_THREADS, _THREADS.c.id == bindparam("thread_id"))
    .outerjoin(_TALKS, _TALKS.c.thread_id == bindparam("thread_id"))
    .outerjoin(_COURSES, _COURSES.c.id == _TALKS.c.course_id)
    .where(_USERS.c.id == bindparam("actor", type_=Uuid), _USERS.c.disabled_at.is_(None))
)
_CREATE = (
    insert(_TALKS)  # type: ignore[arg-type]  # a mapped class's table is a Table
    .values({name: bindparam(name, type_=_TALKS.c[name].type) for name in ("thread_id", "user_id", "kind")})
    .on_conflict_do_nothing()
    .returning(_TALKS.c.thread_id)
)
_KEEP = (
    update(_TALKS)  # type: ignore[arg-type]  # a mapped class's table is a Table
    .where(
        _TALKS.c.thread_id == bindparam("thread"),
        _TALKS.c.user_id == bindparam("actor", type_=Uuid),
        _TALKS.c.memory["turn"].as_integer().is_not_distinct_from(bindparam("turn", type_=Integer)),
    )
    .values(memory=bindparam("new", type_=_TALKS.c.memory.type), updated_at=func.now())
    .returning(_TALKS.c.thread_id)
)


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
    review: bool = False
    """Whether agents propose changes instead of making them."""


class Conversations:
    """Conversations, each its owner's alone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._outlines: dict[UUID, Outline] = {}

    async def open(self, actor: UUID, thread_id: str, kind: str) -> Conversation:
        """The actor's conversation, made now if it is new; `kind` is studio, learn or operate.

        Raises `NotFound` for someone else's, `NotAllowed` for a learner in the studio who is nobody's co-author,
        `Invalid` for another kind.
        """
        found = await self._find(actor, thread_id)
        if kind == "studio" and found.person.role is Role.LEARNER and found.untold is None:
            raise NotAllowed(_NOT_FOR_LEARNERS)
        if found.thread_owner not in (None, actor) or found.owner not in (None, actor):
            raise NotFound(_NO_CONVERSATION)
        if found.kind is None:
            await self._create(actor, thread_id, kind)
        if kind == "studio" and found.untold:
            async with self._database.transaction() as session:
                await tell_of_courses(session, actor, thread_id)
        if found.kind is None:
            return Conversation(thread_id, kind, found.person, None, None)
        if found.kind != kind:
            raise Invalid("This conversation was begun for something else. Start a new one.")
        bare = Conversation(thread_id, kind, found.person, found.course_id, found.memory, review=bool(found.review))
        if found.course_id is None or kind != "studio":
            return bare
        if not found.editable:
            # Taken out of the course since: the conversation stays, without it.
            return replace(bare, course_id=None)
        return replace(bare, outline=await self._outline(found.course_id, found), sources=found.sources)

    async def _find(self, actor: UUID, thread_id: str) -> "_Found":
        """Who asks, whose thread it is, the conversation and its course, in one query: it is asked at every message."""
        rows = await self._database.run(_FIND, {"actor": actor, "thread_id": thread_id})
        if not rows:
            raise access.closed()
        row = rows[0]._asdict()
        person = Person(id=actor, email=row.pop("email"), name=row.pop("name"), role=Role(row.pop("role")))
        sources = tuple(SourceLine.model_validate(source) for source in row.pop("sources") or ())
        return _Found(person=person, sources=sources, **row)

    async def _create(self, actor: UUID, thread_id: str, kind: str) -> None:
        if not await self._database.run(_CREATE, {"thread_id": thread_id, "user_id": actor, "kind": kind}):
            raise Conflict("This conversation was begun elsewhere at the same moment. Send your message again.")

    async def _outline(self, course_id: UUID, found: "_Found") -> Outline:
        """As it is now: the one at hand when the course is still at its revision. Every change makes a revision."""
        known = self._outlines.get(course_id)
        if known is not None and (known.revision, known.published_revision) == (found.revision, found.published):
            return known
        async with self._database.transaction() as session:
            known = await (reread_outline(session, known) if known else load_outline(session, course_id))
        # Changed while it was read, it may be half of each: the next message finds another revision and reads on.
        self._outlines[course_id] = known
        if len(self._outlines) > _OUTLINES_AT_HAND:
            self._outlines.pop(next(iter(self._outlines)))
        return known

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

    async def set_review(self, actor: UUID, thread_id: str, *, on: bool) -> None:
        """From now on agents propose changes in this studio conversation, begun now if it is new; or make them."""
        await self.open(actor, thread_id, "studio")
        async with self._database.transaction() as session:
            mine = (ConversationRow.thread_id == thread_id) & (ConversationRow.user_id == actor)
            await session.execute(update(ConversationRow).where(mine).values(review=on))

    async def save_memory(
        self, actor: UUID, thread_id: str, memory: dict[str, Any], *, before: dict[str, Any] | None
    ) -> None:
        """Keeps what the agents remember. `memory["turn"]` counts the turns.

        Raises `Conflict`, and keeps the other, when a turn other than `before` was kept meanwhile.
        """
        given = {"thread": thread_id, "actor": actor, "new": memory, "turn": before["turn"] if before else None}
        if not await self._database.run(_KEEP, given):
            raise Conflict("This conversation went on elsewhere meanwhile. Reload the page.")


@dataclass(frozen=True)
class _Found:
    """What one query tells of a conversation."""

    person: Person
    thread_owner: UUID | None
    owner: UUID | None
    kind: str | None
    course_id: UUID | None
    memory: dict[str, Any] | None
    review: bool | None
    revision: int | None
    published: int | None
    editable: bool
    untold: bool | None
    """Whether they were made a co-author and not told; null when they are none."""
    sources: tuple[SourceLine, ...]
