"""Conversations: whose they are, what they are about, what they remember, and one turn at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from uuid import UUID

import pytest
from sqlalchemy import text

from course.authoring import Authoring
from course.conversations import Conversations
from course.database import Database
from course.errors import Busy, Conflict, Invalid, NotAllowed, NotFound
from course.tables import EditionRow, MemberRow, ThreadRow
from course.turns import Turns
from tests.fixtures.course import outline_draft


@pytest.fixture
def conversations(database: Database) -> Conversations:
    """The use cases."""
    return Conversations(database)


async def test_a_new_conversation_is_its_owners(conversations: Conversations, ann: UUID, eve: UUID) -> None:
    """It is made when first opened, and does not exist for anyone else."""
    found = await conversations.open(ann, "t1", "studio")
    assert (found.person.name, found.course_id, found.memory, found.outline) == ("Ann", None, None, None)
    with pytest.raises(NotFound):
        await conversations.open(eve, "t1", "studio")
    with pytest.raises(Invalid):
        await conversations.open(ann, "t1", "learn")


async def test_a_thread_of_someone_else_cannot_be_taken(
    conversations: Conversations, database: Database, ann: UUID, eve: UUID
) -> None:
    """A thread that Chainlit knows as Ann's is not Eve's, even before its first turn."""
    async with database.transaction() as session:
        session.add(ThreadRow(id="t1", user_id=ann, name=None, tags=None, details={}))
    with pytest.raises(NotFound):
        await conversations.open(eve, "t1", "studio")
    assert (await conversations.open(ann, "t1", "studio")).thread_id == "t1"


async def test_the_studio_is_not_for_learners(conversations: Conversations, lee: UUID) -> None:
    """A learner may learn, not author."""
    with pytest.raises(NotAllowed):
        await conversations.open(lee, "t1", "studio")
    assert (await conversations.open(lee, "t1", "learn")).kind == "learn"


async def test_it_comes_with_its_course(conversations: Conversations, ann: UUID, eve: UUID, cells: UUID) -> None:
    """Once it is about a course, the outline comes with it; a course one cannot read is refused."""
    await conversations.open(ann, "t1", "studio")
    await conversations.set_course(ann, "t1", cells)
    outline = (await conversations.open(ann, "t1", "studio")).outline
    assert outline is not None
    assert [lesson.title for lesson in outline.lessons] == ["Lipids", "Proteins", "Diffusion"]
    await conversations.open(eve, "t2", "studio")
    with pytest.raises(NotFound):
        await conversations.set_course(eve, "t2", cells)
    with pytest.raises(NotFound):
        await conversations.set_course(ann, "t2", cells)


async def test_a_course_one_was_taken_out_of_is_gone(
    conversations: Conversations, database: Database, eve: UUID, cells: UUID
) -> None:
    """A co-author who is one no longer keeps the conversation, without the course."""
    async with database.transaction() as session:
        session.add(MemberRow(course_id=cells, user_id=eve))
    await conversations.open(eve, "t1", "studio")
    await conversations.set_course(eve, "t1", cells)
    async with database.transaction() as session:
        await session.delete(await session.get_one(MemberRow, (cells, eve)))
    found = await conversations.open(eve, "t1", "studio")
    assert (found.course_id, found.outline) == (None, None)


async def test_memory_is_kept_and_never_overwritten_by_a_turn_that_saw_less(
    conversations: Conversations, ann: UUID
) -> None:
    """What one turn kept is what the next finds; a turn begun before it is refused."""
    await conversations.open(ann, "t1", "studio")
    await conversations.save_memory(ann, "t1", {"turn": 1, "messages": ["a"]}, before=None)
    first = (await conversations.open(ann, "t1", "studio")).memory
    assert first == {"turn": 1, "messages": ["a"]}
    await conversations.save_memory(ann, "t1", {"turn": 2, "messages": ["b"]}, before=first)
    for before in (None, first):
        with pytest.raises(Conflict):
            await conversations.save_memory(ann, "t1", {"turn": 2, "messages": ["late"]}, before=before)
    assert (await conversations.open(ann, "t1", "studio")).memory == {"turn": 2, "messages": ["b"]}


async def test_two_first_messages_at_once_make_one_conversation(conversations: Conversations, ann: UUID) -> None:
    """Both tabs get the same conversation, or one is told to send again."""
    results = await asyncio.gather(*(conversations.open(ann, "t1", "studio") for _ in range(5)), return_exceptions=True)
    assert all(isinstance(one, Conflict) or not isinstance(one, BaseException) for one in results)
    assert any(not isinstance(one, BaseException) for one in results)


@pytest.fixture
async def instances(database: Database, new_database: Callable[[], str]) -> AsyncIterator[tuple[Turns, Turns]]:
    """Two instances of the product on one database."""
    first, second = (Turns(database, patience_seconds=0.2) for _ in range(2))
    yield first, second
    await first.close()
    await second.close()


async def _free(turns: Turns, thread: str) -> bool:
    try:
        async with turns.hold(thread):
            return True
    except Busy:
        return False


async def test_one_turn_at_a_time(instances: tuple[Turns, Turns]) -> None:
    """A conversation in work is busy in this instance and in the other; others are free."""
    first, second = instances
    async with first.hold("t1"):
        assert not await _free(first, "t1")
        assert not await _free(second, "t1")
        assert await _free(first, "t2")
        assert await _free(second, "t2")
    assert await _free(second, "t1")
    assert await _free(first, "t1")


async def test_the_second_waits_a_moment(database: Database) -> None:
    """A turn that ends within a moment lets the next one in."""
    turns = Turns(database, patience_seconds=2)
    async with turns.hold("t1"):
        waiting = asyncio.create_task(_free(turns, "t1"))
        await asyncio.sleep(0.2)
    assert await waiting
    await turns.close()


async def test_stop_at_any_moment_leaves_it_free(instances: tuple[Turns, Turns]) -> None:
    """However early or late a turn is stopped, the conversation is free again for both instances."""
    first, second = instances
    for moment in range(20):
        turn = asyncio.create_task(_free(first, "t1"))
        for _ in range(moment):
            await asyncio.sleep(0)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
    await asyncio.sleep(0.1)
    assert await _free(second, "t1")
    assert await _free(first, "t1")


async def test_stop_among_other_turns_leaves_it_free(instances: tuple[Turns, Turns]) -> None:
    """A turn stopped while it asks together with others that end and begin keeps nothing locked."""
    first, second = instances
    for moment in range(12):
        async with first.hold("ends"):
            begins = asyncio.create_task(_free(first, "begins"))
            await asyncio.sleep(0)
        stopped = asyncio.create_task(_free(first, "stopped"))
        for _ in range(moment):
            await asyncio.sleep(0)
        stopped.cancel()
        await asyncio.gather(stopped, begins, return_exceptions=True)
        await asyncio.sleep(0.05)
        assert await _free(second, "stopped")


async def test_an_instance_that_dies_frees_its_conversations(database: Database) -> None:
    """With its connection go its locks; the instance itself connects again."""
    first, second = (Turns(database, patience_seconds=0.2) for _ in range(2))
    async with first.hold("t1"):
        assert not await _free(second, "t1")
        async with database.transaction() as session:
            await session.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"),
            )
        assert await _free(second, "t1")
    assert await _free(first, "t1")
    await first.close()
    await second.close()


async def test_the_outline_is_the_one_of_now(
    conversations: Conversations, database: Database, authoring: Authoring, ann: UUID, cells: UUID
) -> None:
    """An outline at hand is used no longer than until the course changes, or another edition is published."""
    await conversations.open(ann, "t1", "studio")
    await conversations.set_course(ann, "t1", cells)
    first = (await conversations.open(ann, "t1", "studio")).outline
    assert first is not None
    assert (await conversations.open(ann, "t1", "studio")).outline is first
    await authoring.plan(ann, cells, outline_draft("Cells", Transport=["Diffusion"]), "Cut")
    second = (await conversations.open(ann, "t1", "studio")).outline
    assert second is not None
    assert ([lesson.title for lesson in second.lessons], second.revision) == (["Diffusion"], first.revision + 1)
    async with database.transaction() as session:
        session.add(EditionRow(course_id=cells, revision=second.revision, content={}, published_by=ann))
    third = (await conversations.open(ann, "t1", "studio")).outline
    assert third is not None
    assert third.published_revision == second.revision


async def test_a_restarted_server_is_not_noticed(database: Database, postgres_url: str) -> None:
    """Connections that ended while they rested are replaced before anyone is handed one."""
    for _ in range(3):
        await asyncio.gather(*(database.ping() for _ in range(3)))
        killer = Database(postgres_url, application="killer")
        await killer.run(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        await killer.close()
        await asyncio.sleep(0.05)


async def test_many_turns_take_and_give_back_together(database: Database) -> None:
    """Questions asked at once are asked in one, and each conversation still gets its own answer."""
    first, second = (Turns(database, patience_seconds=0.2) for _ in range(2))
    async with second.hold("t3"):
        free = await asyncio.gather(*(_free(first, f"t{number}") for number in range(20)))
    assert [number for number in range(20) if not free[number]] == [3]
    assert all(await asyncio.gather(*(_free(second, f"t{number}") for number in range(20))))
    await first.close()
    await second.close()
