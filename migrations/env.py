"""Alembic's entry: runs the revisions on the database of LECTERN_POSTGRES_URL, one migrator at a time."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from course.database import postgres_address
from course.errors import Invalid
from course.tables import Base

# Any constant of our own: two deployments that start at once migrate one after the other.
_LOCK = 5_283_907_114


def _url() -> str:
    url = context.config.attributes.get("url") or os.environ.get("LECTERN_POSTGRES_URL")
    if not url:
        raise Invalid("Set LECTERN_POSTGRES_URL to the database to migrate (postgresql+asyncpg://…).")
    return str(url)


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()


async def _migrate_online() -> None:
    engine = create_async_engine(postgres_address(_url()), poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        await connection.commit()
        # The lock belongs to the session: it is given back when the connection closes, whatever happens.
        await connection.run_sync(_migrate)
    await engine.dispose()


def _print_sql() -> None:
    context.configure(url=_url(), target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _print_sql()
else:
    asyncio.run(_migrate_online())
