"""Histories from before undo and redo were told apart go on working."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import text

import migrations
from course.database import Database
from course.errors import Invalid
from course.revisions import Revisions
from local_cloud.postgres import Postgres

_NAME = "lectern_old_history"
_STEPS = [
    # number, undoes, the title before and after
    (1, None, "T", "A"),
    (2, None, "A", "B"),
    (3, 2, "B", "A"),
    (4, 3, "A", "B"),
    (5, 4, "B", "A"),
    (6, None, "A", "C"),
    (7, 6, "C", "A"),
    (8, 7, "A", "C"),
]


@pytest.fixture
def old_url(postgres_server: Postgres) -> Iterator[str]:
    """The address of a database of the first schema."""
    postgres_server.run_sql(f"CREATE DATABASE {_NAME}")
    url = postgres_server.url(_NAME)
    migrations.upgrade(url, revision="0001")
    yield url
    postgres_server.run_sql(f"DROP DATABASE {_NAME} WITH (FORCE)")


async def test_what_stands_is_read_from_who_undid_whom(old_url: str) -> None:
    """2 was undone, redone and undone; 6 was undone and redone: undo takes back 6, then 1, and redo brings both."""
    database, ann, course = Database(old_url, application="test"), uuid4(), uuid4()
    async with database.transaction() as session:
        await session.execute(
            text("INSERT INTO users (id, email, name, role) VALUES (:id, 'ann@example.org', 'Ann', 'instructor')"),
            {"id": ann},
        )
        await session.execute(
            text(
                "INSERT INTO courses (id, title, summary, audience, language, tone, revision, owner_id)"
                " VALUES (:id, 'C', '', '', 'en', '', 8, :owner)"
            ),
            {"id": course, "owner": ann},
        )
        for number, undoes, before, after in _STEPS:
            change = (
                f'[{{"kind": "course", "id": "{course}", "before": {{"title": "{before}"}}, "after":'
                f' {{"title": "{after}"}}}}]'
            )
            await session.execute(
                text(
                    "INSERT INTO revisions (course_id, number, author_id, sentence, changes, undoes)"
                    " VALUES (:course, :number, :ann, :sentence, CAST(:change AS jsonb), :undoes)"
                ),
                {"course": course, "number": number, "ann": ann, "sentence": after, "change": change, "undoes": undoes},
            )
    await database.close()
    await asyncio.to_thread(migrations.upgrade, old_url)

    database = Database(old_url, application="test")
    revisions = Revisions(database)
    history = (await revisions.history(ann, course))[::-1]
    assert [(one.undoes, one.redoes, one.undone_by) for one in history] == [
        (None, None, None),
        (None, None, 5),
        (2, None, 5),
        (None, 3, 5),
        (2, None, None),
        (None, None, None),
        (6, None, 8),
        (None, 7, None),
    ]
    assert [(await revisions.undo(ann, course)).changes[0].after for _ in range(2)] == [{"title": "A"}, {"title": "T"}]
    with pytest.raises(Invalid):
        await revisions.undo(ann, course)
    assert [(await revisions.redo(ann, course)).changes[0].after for _ in range(2)] == [{"title": "A"}, {"title": "C"}]
    await database.close()
