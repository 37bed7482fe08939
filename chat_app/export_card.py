"""The card of a file that is being made, and of the file once it is there."""

import json
import time
from typing import Any
from uuid import uuid4

import chainlit as cl

from agents.events import ExportMade, ExportProgress
from chat_app.chainlit_calls import send, update
from chat_app.view.cards import AUTHOR, card

_AT_MOST_EVERY = 0.4
_NAME = "ExportCard"


class ExportCard:
    """Shown at once when making the file takes a while, and updated in place; a quick file's card follows the reply."""

    def __init__(self) -> None:
        self._element: cl.CustomElement | None = None
        self._shown_at = 0.0

    async def show(self, progress: ExportProgress) -> None:
        """Takes up how far it is."""
        if time.monotonic() - self._shown_at < _AT_MOST_EVERY:
            return
        self._shown_at = time.monotonic()
        await self._draw({"label": progress.label, "share": round(progress.share, 2)})

    async def made(self, event: ExportMade) -> list[cl.CustomElement]:
        """The card of the finished file, if it stands nowhere yet."""
        props = {"exportId": str(event.export.id), "notes": event.notes}
        if self._element is None:
            return [card(_NAME, props)]
        await self._draw(props)
        self._element = None
        return []

    async def end(self) -> None:
        """What is not finished now was stopped."""
        if self._element is not None:
            await self._draw({"label": self._element.props["label"], "stopped": True})
            self._element = None

    async def _draw(self, props: dict[str, Any]) -> None:
        if self._element is None:
            self._element = card(_NAME, props, card_id=str(uuid4()))
            await send(cl.Message("", author=AUTHOR, elements=[self._element]))
            return
        self._element.props = props
        self._element.content = json.dumps(props)
        await update(self._element)


def settle(elements: list[dict[str, Any]]) -> None:
    """In a conversation read again, in which nothing is being made any more: what is unfinished was stopped."""
    for element in elements:
        props = element.get("props") or {}
        if element.get("name") == _NAME and "exportId" not in props:
            element["props"] = {"label": props.get("label", ""), "stopped": True}
