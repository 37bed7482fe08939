"""Talking to the studio in tests."""

from typing import TypeVar
from uuid import UUID

from agents.events import Event
from agents.studio import Attached, Studio
from agents.turn import UseCases

_Kind = TypeVar("_Kind")


async def said(studio: Studio, actor: UUID, thread: str, message: str, *files: Attached) -> list[Event]:
    """All events of a turn."""
    return [event async for event in studio.turn(actor, thread, message, list(files))]


async def about(cases: UseCases, actor: UUID, thread: str, course_id: UUID) -> None:
    """Makes the conversation one about that course."""
    await cases.conversations.open(actor, thread, "studio")
    await cases.conversations.set_course(actor, thread, course_id)


def every(events: list[Event], kind: type[_Kind]) -> list[_Kind]:
    """The events of that kind."""
    return [event for event in events if isinstance(event, kind)]


def only(events: list[Event], kind: type[_Kind]) -> _Kind:
    """The one event of that kind."""
    found = every(events, kind)
    assert len(found) == 1, events
    return found[0]
