"""The first accounts: made again without harm, and out of reach of whoever talks to Lectern."""

from datetime import UTC, datetime

import grimp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from course.bootstrap import establish
from course.database import Database
from course.errors import NotAllowed
from course.models.people import Role
from course.people import People
from course.tables import UserRow

_CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


async def test_an_account_gets_its_password_back_and_keeps_its_role(postgres_url: str) -> None:
    """Made twice it is one person; the second password is theirs, the second role is not; a closed one stays closed."""
    database = Database(postgres_url, application="test")
    people = People(database, hasher=_CHEAP)
    ann = await establish(database, "Ann@Example.org", "Ann", Role.INSTRUCTOR, "first password", hasher=_CHEAP)
    again = await establish(database, "ann@example.org", "Eve", Role.OPERATOR, "second password", hasher=_CHEAP)
    assert again == ann
    assert await people.sign_in("ann@example.org", "first password") is None
    assert await people.sign_in("ann@example.org", "second password") == ann
    async with database.transaction() as session:
        await session.execute(update(UserRow).values(disabled_at=datetime.now(UTC)))
    with pytest.raises(NotAllowed, match="closed"):
        await establish(database, "ann@example.org", "Ann", Role.INSTRUCTOR, "third password", hasher=_CHEAP)
    await database.close()


def test_no_process_that_serves_people_reaches_it() -> None:
    """Neither the chat, the agents nor the press imports it, and nothing in the course either."""
    graph = grimp.build_graph("course", "agents", "chat_app", "render_service", cache_dir=None)
    assert graph.find_modules_that_directly_import("course.people")
    assert graph.find_modules_that_directly_import("course.bootstrap") == set()
