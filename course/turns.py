"""One turn at a time in a conversation, whichever tab or instance it comes from.

The lock is Postgres's own advisory lock, held by one connection of each process: it goes with the
process, so a crash leaves no conversation locked, and no turn holds a pooled connection of its own.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from course.database import Database
from course.errors import Busy, Unavailable

_log = logging.getLogger(__name__)

_BUSY = "I am still at work on your message from another tab. Wait until it is done, or press Stop there."
_PAUSE_SECONDS = 0.1
_LOST = (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
_TAKE = (
    "SELECT pg_try_advisory_lock(key) FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (key, place) ORDER BY place"
)
_GIVE_BACK = _TAKE.replace("try_advisory_lock", "advisory_unlock")
_T = TypeVar("_T")


class Turns:
    """Gives a conversation to one turn at a time."""

    def __init__(self, database: Database, *, patience_seconds: float = 2.0) -> None:
        self._database = database
        self._patience = patience_seconds
        self._here: set[str] = set()
        self._connection: AsyncConnection | None = None
        self._leaving: dict[str, asyncio.Task[None]] = {}
        self._asking = asyncio.Lock()
        self._asked: dict[str, list[tuple[int, asyncio.Future[bool]]]] = {}
        self._running: set[asyncio.Future[Any]] = set()

    @asynccontextmanager
    async def hold(self, thread_id: str) -> AsyncIterator[None]:
        """The conversation is this turn's until the end. Raises `Busy` when another keeps it too long."""
        end = asyncio.get_running_loop().time() + self._patience
        while not await self._take(thread_id):
            if asyncio.get_running_loop().time() >= end:
                raise Busy(_BUSY)
            await asyncio.sleep(_PAUSE_SECONDS)
        try:
            yield
        finally:
            # Nobody waits for it but the next turn of this conversation.
            self._leaving[thread_id] = self._started(self._give_back(thread_id))

    async def close(self) -> None:
        """Gives the connection back, and with it every lock."""
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _take(self, thread_id: str) -> bool:
        if leaving := self._leaving.get(thread_id):
            await asyncio.wait({leaving})
        # The lock is the connection's: two turns of this process must be told apart here.
        if thread_id in self._here:
            return False
        self._here.add(thread_id)
        taken = False
        try:
            taken = await self._to_its_end(self._ask(_TAKE, thread_id))
        except asyncio.CancelledError:
            # It may be granted all the same.
            await self._to_its_end(self._give_back(thread_id))
            raise
        finally:
            if not taken:
                self._here.discard(thread_id)
        return taken

    async def _give_back(self, thread_id: str) -> None:
        try:
            await self._ask(_GIVE_BACK, thread_id)
        except Unavailable:
            _log.warning("the lock's connection is gone, and the lock with it", extra={"conversation": thread_id})
        finally:
            self._here.discard(thread_id)
            self._leaving.pop(thread_id, None)

    async def _to_its_end(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Also when whoever waits is stopped: a lock left behind would close the conversation for good."""
        return await asyncio.shield(self._started(work))

    def _started(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _ask(self, query: str, thread_id: str) -> bool:
        """Puts the question with those of other turns that wait for the connection: under load they are many."""
        key = int.from_bytes(hashlib.sha256(thread_id.encode()).digest()[:8], "big", signed=True)
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._asked.setdefault(query, []).append((key, answer))
        async with self._asking:
            if not answer.done():
                asked, self._asked = self._asked, {}
                # Taken first: one that was stopped meanwhile gives back what it asked for in the same batch.
                for one in (_TAKE, _GIVE_BACK):
                    if waiting := asked.get(one):
                        await self._answer(one, waiting)
        return await answer

    async def _answer(self, query: str, waiting: list[tuple[int, asyncio.Future[bool]]]) -> None:
        try:
            given = await self._sure(query, [key for key, _ in waiting])
        except Exception as error:  # noqa: BLE001 - told to everyone who waits
            for _, answer in waiting:
                answer.set_exception(error)
        else:
            for (_, answer), one in zip(waiting, given, strict=True):
                answer.set_result(bool(one))

    async def _sure(self, query: str, keys: list[int]) -> list[object]:
        try:
            return await self._run(query, keys)
        except _LOST:
            # Perhaps the connection died while nobody talked; the locks it held went with it.
            await self._drop()
        try:
            return await self._run(query, keys)
        except _LOST as error:
            await self._drop()
            raise Unavailable("The database cannot be reached just now. Nothing was changed; try again.") from error

    async def _run(self, query: str, keys: list[int]) -> list[object]:
        if self._connection is None or self._connection.closed:
            connection = await self._database.engine.connect()
            self._connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        # Straight to asyncpg: a short question, at the beginning and at the end of every turn.
        asyncpg_connection: Any = (await self._connection.get_raw_connection()).driver_connection
        return [row[0] for row in await asyncpg_connection.fetch(query, keys)]

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*_LOST):
                await connection.invalidate()
                await connection.close()
