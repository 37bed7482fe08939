"""Chainlit's calls that come without types, with types."""

from datetime import UTC, datetime
from typing import Any

import chainlit as cl
from chainlit.session import BaseSession, WebsocketSession
from chainlit.user_session import user_session, user_sessions


async def send(shown: cl.Message | cl.Step) -> None:
    """Shows it and keeps it."""
    call: Any = shown.send
    await call()


async def update(shown: cl.Message | cl.Step | cl.CustomElement) -> None:
    """Shows and keeps what it has become."""
    call: Any = shown.update
    await call()


async def remove(shown: cl.Message) -> None:
    """Takes it off the screen and out of the history."""
    call: Any = shown.remove
    await call()


async def emit(session: WebsocketSession, event: str, data: Any) -> None:
    """Sends an event of Chainlit's protocol to one page."""
    call: Any = session.emit
    await call(event, data)


def session() -> BaseSession:
    """The chat session at hand."""
    found: BaseSession = cl.context.session
    return found


def remember(key: str, value: Any) -> None:
    """Keeps a JSON value with the session at hand; it is there again when the conversation is resumed."""
    call: Any = user_session.set
    call(key, value)


def recall(live: BaseSession, key: str) -> Any:
    """A value kept with a session."""
    return user_sessions.get(live.id, {}).get(key)


def now() -> str:
    """This moment in Chainlit's form."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat() + "Z"
