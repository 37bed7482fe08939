"""Tasks committed with their jobs reach the queue, whatever happens on the way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from google.cloud.tasks_v2 import Queue
from sqlalchemy import delete, text, update

from course.database import Database
from course.errors import QueueUnavailable
from course.render_queue import RenderQueue
from course.rendering.jobs import RenderJobs
from course.rendering.outbox import Outbox
from course.rendering.requests import RenderRequests
from course.tables import OutboxRow
from local_cloud.identity.authority import INVOKER, Authority
from local_cloud.ports import free_port
from local_cloud.tasks.rules import complete_queue
from local_cloud.tasks.server import serve_tasks
from local_cloud.tasks.store import Store
from tests.course.rendering.records import Records, film, wait_until_sent
from tests.fixtures.tasks import TasksServer

_QUIET = "http://127.0.0.1:9"  # nobody listens there: tasks stay in the queue and can be counted


@pytest.fixture
async def render_queue(tasks_server: TasksServer, queue: str) -> AsyncIterator[RenderQueue]:
    """The real client on the real queue, paused: what it was given can be counted."""
    render_queue = RenderQueue(queue, render_url=_QUIET, invoker=INVOKER, endpoint=tasks_server.endpoint)
    await render_queue.pause()
    yield render_queue
    await render_queue.close()


def _queued(tasks_server: TasksServer, queue: str) -> list[str]:
    return [task.name.rpartition("/")[2] for task in tasks_server.client().list_tasks(parent=queue)]


async def test_each_task_is_sent_once_by_however_many_dispatchers(
    database: Database,
    render_queue: RenderQueue,
    tasks_server: TasksServer,
    queue: str,
    job_id: UUID,
    requests: RenderRequests,
    records: Records,
    written: UUID,
    ann: UUID,
    thread: str,
) -> None:
    """Five dispatchers at once send one task for each row, and mark it sent."""
    await requests.cancel(ann, job_id)
    await requests.request(ann, written, "1.1", thread)
    outboxes = [Outbox(database, render_queue) for _ in range(5)]
    assert sum(await asyncio.gather(*(outbox.dispatch() for outbox in outboxes))) == 2
    tasks = await records.tasks()
    assert sorted(_queued(tasks_server, queue)) == sorted(task.task_name for task in tasks)
    assert all(task.sent_at for task in tasks)
    assert await outboxes[0].dispatch() == 0


async def test_task_sent_before_a_crash_is_not_sent_twice(
    database: Database, render_queue: RenderQueue, tasks_server: TasksServer, queue: str, job_id: UUID
) -> None:
    """A dispatcher that died between sending and marking leaves a row whose repeat the queue refuses."""
    outbox = Outbox(database, render_queue)
    assert await outbox.dispatch() == 1
    async with database.transaction() as session:
        await session.execute(update(OutboxRow).values(sent_at=None))
    assert await outbox.dispatch() == 1
    assert len(_queued(tasks_server, queue)) == 1


async def test_queue_down_then_up_loses_nothing(
    database: Database, job_id: UUID, records: Records, identity: Authority, tmp_path: Path
) -> None:
    """While the queue is away tasks wait in the database; soon after it is back they are there."""
    port, name = free_port(), "projects/lectern/locations/local/queues/render"
    render_queue = RenderQueue(name, render_url=_QUIET, invoker=INVOKER, endpoint=f"127.0.0.1:{port}")
    outbox = Outbox(database, render_queue, send_every=0.2)
    with pytest.raises(QueueUnavailable):
        await outbox.dispatch()
    stop = asyncio.Event()
    running = asyncio.create_task(outbox.run(stop))
    await asyncio.sleep(0.5)
    assert [task.sent_at for task in await records.tasks()] == [None]
    store = Store(tmp_path / "tasks.sqlite3")
    async with serve_tasks(port, store, identity, [complete_queue(_a_queue(name))]):
        await wait_until_sent(records)
    stop.set()
    await asyncio.wait_for(running, 2)
    await render_queue.close()
    store.close()


async def test_commit_wakes_the_outbox_at_once(
    database: Database,
    render_queue: RenderQueue,
    requests: RenderRequests,
    records: Records,
    written: UUID,
    ann: UUID,
    thread: str,
) -> None:
    """Between asking for a video and its task being sent lies no poll: NOTIFY wakes the sender."""
    stop = asyncio.Event()
    running = asyncio.create_task(Outbox(database, render_queue, send_every=60).run(stop))
    await asyncio.sleep(0.5)
    await requests.request(ann, written, "1.1", thread)
    await wait_until_sent(records)
    stop.set()
    await asyncio.wait_for(running, 2)


async def test_job_of_a_silent_worker_gets_another_task(
    database: Database, render_queue: RenderQueue, job_id: UUID, jobs: RenderJobs, records: Records
) -> None:
    """A lease that lapsed is found: a new try with a new name, then twice the patience before the next."""
    outbox = Outbox(database, render_queue, lapsed_seconds=10)
    await outbox.dispatch()
    await jobs.claim(job_id, "press", 60)
    assert await outbox.reap() == 0
    await records.expire(job_id)
    assert await outbox.reap() == 0, "its last task is only just sent"
    await _sent_before(database, seconds=11)
    assert await outbox.reap() == 1
    assert await outbox.reap() == 0, "the new task is not sent yet"
    assert await outbox.dispatch() == 1
    await _sent_before(database, seconds=11)
    assert await outbox.reap() == 0, "the second waits 20 seconds"
    await _sent_before(database, seconds=21)
    assert await outbox.reap() == 1
    assert [task.number for task in await records.tasks()] == [1, 2, 3]
    assert len({task.task_name for task in await records.tasks()}) == 3


async def test_queued_job_nobody_claims_gets_another_task(
    database: Database, render_queue: RenderQueue, job_id: UUID, records: Records
) -> None:
    """A task the queue has lost is replaced after some minutes; also when its row was lost with it."""
    outbox = Outbox(database, render_queue, patience_seconds=180)
    await outbox.dispatch()
    await records.set(job_id, queued_at=datetime.now(UTC) - timedelta(seconds=200))
    await _sent_before(database, seconds=200)
    assert await outbox.reap() == 1
    async with database.transaction() as session:
        await session.execute(delete(OutboxRow))
    assert await outbox.reap() == 1
    assert [task.number for task in await records.tasks()] == [1]


async def test_ended_jobs_get_no_task_and_their_old_rows_go(
    database: Database, render_queue: RenderQueue, job_id: UUID, jobs: RenderJobs, records: Records
) -> None:
    """What is done is not revived, and its rows do not pile up."""
    outbox = Outbox(database, render_queue)
    await outbox.dispatch()
    await jobs.claim(job_id, "press", 60)
    await _sent_before(database, seconds=3 * 86_400)
    await outbox.reap()
    assert len(await records.tasks()) == 1
    await jobs.complete(job_id, "press", film(), speech_characters=1, render_seconds=1)
    assert await outbox.reap() == 0
    assert await records.tasks() == []


async def test_loop_survives_a_database_that_goes_away(
    database: Database, render_queue: RenderQueue, job_id: UUID, records: Records
) -> None:
    """When all its connections are cut the loop goes on, listening again."""
    stop = asyncio.Event()
    running = asyncio.create_task(Outbox(database, render_queue, send_every=0.2).run(stop))
    await asyncio.sleep(0.3)
    await _cut_connections(database)
    await asyncio.sleep(0.5)
    async with database.transaction() as session:
        await session.execute(update(OutboxRow).values(sent_at=None))
    await wait_until_sent(records)
    assert not running.done()
    stop.set()
    await asyncio.wait_for(running, 2)


def _a_queue(name: str) -> Queue:
    return Queue(name=name)


async def _sent_before(database: Database, *, seconds: float) -> None:
    moment = datetime.now(UTC) - timedelta(seconds=seconds)
    async with database.transaction() as session:
        await session.execute(update(OutboxRow).values(sent_at=moment))


async def _cut_connections(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ),
        )
