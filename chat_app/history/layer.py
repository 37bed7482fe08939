"""What Chainlit asks of a data layer, answered from our tables.

Chainlit writes in background tasks it never looks at again: so writes of one conversation go one after
another, in the order they were asked for, and a failure is logged here or nowhere.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

from chainlit.context import context
from chainlit.data.base import BaseDataLayer
from chainlit.element import Element, ElementDict
from chainlit.step import StepDict
from chainlit.types import Feedback, PaginatedResponse, Pagination, ThreadDict, ThreadFilter
from chainlit.user import PersistedUser, User
from sqlalchemy.ext.asyncio import AsyncSession

from chat_app.history import elements, feedback, steps, threads
from chat_app.history.step_writer import StepWriter
from chat_app.history.writes import logged, parked
from course.database import Database
from course.errors import NotAllowed
from course.models.people import Person
from course.people import People


def as_user(person: Person) -> PersistedUser:
    """The person as Chainlit knows people: by e-mail address."""
    return PersistedUser(
        id=str(person.id),
        createdAt="",
        identifier=person.email,
        display_name=person.name,
        metadata={"role": person.role.value},
    )


class History(BaseDataLayer):
    """Raises instead of answering half; `NotAllowed` when a write is aimed at someone else's conversation."""

    def __init__(self, database: Database, people: People) -> None:
        self._database = database
        self._people = people
        self._steps = StepWriter(database)
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    # People ---------------------------------------------------------------------------------------

    @logged
    async def get_user(self, identifier: str) -> PersistedUser | None:
        """The account with that address; None once it is closed."""
        person = await self._people.by_email(identifier)
        return as_user(person) if person else None

    async def create_user(self, user: User) -> PersistedUser | None:
        """Chainlit asks at every log-in. Accounts are made in `course.people`, never here."""
        return await self.get_user(user.identifier)

    # Steps and elements ---------------------------------------------------------------------------

    @parked
    async def create_step(self, step_dict: StepDict) -> None:
        """Stores a message or a tool step; again is an update."""
        thread_id = _at_hand(step_dict.get("threadId"))
        async with self._queue(thread_id):
            await self._steps.save(step_dict, _me())

    @parked
    async def update_step(self, step_dict: StepDict) -> None:
        """The same as `create_step`: either may come first."""
        thread_id = _at_hand(step_dict.get("threadId"))
        async with self._queue(thread_id):
            await self._steps.save(step_dict, _me())

    @parked
    async def delete_step(self, step_id: str) -> None:
        """Removes a step of the conversation at hand."""
        async with self._writing(context.session.thread_id) as session:
            await steps.delete_one(session, context.session.thread_id, step_id)

    @parked
    async def create_element(self, element: Element) -> None:
        """Stores a card. Its `thread_id` may come from the browser, so it counts only if it is the session's own."""
        async with self._writing(element.thread_id) as session:
            await elements.save(session, element.to_dict())

    @logged
    async def get_element(self, thread_id: str, element_id: str) -> ElementDict | None:
        """A card of a conversation."""
        async with self._database.transaction() as session:
            return await elements.one(session, thread_id, element_id)

    @parked
    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """Removes a card of the conversation at hand. What it showed, a video say, is not touched."""
        async with self._writing(thread_id) as session:
            await elements.delete_one(session, context.session.thread_id, element_id)

    # Threads --------------------------------------------------------------------------------------

    @logged
    async def get_thread_author(self, thread_id: str) -> str:
        """The author's e-mail address; empty when there is no such conversation."""
        async with self._database.transaction() as session:
            return await threads.author(session, thread_id)

    @logged
    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> PaginatedResponse[ThreadDict]:
        """A page of a person's conversations, the last used first, without what was said in them."""
        if not filters.userId:
            raise NotAllowed("Sign in to see your conversations.")
        async with self._database.transaction() as session:
            return await threads.page(session, UUID(filters.userId), pagination, filters)

    @logged
    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        """A whole conversation."""
        async with self._database.transaction() as session:
            return await threads.whole(session, thread_id)

    @logged
    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Makes the conversation (when `user_id` says whose) or changes what is given."""
        async with self._queue(thread_id), self._database.transaction() as session:
            await threads.save(session, thread_id, name, UUID(user_id) if user_id else None, metadata, tags)

    @logged
    async def delete_thread(self, thread_id: str) -> None:
        """Removes the conversation and what was said in it; courses and videos stay."""
        async with self._queue(thread_id), self._database.transaction() as session:
            await threads.delete_one(session, thread_id)

    # Feedback: Chainlit's own routes do not say who asks, so ours stand before them (`chat_app.ratings`).

    async def upsert_feedback(self, feedback: Feedback) -> str:  # noqa: ARG002 - Chainlit's signature
        """Never reached from outside: see `rate`."""
        raise NotAllowed("Feedback is given through Lectern's own page.")

    async def delete_feedback(self, feedback_id: str) -> bool:  # noqa: ARG002 - Chainlit's signature
        """Never reached from outside: see `unrate`."""
        raise NotAllowed("Feedback is taken back through Lectern's own page.")

    @logged
    async def rate(self, actor: UUID, step_id: str, value: int, comment: str | None) -> str:
        """The actor's thumb on a message of a conversation of theirs; again replaces it. Returns its id."""
        async with self._database.transaction() as session:
            return await feedback.save(session, actor, step_id, value, comment)

    @logged
    async def unrate(self, actor: UUID, feedback_id: str) -> None:
        """Takes the actor's thumb back."""
        async with self._database.transaction() as session:
            await feedback.delete_one(session, actor, feedback_id)

    # What else Chainlit asks ------------------------------------------------------------------------

    async def get_favorite_steps(self, user_id: str) -> list[StepDict]:  # noqa: ARG002 - Chainlit's signature
        """Favourites are switched off."""
        return []

    async def build_debug_url(self) -> str:
        """There is no debugger to link to."""
        return ""

    async def close(self) -> None:
        """The database belongs to the process."""

    # ------------------------------------------------------------------------------------------------

    def _queue(self, thread_id: str) -> asyncio.Lock:
        """First come, first served: asyncio's lock is fair, and tasks start in the order they were made."""
        return self._queues.setdefault(thread_id, asyncio.Lock())

    @asynccontextmanager
    async def _writing(self, thread_id: str | None) -> AsyncIterator[AsyncSession]:
        """A transaction on the conversation of the chat session at hand, and on no other."""
        thread_id, me = _at_hand(thread_id), _me()
        async with self._queue(thread_id), self._database.transaction() as session:
            if await threads.author(session, thread_id) not in ("", me):
                raise NotAllowed("That belongs to someone else's conversation.")
            yield session


def _at_hand(thread_id: str | None) -> str:
    """The conversation, if it is that of the chat session at hand."""
    if not thread_id or thread_id != context.session.thread_id:
        raise NotAllowed("That belongs to another conversation.")
    return thread_id


def _me() -> str | None:
    user = context.session.user
    return user.identifier if user else None
