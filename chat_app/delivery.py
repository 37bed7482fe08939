"""Notices into conversations, exactly once, and onto the pages that show them just now."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from chainlit.server import sio
from chainlit.session import WebsocketSession, ws_sessions_id

from chat_app.chainlit_calls import emit
from chat_app.history.elements import as_dict as element_dict
from chat_app.history.steps import as_dict as step_dict
from chat_app.view.notices import build
from course.errors import LecternError
from course.models.notice import Delivery
from course.notices import Notices
from course.tables import ElementRow, StepRow

logger = logging.getLogger(__name__)

# How far back a page may have missed something while its socket was down.
_REACH = timedelta(hours=2)
_PAUSE_SECONDS = 2.0


def live_sessions() -> Iterator[WebsocketSession]:
    """The pages connected to this process just now."""
    sockets: Any = sio
    for session in list(ws_sessions_id.values()):
        if sockets.manager.is_connected(session.socket_id, "/"):
            yield session


class Deliveries:
    """Writes notices into their conversations, whoever runs it first, and shows each live page what it has not seen.

    A page whose socket was down gets what it missed when it is back: it is not marked as seen before it was sent.
    """

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._seen: WeakKeyDictionary[WebsocketSession, set[UUID]] = WeakKeyDictionary()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; an outage of the database is waited out."""
        while not stop.is_set():
            try:
                async with aclosing(self._notices.listen()) as ticks:  # type: ignore[type-var]  # it is a generator
                    async for _ in ticks:
                        if stop.is_set():
                            return
                        await self.deliver()
            except LecternError as error:
                logger.warning("Notices wait: %s", error.sentence)
            except Exception:
                logger.exception("Delivering notices failed; it goes on")
            await asyncio.sleep(_PAUSE_SECONDS)

    async def deliver(self) -> int:
        """One pass: what waits is written, what live pages miss is shown. Returns how many were written."""
        written = await self._notices.deliver(build)
        sessions: dict[str, list[WebsocketSession]] = {}
        for session in live_sessions():
            sessions.setdefault(session.thread_id, []).append(session)
        if sessions:
            since = datetime.now(UTC) - _REACH
            for delivery in await self._notices.delivered(list(sessions), since):
                for session in sessions[delivery.notice.thread_id]:
                    await self._show(session, delivery)
        return len(written)

    async def _show(self, session: WebsocketSession, delivery: Delivery) -> None:
        seen = self._seen.setdefault(session, set())
        if delivery.notice.id in seen:
            return
        # The message's id is the notice's: a page that has it from its history shows it once.
        await emit(session, "new_message", step_dict(StepRow(**delivery.step), None))
        for element in delivery.elements:
            await emit(session, "element", element_dict(ElementRow(**element)))
        seen.add(delivery.notice.id)
