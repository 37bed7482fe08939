"""The schema's history: complete, reversible, safe to run twice at once."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

import migrations
from course.database import Database
from course.tables import CourseRow, UserRow
from local_cloud.postgres import Postgres

_CHECKOUT = Path(__file__).parents[2]
_NAME = "lectern_migrations"


@pytest.fixture
def empty_url(postgres_server: Postgres) -> Iterator[str]:
    """The address of a database without any table."""
    postgres_server.run_sql(f"CREATE DATABASE {_NAME}")
    yield postgres_server.url(_NAME)
    postgres_server.run_sql(f"DROP DATABASE {_NAME} WITH (FORCE)")


async def _tables(url: str) -> set[str]:
    database = Database(url, application="test")
    async with database.transaction() as session:
        rows = await session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        found = set(rows)
    await database.close()
    return found - {"alembic_version"}


async def _write_course(url: str) -> None:
    database = Database(url, application="test")
    async with database.transaction() as session:
        owner = UserRow(email="ann@example.org", name="Ann", role="instructor")
        session.add(owner)
        await session.flush()
        session.add(CourseRow(title="T", summary="", audience="", language="en", tone="", owner_id=owner.id))
    await database.close()


async def test_up_down_and_up_again_with_data(empty_url: str) -> None:
    """A filled database can be taken back to nothing and brought up once more, and works then."""
    await asyncio.to_thread(migrations.upgrade, empty_url)
    await _write_course(empty_url)
    before = await _tables(empty_url)
    await asyncio.to_thread(migrations.downgrade, empty_url, revision="base")
    assert await _tables(empty_url) == set()
    await asyncio.to_thread(migrations.upgrade, empty_url)
    assert await _tables(empty_url) == before
    await _write_course(empty_url)


async def test_migrations_make_exactly_the_tables_of_the_code(empty_url: str) -> None:
    """Autogenerate finds nothing to add: no table was changed without a migration."""
    await asyncio.to_thread(migrations.upgrade, empty_url)
    await asyncio.to_thread(command.check, migrations.configuration(empty_url))


async def test_upgrade_keeps_what_is_there(postgres_url: str) -> None:
    """A second `make up` migrates a database that is already new, and loses nothing."""
    await _write_course(postgres_url)
    await asyncio.to_thread(migrations.upgrade, postgres_url)
    with pytest.raises(Exception, match="uq_users_email"):
        await _write_course(postgres_url)


def test_two_deployments_at_once_take_turns(empty_url: str) -> None:
    """Two migrators started together both succeed: the second waits and finds nothing to do."""
    both = [_start(empty_url) for _ in range(2)]
    errors = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors


def test_no_address_gives_one_sentence() -> None:
    """Without LECTERN_POSTGRES_URL the migrator says which variable to set, and shows no traceback."""
    process = _start("")
    _, error = process.communicate()
    assert process.returncode == 1
    assert error.count("\n") == 1
    assert "LECTERN_POSTGRES_URL" in error


def _start(url: str) -> subprocess.Popen[str]:
    """As an installed package: from another folder, without `alembic.ini`."""
    environment = os.environ | {"LECTERN_POSTGRES_URL": url, "PYTHONPATH": str(_CHECKOUT)}
    return subprocess.Popen(
        [sys.executable, "-m", "migrations"], cwd="/", env=environment, stderr=subprocess.PIPE, text=True
    )
