"""A message finds whom it is for: the studio, the tutor or the operator's desk."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID

import chainlit as cl
from chainlit.session import BaseSession, WebsocketSession
from chainlit.user import PersistedUser

from agents.events import Event, Failed, Reply
from agents.studio import Attached
from chat_app import learning, operating, panel, turn, uploads
from chat_app.chainlit_calls import emit, session
from chat_app.data_layer import history
from chat_app.screen import Screen
from chat_app.view.profiles import Profile, allowed
from chat_app.wiring import parts
from course.errors import LecternError, NotAllowed
from course.models.people import Person, Role

_SIGN_IN = "This account cannot be used any more. Ask your operator."


async def acting() -> Person:
    """The person of the chat session at hand, as the database knows them now."""
    user = session().user
    person = await parts().people.by_email(user.identifier) if user else None
    if person is None:
        raise NotAllowed(_SIGN_IN)
    return person


def _connected(live: BaseSession) -> Person | None:
    """The person as they were when they connected, for the studio alone.

    Its first query looks at their account and role as they are now; asked here too, each message would wait twice.
    """
    user = live.user
    if not isinstance(user, PersistedUser) or live.chat_profile != Profile.STUDIO.value:
        return None
    role = Role(user.metadata.get("role", Role.LEARNER))
    if Profile.STUDIO not in allowed(role):
        return None
    return Person(id=UUID(user.id), email=user.identifier, name=user.display_name or user.identifier, role=role)


def profile_of(person: Person) -> Profile:
    """The profile of the session at hand, if the person may have it; a browser may ask for any."""
    asked = session().chat_profile
    may = allowed(person.role, coauthor=person.coauthor)
    found = next((profile for profile in may if profile.value == asked), None)
    if asked and found is None:
        raise NotAllowed("Your account does not open this kind of conversation. Start a new one.")
    return found or may[0]


async def answer(message: cl.Message) -> None:
    """One turn, from the message to the last card."""
    live = session()
    course_id = panel.course_at_hand(live) if isinstance(live, WebsocketSession) else None
    try:
        person = _connected(live) or await acting()
        profile = profile_of(person)
        screen = Screen(message.content, course_id=course_id, learn=profile is Profile.LEARN)
        await turn.run(live.thread_id, _events(person, profile, message), screen)
        if screen.opened:
            await _name_after(person, screen.opened)
    except LecternError as error:
        await turn.run(live.thread_id, _only(Failed(error.sentence, error.retryable)), Screen(message.content))
    finally:
        await uploads.discard(message)


async def _events(person: Person, profile: Profile, message: cl.Message) -> AsyncGenerator[Event, None]:
    thread_id = session().thread_id
    if profile is Profile.OPERATE:
        yield Reply(await operating.report(person))
    elif profile is Profile.LEARN:
        async with aclosing(learning.events(person, thread_id, message.content)) as events:
            async for event in events:
                yield event
    else:
        async with aclosing(_studio(person, thread_id, message)) as events:
            async for event in events:
                yield event


async def _studio(person: Person, thread_id: str, message: cl.Message) -> AsyncGenerator[Event, None]:
    brought = uploads.of_message(message, limit_mb=parts().settings.upload_limit_mb)
    for refusal in brought.refusals:
        yield Failed(refusal, retryable=False)
    if brought.refusals and not brought.taken and not message.content.strip():
        return
    files = [Attached(name, data) for name, data in await brought.read()]
    async with aclosing(parts().studio.turn(person.id, thread_id, message.content, files)) as events:
        async for event in events:
            yield event


async def _name_after(person: Person, course_id: UUID) -> None:
    """The conversation in which a course came to be is found by its title, not by “turn this into a course”."""
    live = session()
    title = (await parts().authoring.outline(person.id, course_id)).title
    await history().update_thread(live.thread_id, name=title)
    if isinstance(live, WebsocketSession):
        # At this event the page reads its list of conversations again.
        await emit(live, "first_interaction", {"interaction": title, "thread_id": live.thread_id})


async def _only(event: Event) -> AsyncGenerator[Event, None]:
    yield event
