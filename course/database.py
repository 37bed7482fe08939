"""Postgres: one engine a process, one session a use case."""

import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from sqlalchemy import URL, Executable, Row, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from course.errors import Invalid, Unavailable

# Rested longer than this a connection is asked whether it lives; a network may drop one without a word.
_RESTED_SECONDS = 20.0


class Database:
    """The pool, and transactions on it."""

    def __init__(self, url: str, *, application: str, pool_size: int = 5, max_overflow: int = 5) -> None:
        """Raises `Invalid` for an address that is none."""
        self.engine: AsyncEngine = create_async_engine(
            postgres_address(url),
            pool_size=pool_size,
            max_overflow=max_overflow,
            pool_recycle=1800,
            pool_timeout=10,
            # Those used last know the statements already.
            pool_use_lifo=True,
            # An error in the log names the statement, never what people wrote.
            hide_parameters=True,
            connect_args={"server_settings": {"application_name": application, "statement_timeout": "30000"}},
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_dead)
        self._alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One use case: commits at the end, rolls back on any error.

        Raises `Unavailable` when Postgres cannot be reached. Never hold it across a model call or a render.
        """
        with _reported():
            async with self._sessions.begin() as session:
                yield session

    async def run(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """One statement that is a use case by itself, and so a transaction; its rows.

        A third of the round trips of `transaction`. Raises `Unavailable` as it does.
        """
        with _reported():
            async with self._alone.connect() as connection:
                result = await connection.execute(statement, parameters)
                return result.all() if result.returns_rows else ()

    async def ping(self) -> None:
        """Raises `Unavailable` when Postgres does not answer."""
        async with self.transaction() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Gives the connections back."""
        await self.engine.dispose()


def postgres_address(url: str) -> URL:
    """The address of the database. Raises `Invalid`, without repeating it, for what is none."""
    with suppress(ArgumentError, ValueError):
        address = make_url(url)
        if address.drivername == "postgresql+asyncpg":
            return address
    # Without what was given: it holds a password.
    raise Invalid("LECTERN_POSTGRES_URL must be postgresql+asyncpg://USER:PASS@HOST/DATABASE. Set it and start again.")


@contextmanager
def _reported() -> Iterator[None]:
    """Makes `Unavailable` of what says that Postgres is not there."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError, OSError) as error:
        raise Unavailable("The database cannot be reached just now. Nothing was changed; try again.") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable("The database went away. Nothing was changed; try again.") from error
        raise


def _refuse_dead(connection: Any, record: Any, _: object) -> None:
    """Lets the pool open another connection in place of one that has ended.

    Not `pool_pre_ping`, which costs three round trips before every transaction: a server that went away, or
    restarted, has closed the socket, and asyncpg knows.
    """
    now = time.monotonic()
    used, record.info["used"] = record.info.get("used", now), now
    if connection.driver_connection.is_closed():
        raise DisconnectionError
    if now - used > _RESTED_SECONDS:
        try:
            connection.ping()
        except Exception as error:
            raise DisconnectionError from error
