"""Co-authors: invited by address, members at once or when they come, and only the owner's to choose."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from course.authoring import Authoring
from course.coauthors import Coauthors
from course.conversations import Conversations
from course.database import Database
from course.errors import Invalid, NotAllowed, NotFound
from course.models.people import Role, Standing
from course.models.revision import Kind
from course.people import People
from course.tables import NoticeRow, UserRow


@pytest.fixture
def coauthors(database: Database) -> Coauthors:
    """Use cases of those who edit a course together."""
    return Coauthors(database)


@pytest.fixture
def people(database: Database) -> People:
    """Accounts, with quick hashing."""
    return People(database, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


async def test_somebody_with_an_account_edits_at_once(
    coauthors: Coauthors, authoring: Authoring, ann: UUID, eve: UUID, cells: UUID
) -> None:
    """The course is in their list with whose it is, and theirs to change, until they are removed."""
    found = await coauthors.invite(ann, cells, " Eve@School.Test ")
    assert (found.standing, found.name) == (Standing.COAUTHOR, "Eve")
    [card] = await authoring.courses(eve)
    assert (card.id, card.owner) == (cells, "Ann")
    assert (await authoring.courses(ann))[0].owner is None
    assert await authoring.rename(eve, cells, Kind.COURSE, cells, "Cells and Life", "Renamed the course")
    assert [(one.name, one.standing) for one in await coauthors.people(eve, cells)] == [
        ("Ann", Standing.OWNER),
        ("Eve", Standing.COAUTHOR),
    ]
    await coauthors.remove(ann, cells, "eve@school.test")
    assert await authoring.courses(eve) == []
    with pytest.raises(NotFound):
        await authoring.outline(eve, cells)


async def test_somebody_unknown_edits_once_they_have_signed_in(
    coauthors: Coauthors, authoring: Authoring, people: People, ann: UUID, cells: UUID
) -> None:
    """With Google only when the address is verified; the invitation is used up."""
    assert (await coauthors.invite(ann, cells, "may@school.test")).standing is Standing.INVITED
    with pytest.raises(NotAllowed):
        await people.sign_in_with_google("may@school.test", "May", verified=False)
    assert (await coauthors.people(ann, cells))[1].standing is Standing.INVITED
    may = await people.sign_in_with_google("May@school.test", "May", verified=True)
    assert [one.standing for one in await coauthors.people(ann, cells)] == [Standing.OWNER, Standing.COAUTHOR]
    assert [card.id for card in await authoring.courses(may.id)] == [cells]
    await coauthors.remove(ann, cells, "may@school.test")
    await people.sign_in_with_google("may@school.test", "May", verified=True)
    assert await authoring.courses(may.id) == []


async def test_an_account_made_later_by_the_operator(
    coauthors: Coauthors, authoring: Authoring, people: People, ann: UUID, oli: UUID, cells: UUID
) -> None:
    """The right password makes the invited person a co-author; a wrong one, or the account alone, does not."""
    await coauthors.invite(ann, cells, "may@school.test")
    may = await people.create(oli, "may@school.test", "May", Role.INSTRUCTOR, "correct horse battery")
    assert await people.sign_in("may@school.test", "wrong horse battery") is None
    assert await authoring.courses(may.id) == []
    await people.sign_in("may@school.test", "correct horse battery")
    assert [card.id for card in await authoring.courses(may.id)] == [cells]


async def test_they_are_told_once_in_their_next_conversation(
    coauthors: Coauthors, database: Database, ann: UUID, eve: UUID, cells: UUID
) -> None:
    """Whose course it is and how to open it, in the conversation they speak in next, and never again."""
    await coauthors.invite(ann, cells, "eve@school.test")
    conversations = Conversations(database)
    for thread in ("t1", "t1", "t2"):
        await conversations.open(eve, thread, "studio")
    await conversations.open(ann, "t3", "studio")
    async with database.transaction() as session:
        told = [(row.thread_id, row.kind, row.payload) for row in await session.scalars(select(NoticeRow))]
    assert told == [("t1", "made_coauthor", {"course_id": str(cells), "title": "Cells", "by": "Ann"})]


async def test_a_learner_edits_what_they_were_invited_to_and_creates_nothing(
    coauthors: Coauthors, authoring: Authoring, database: Database, people: People, ann: UUID, lee: UUID, cells: UUID
) -> None:
    """The owner's word opens the studio for that course alone; it closes with it."""
    conversations = Conversations(database)
    with pytest.raises(NotAllowed):
        await conversations.open(lee, "t1", "studio")
    await coauthors.invite(ann, cells, "lee@school.test")
    found = await people.by_email("lee@school.test")
    assert found is not None
    assert found.coauthor
    await conversations.open(lee, "t1", "studio")
    assert await authoring.rename(lee, cells, Kind.COURSE, cells, "Cells by Lee", "Renamed the course")
    with pytest.raises(NotAllowed, match="Only instructors"):
        await authoring.create(lee)
    await coauthors.remove(lee, cells, "lee@school.test")
    with pytest.raises(NotAllowed):
        await conversations.open(lee, "t1", "studio")


async def test_only_the_owner_invites_and_removes(
    coauthors: Coauthors, ann: UUID, eve: UUID, lee: UUID, oli: UUID, cells: UUID
) -> None:
    """A co-author sees who they are and may leave; whoever has no right learns of no course, operators too."""
    await coauthors.invite(ann, cells, "eve@school.test")
    tries: list[Callable[[UUID], Awaitable[object]]] = [
        lambda who: coauthors.invite(who, cells, "new@school.test"),
        lambda who: coauthors.remove(who, cells, "ann@school.test"),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed, match="Only the owner of this course"):
            await attempt(eve)
        for who in (lee, oli):
            with pytest.raises(NotFound, match="no such course"):
                await attempt(who)
    for who in (lee, oli):
        with pytest.raises(NotFound, match="no such course"):
            await coauthors.people(who, cells)
    await coauthors.remove(eve, cells, "eve@school.test")
    assert [one.name for one in await coauthors.people(ann, cells)] == ["Ann"]


async def test_whom_one_cannot_invite_or_remove(
    coauthors: Coauthors, database: Database, ann: UUID, eve: UUID, cells: UUID
) -> None:
    """No address, someone who is there already, a closed account; and an owner cannot leave."""
    await coauthors.invite(ann, cells, "eve@school.test")
    await coauthors.invite(ann, cells, "new@school.test")
    for email, reason in (
        ("not an address", "not an e-mail address"),
        ("ann@school.test", "already"),
        ("EVE@school.test", "already"),
        ("new@school.test", "already"),
    ):
        with pytest.raises(Invalid, match=reason):
            await coauthors.invite(ann, cells, email)
    with pytest.raises(Invalid, match="yours"):
        await coauthors.remove(ann, cells, "ann@school.test")
    with pytest.raises(NotFound, match="not among"):
        await coauthors.remove(ann, cells, "nobody@school.test")
    await coauthors.remove(ann, cells, "eve@school.test")
    async with database.transaction() as session:
        (await session.get_one(UserRow, eve)).disabled_at = (await session.get_one(UserRow, eve)).created_at
    with pytest.raises(Invalid, match="closed"):
        await coauthors.invite(ann, cells, "eve@school.test")
