"""Being woken by Postgres' NOTIFY, on a connection of its own beside the pool."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from course.database import Database

_log = logging.getLogger(__name__)
_CONNECT_SECONDS = 5.0


class Wakeups:
    """Rings for every NOTIFY on one channel. Not through a transaction pooler: those drop LISTEN."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel
        self._rung = asyncio.Event()
        self._connection: Any = None
        self._away = False

    def ring(self) -> None:
        """As if notified."""
        self._rung.set()

    async def wait(self, seconds: float) -> bool:
        """Until notified (True) or for `seconds` (False), whichever is first; notified between two waits counts.

        Never fails: while Postgres is away it is only the time that passes.
        """
        await self._ensure_listening()
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True

    async def close(self) -> None:
        """Gives the connection back."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
                await connection.close(timeout=2)

    async def _ensure_listening(self) -> None:
        if self._connection is not None and not self._connection.is_closed():
            return
        try:
            self._connection = await self._listen()
            self._away = False
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            if not self._away:  # once an outage, not every second of it
                _log.warning("Cannot listen on %s just now; looking from time to time", self._channel, exc_info=True)
            self._away = True

    async def _listen(self) -> Any:
        url = self._database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection: Any = await asyncpg.connect(url, timeout=_CONNECT_SECONDS)
        try:
            # Rung at its end too: what was notified while nobody listened must be looked for.
            connection.add_termination_listener(lambda *_: self._rung.set())
            await connection.add_listener(self._channel, lambda *_: self._rung.set())
        except BaseException:
            connection.terminate()
            raise
        return connection


@asynccontextmanager
async def listening(database: Database, channel: str) -> AsyncIterator[Wakeups]:
    """`async with listening(database, "lectern_outbox") as wakeups: await wakeups.wait(2.0)`."""
    wakeups = Wakeups(database, channel)
    try:
        yield wakeups
    finally:
        await wakeups.close()
