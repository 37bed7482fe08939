"""The one card that shows how far the lessons of a running draft are."""

import json
import time
from typing import Any
from uuid import uuid4

import chainlit as cl

from agents.events import DraftProgress, DraftState
from chat_app.chainlit_calls import send, update
from chat_app.view.cards import AUTHOR, card

_AT_MOST_EVERY = 0.25
_ENDED = {DraftState.DONE.value, DraftState.FAILED.value}
STOPPED = "stopped"


class DraftCard:
    """Updated in place as lessons move on; several moves within a moment are one update."""

    def __init__(self) -> None:
        self._lessons: dict[str, dict[str, Any]] = {}
        self._element: cl.CustomElement | None = None
        self._shown_at = 0.0
        self._total = 0

    async def show(self, progress: DraftProgress) -> None:
        """Takes up one lesson's move."""
        self._total = progress.total
        self._lessons[str(progress.lesson_id)] = {
            "number": progress.number,
            "title": progress.title,
            "state": progress.state.value,
            "reason": progress.reason,
            # Null is a price that is not known.
            "usd": None if progress.usd is None else float(progress.usd),
        }
        if time.monotonic() - self._shown_at >= _AT_MOST_EVERY or self._all_ended():
            await self._draw()

    async def end(self) -> None:
        """Draws the last state; what is unfinished was stopped."""
        if not self._lessons:
            return
        for lesson in self._lessons.values():
            if lesson["state"] not in _ENDED:
                lesson["state"] = STOPPED
        await self._draw()

    def _all_ended(self) -> bool:
        return all(lesson["state"] in _ENDED for lesson in self._lessons.values())

    async def _draw(self) -> None:
        self._shown_at = time.monotonic()
        props = {"total": self._total, "lessons": sorted(self._lessons.values(), key=_place)}
        if self._element is None:
            self._element = card("DraftCard", props, card_id=str(uuid4()))
            await send(cl.Message("", author=AUTHOR, elements=[self._element]))
            return
        self._element.props = props
        self._element.content = json.dumps(props)
        await update(self._element)


def _place(lesson: dict[str, Any]) -> list[int]:
    return [int(part) for part in lesson["number"].split(".") if part.isdigit()]


def settle(elements: list[dict[str, Any]]) -> None:
    """In a conversation read again, whose draft nobody is at any more: what is unfinished was stopped."""
    for element in elements:
        if element.get("name") != "DraftCard":
            continue
        for lesson in (element.get("props") or {}).get("lessons", []):
            if lesson["state"] not in _ENDED:
                lesson["state"] = STOPPED
