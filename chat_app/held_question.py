"""What a learner asked before a course was open: kept with the conversation, and answered once one is."""

import asyncio
import re
from collections.abc import AsyncGenerator
from uuid import UUID

from chainlit.session import WebsocketSession

from agents.events import Event
from chat_app import turn
from chat_app.chainlit_calls import emit, recall, remember, session
from chat_app.screen import Screen
from chat_app.view.profiles import Profile, starters

_KEY = "held_question"
_LONGEST = 4_000
# Greetings, and messages about the choice of a course: the list of courses is their answer.
_ANSWERED_BY_THE_LIST = re.compile(
    r"(hi|hello|hey|good (morning|afternoon|evening)|thanks|thank you)\b.{0,20}"
    r"|.*\b(courses|(what|which|another|my) course|enrol\w*|sign up)\b.*",
    re.IGNORECASE | re.DOTALL,
)


def hold(question: str) -> bool:
    """Keeps the question, in the place of one before; False for a message that the list of courses answers."""
    question = question.strip()
    if not question or question in starters(Profile.LEARN) or _ANSWERED_BY_THE_LIST.fullmatch(question):
        return False
    remember(_KEY, question[:_LONGEST])
    return True


def release() -> str | None:
    """The question, if there is one; it is held no longer."""
    question = recall(session(), _KEY)
    if question:
        remember(_KEY, None)
    return question or None


def answer(question: str, course_id: UUID, events: AsyncGenerator[Event, None]) -> None:
    """Shows the answer as that of a message just sent: the button that opened the course does not wait for it."""
    live = session()
    if isinstance(live, WebsocketSession):
        screen = Screen(question, course_id=course_id, learn=True)
        live.current_task = asyncio.create_task(_run(live, events, screen))


async def _run(live: WebsocketSession, events: AsyncGenerator[Event, None], screen: Screen) -> None:
    await emit(live, "task_start", {})
    try:
        await turn.run(live.thread_id, events, screen)
    finally:
        await emit(live, "task_end", {})
