"""A notice becomes one message of its conversation, whoever delivers it and however often."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import ProgrammingError

from course.database import Database
from course.models.notice import Notice
from course.notices import Notices, tell
from course.tables import ElementRow, NoticeRow, StepRow, ThreadRow
from local_cloud.postgres import Postgres

_THREAD = "thread-of-ann"


@pytest.fixture
def notices(database: Database) -> Notices:
    """The notices of this test's database."""
    return Notices(database)


@pytest.fixture
async def thread(database: Database, ann: UUID) -> str:
    """Ann's conversation, last used long ago."""
    async with database.transaction() as session:
        session.add(
            ThreadRow(id=_THREAD, user_id=ann, name="Cells", details={}, updated_at=datetime(2020, 1, 1, tzinfo=UTC))
        )
    return _THREAD


def build(notice: Notice) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A message with a player and a card."""
    step = {"name": "Lectern", "type": "assistant_message", "output": f"Done: {notice.payload['title']}"}
    player = {"type": "video", "name": "player", "props": {"url": "/media/7"}, "extra": {"display": "inline"}}
    return step, [player, {"type": "custom", "name": "card", "props": None}]


async def _tell(database: Database, user: UUID, *titles: str, thread: str = _THREAD) -> None:
    for title in titles:
        async with database.transaction() as session:
            await tell(session, thread, user, "render_done", {"title": title})


async def _steps(database: Database) -> list[StepRow]:
    async with database.transaction() as session:
        return list(await session.scalars(select(StepRow).order_by(StepRow.created_at)))


async def _elements(database: Database) -> list[ElementRow]:
    async with database.transaction() as session:
        return list(await session.scalars(select(ElementRow)))


async def test_notice_becomes_a_message_with_its_elements(
    notices: Notices, database: Database, ann: UUID, thread: str
) -> None:
    """Message, player and card are in the conversation's tables, which comes to the top of the list."""
    await _tell(database, ann, "1.1")
    (delivery,) = await notices.deliver(build)
    (step,) = await _steps(database)
    assert (step.id, step.thread_id, step.output) == (delivery.notice.step_id, thread, "Done: 1.1")
    assert step.created_at is not None
    assert step.created_at.endswith("Z")
    elements = await _elements(database)
    assert {element.for_id for element in elements} == {step.id}
    assert {element.id for element in elements} == {delivery.notice.element_id(0), delivery.notice.element_id(1)}
    async with database.transaction() as session:
        assert (await session.get_one(ThreadRow, thread)).updated_at.year > 2020
    assert await notices.undelivered() == 0


async def test_many_deliverers_deliver_each_notice_once(
    notices: Notices, database: Database, ann: UUID, thread: str
) -> None:
    """Eight processes at once, twenty notices: twenty messages, each returned by exactly one of them."""
    await _tell(database, ann, *(f"1.{number}" for number in range(20)))
    results = await asyncio.gather(*(Notices(database).deliver(build) for _ in range(8)))
    delivered = [delivery.notice.id for result in results for delivery in result]
    assert len(delivered) == len(set(delivered)) == 20
    assert len(await _steps(database)) == 20
    assert len(await _elements(database)) == 40
    assert await notices.deliver(build) == []


async def test_delivering_again_changes_nothing(notices: Notices, database: Database, ann: UUID, thread: str) -> None:
    """A notice whose mark was lost writes the same message over itself."""
    await _tell(database, ann, "1.1")
    await notices.deliver(build)
    async with database.transaction() as session:
        await session.execute(update(NoticeRow).values(delivered_at=None))
    assert len(await notices.deliver(build)) == 1
    assert len(await _steps(database)) == 1
    assert len(await _elements(database)) == 2


async def test_one_that_cannot_be_shown_holds_up_no_other(
    notices: Notices, database: Database, ann: UUID, thread: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether its message cannot be built or not be stored, it stays for later and the next is delivered."""

    def fail(notice: Notice) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        if notice.payload["title"] == "unbuilt":
            raise KeyError("duration")
        if notice.payload["title"] == "unstorable":
            return {"name": None, "type": "x", "output": "x"}, []
        return build(notice)

    await _tell(database, ann, "unbuilt", "unstorable", "1.1")
    assert [delivery.notice.payload["title"] for delivery in await notices.deliver(fail)] == ["1.1"]
    assert await notices.undelivered() == 2
    assert caplog.text.count("cannot be shown") == 2
    assert len(await notices.deliver(build)) == 2


async def test_trouble_that_is_no_notices_fault_ends_the_call(postgres_server: Postgres) -> None:
    """Without its table, as before the first migration, it raises instead of asking for the next notice for ever."""
    unmigrated = Database(postgres_server.url("postgres"), application="test", pool_size=1)
    try:
        with pytest.raises(ProgrammingError, match="notices"):
            await asyncio.wait_for(Notices(unmigrated).deliver(build), 5)
    finally:
        await unmigrated.close()


async def test_conversation_that_was_deleted_is_not_filled_again(
    notices: Notices, database: Database, ann: UUID
) -> None:
    """A notice may come before its conversation's row does, but not into one that is gone."""
    await _tell(database, ann, "early", thread="about-to-come")
    assert len(await notices.deliver(build)) == 1
    await _tell(database, ann, "late", thread="gone")
    async with database.transaction() as session:
        await session.execute(update(NoticeRow).values(created_at=func.now() - timedelta(minutes=5)))
    assert await notices.deliver(build) == []
    assert await notices.undelivered() == 0
    assert [step.thread_id for step in await _steps(database)] == ["about-to-come"]


async def test_other_processes_see_what_was_delivered(
    notices: Notices, database: Database, ann: UUID, thread: str
) -> None:
    """A process that holds the live conversation reads the same message with its elements in their order."""
    before = datetime.now(UTC) - timedelta(seconds=10)
    await _tell(database, ann, "1.1", "1.2")
    done = await Notices(database).deliver(build)
    seen = await notices.delivered([thread], before)
    assert [delivery.notice for delivery in seen] == [delivery.notice for delivery in done]
    assert [element["name"] for element in seen[0].elements] == ["player", "card"]
    assert seen[0].elements[0]["props"] == {"url": "/media/7"}
    assert seen[0].step["output"] == "Done: 1.1"
    assert await notices.delivered(["another"], before) == []
    assert await notices.delivered([thread], datetime.now(UTC) + timedelta(seconds=1)) == []


async def test_nothing_is_told_of_what_did_not_happen(notices: Notices, database: Database, ann: UUID) -> None:
    """A notice rolls back with the use case it belongs to."""

    async def fails() -> None:
        async with database.transaction() as session:
            await tell(session, _THREAD, ann, "render_done", {"title": "1.1"})
            1 / 0  # noqa: B018

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await notices.undelivered() == 0


async def test_listener_rings_at_commit_and_after_its_connection_was_cut(
    notices: Notices, database: Database, ann: UUID
) -> None:
    """NOTIFY rings at once; a cut connection is made again, and rings in case something was missed."""
    rings: asyncio.Queue[None] = asyncio.Queue()

    async def ring() -> None:
        async for _ in notices.listen(every=60):
            rings.put_nowait(None)

    listening = asyncio.create_task(ring())
    await asyncio.wait_for(rings.get(), 5)
    await asyncio.sleep(0.3)
    await _tell(database, ann, "1.1")
    await asyncio.wait_for(rings.get(), 5)
    async with database.transaction() as session:
        await session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"))
    await asyncio.wait_for(rings.get(), 5)
    await asyncio.sleep(0.5)
    await _tell(database, ann, "1.2")
    await asyncio.wait_for(rings.get(), 5)
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening


async def test_listener_ticks_while_postgres_is_away(ann: UUID) -> None:
    """Without a server to listen to the poll goes on, and nothing is raised."""
    away = Database("postgresql+asyncpg://postgres@/none?host=/nonexistent", application="test")
    rings = 0
    async with asyncio.timeout(5):
        async for _ in Notices(away).listen(every=0.1):
            rings += 1
            if rings == 3:
                break
    assert rings == 3
