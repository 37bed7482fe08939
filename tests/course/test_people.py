"""Accounts: signing in, roles, and what an outsider can learn (nothing)."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from course.bootstrap import establish
from course.database import Database
from course.errors import Invalid, NotAllowed, NotFound
from course.models.people import Role
from course.people import People
from course.tables import UserRow

_PASSWORD = "correct horse battery"


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    """This test's database."""
    database = Database(postgres_url, application="test")
    yield database
    await database.close()


@pytest.fixture
def people(database: Database) -> People:
    """Accounts with a cheap hash, to be fast."""
    return People(database, hasher=PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
async def boss(database: Database) -> UUID:
    """An operator, who may make accounts."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return (await establish(database, "boss@example.org", "Boss", Role.OPERATOR, _PASSWORD, hasher=cheap)).id


async def _stored_hash(database: Database, person_id: UUID) -> str | None:
    async with database.transaction() as session:
        row = await session.get(UserRow, person_id)
    assert row is not None
    return row.password_hash


async def _disable(database: Database, person_id: UUID) -> None:
    async with database.transaction() as session:
        await session.execute(update(UserRow).where(UserRow.id == person_id).values(disabled_at=datetime.now(UTC)))


async def test_password_opens_its_account_alone(people: People, boss: UUID) -> None:
    """The right password signs in however the address is written; nothing else does."""
    ann = await people.create(boss, "Ann@Example.org ", "Ann", Role.INSTRUCTOR, _PASSWORD)
    assert await people.sign_in(" ann@example.ORG", _PASSWORD) == ann
    assert await people.sign_in("ann@example.org", _PASSWORD + " ") is None
    assert await people.sign_in("bob@example.org", _PASSWORD) is None
    assert await people.sign_in("ann@example.org", "") is None
    assert await people.sign_in("ann@example.org", _PASSWORD + "x" * 5_000) is None


async def test_hash_is_argon2id_and_renewed_when_the_parameters_change(
    people: People, database: Database, boss: UUID
) -> None:
    """Passwords are kept as argon2id only; a hash of older parameters is replaced at the next sign-in."""
    ann = await people.create(boss, "ann@example.org", "Ann", Role.LEARNER, _PASSWORD)
    before = await _stored_hash(database, ann.id)
    assert before is not None
    assert before.startswith("$argon2id$")
    stronger = People(database, hasher=PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    assert await stronger.sign_in("ann@example.org", _PASSWORD) == ann
    after = await _stored_hash(database, ann.id)
    assert after is not None
    assert "m=128,t=2" in after
    assert await stronger.sign_in("ann@example.org", _PASSWORD) == ann


async def test_unknown_address_takes_as_long_as_a_wrong_password(database: Database, boss: UUID) -> None:
    """Timing does not tell whether an address has an account, with or without a password."""
    people = People(database)
    await people.create(boss, "ann@example.org", "Ann", Role.LEARNER, _PASSWORD)
    await people.sign_in_with_google("gus@example.org", "Gus", verified=True)

    async def seconds(email: str) -> float:
        started = time.perf_counter()
        assert await people.sign_in(email, "a wrong password") is None
        return time.perf_counter() - started

    known, unknown, google = [
        min([await seconds(email) for _ in range(3)])
        for email in ("ann@example.org", "nobody@example.org", "gus@example.org")
    ]
    assert unknown > known / 2
    assert google > known / 2


async def test_create_is_idempotent_and_changes_nothing(people: People, boss: UUID) -> None:
    """Creating an account that is there gives it back, role and password untouched; also when done at once."""
    made = await asyncio.gather(
        *(people.create(boss, "ann@example.org", "Ann", Role.INSTRUCTOR, _PASSWORD) for _ in range(5))
    )
    assert len({person.id for person in made}) == 1
    again = await people.create(boss, "ann@example.org", "Eve", Role.OPERATOR, "eve's own password")
    assert again == made[0]
    assert await people.sign_in("ann@example.org", "eve's own password") is None


async def test_google_sign_in(people: People, database: Database, boss: UUID) -> None:
    """A verified address signs in, as a learner when new; an unverified or disabled one is refused."""
    gus = await people.sign_in_with_google("gus@example.org", "Gus", verified=True)
    assert gus.role is Role.LEARNER
    ann = await people.create(boss, "ann@example.org", "Ann", Role.INSTRUCTOR, _PASSWORD)
    assert await people.sign_in_with_google("ANN@example.org", "Ann G.", verified=True) == ann
    with pytest.raises(NotAllowed, match="not verified"):
        await people.sign_in_with_google("ann@example.org", "Eve", verified=False)
    await _disable(database, gus.id)
    with pytest.raises(NotAllowed, match="closed"):
        await people.sign_in_with_google("gus@example.org", "Gus", verified=True)


async def test_disabled_account_is_gone_for_signing_in(people: People, database: Database, boss: UUID) -> None:
    """A disabled person cannot sign in and is not found."""
    ann = await people.create(boss, "ann@example.org", "Ann", Role.LEARNER, _PASSWORD)
    assert await people.by_id(ann.id) == ann
    assert await people.by_email("Ann@example.org") == ann
    await _disable(database, ann.id)
    assert await people.sign_in("ann@example.org", _PASSWORD) is None
    assert await people.by_id(ann.id) is None
    assert await people.by_email("ann@example.org") is None


async def test_only_operators_give_roles(people: People, boss: UUID) -> None:
    """An operator makes a learner an instructor; nobody else can, and no operator unmakes themselves."""
    ann = await people.create(boss, "ann@example.org", "Ann", Role.LEARNER, None)
    with pytest.raises(NotAllowed, match="Only operators"):
        await people.set_role(ann.id, ann.id, Role.OPERATOR)
    assert (await people.set_role(boss, ann.id, Role.INSTRUCTOR)).role is Role.INSTRUCTOR
    with pytest.raises(Invalid, match="another operator"):
        await people.set_role(boss, boss, Role.LEARNER)
    with pytest.raises(NotFound):
        await people.set_role(boss, uuid4(), Role.INSTRUCTOR)


@pytest.mark.parametrize("email", ["", "ann", "ann@", "@example.org", "a b@example.org", "ann@localhost", "a@b..c"])
async def test_address_that_is_none_is_refused(people: People, email: str, boss: UUID) -> None:
    """What cannot be an e-mail address is said so."""
    with pytest.raises(Invalid, match="e-mail address"):
        await people.create(boss, email, "Ann", Role.LEARNER, None)


async def test_password_too_short_is_refused_and_new_one_replaces_the_old(people: People, boss: UUID) -> None:
    """A password has a least length; a new one takes the place of the old."""
    with pytest.raises(Invalid, match="8 to 1,000"):
        await people.create(boss, "ann@example.org", "Ann", Role.LEARNER, "short")
    ann = await people.create(boss, "ann@example.org", "Ann", Role.LEARNER, _PASSWORD)
    await people.set_password(boss, ann.id, "another password")
    assert await people.sign_in("ann@example.org", _PASSWORD) is None
    assert await people.sign_in("ann@example.org", "another password") == ann


@pytest.mark.parametrize("role", [Role.LEARNER, Role.INSTRUCTOR])
async def test_only_operators_make_accounts_and_set_passwords(
    people: People, database: Database, boss: UUID, role: Role
) -> None:
    """A learner or instructor who asks is refused, for themselves too, and nothing is made or changed."""
    ann = await people.create(boss, "ann@example.org", "Ann", role, _PASSWORD)
    with pytest.raises(NotAllowed, match="Only operators"):
        await people.create(ann.id, "eve@example.org", "Eve", Role.OPERATOR, _PASSWORD)
    for target in (boss, ann.id):
        with pytest.raises(NotAllowed, match="Only operators"):
            await people.set_password(ann.id, target, "a password of eve's")
    await _disable(database, boss)
    with pytest.raises(NotAllowed, match="cannot be used"):
        await people.create(boss, "eve@example.org", "Eve", Role.LEARNER, _PASSWORD)
    assert await people.by_email("eve@example.org") is None
    assert await people.sign_in("ann@example.org", _PASSWORD) == ann
