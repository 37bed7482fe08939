"""The render service as a process: tasks from the real queue in, films and status codes out."""

import asyncio
import signal
import time
from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import psutil
import pytest

from course.models.rendering import Film, JobState, Stage
from course.render_queue import RenderQueue
from course.rendering.jobs import RenderJobs
from course.storage import Storage
from local_cloud.identity.authority import Authority
from local_cloud.ports import free_port
from tests.fixtures.press import INVOKER, Service
from tests.fixtures.tasks import TasksServer
from tests.render_service.conftest import Desk, short_order
from tests.render_service.test_job import LONG


@pytest.fixture
def render_queue(tasks_server: TasksServer, queue: str) -> Callable[[Service], RenderQueue]:
    """The product's queue, sending to a service."""
    return lambda service: RenderQueue(
        queue, render_url=service.url, invoker=INVOKER, endpoint=tasks_server.endpoint, deadline_seconds=60
    )


async def _reaches(desk: Desk, job_id: UUID, *, state: JobState | None = None, stage: Stage | None = None) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        row = await desk.look(job_id)
        if row.state == (state or row.state) and row.stage == (stage or row.stage):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"still {row.state}, {row.stage}: {row.error}")


async def test_a_task_becomes_a_video_in_the_bucket(
    start_service: Callable[..., Service],
    render_queue: Callable[[Service], RenderQueue],
    desk: Desk,
    object_store: Storage,
    identity: Authority,
) -> None:
    """From the real queue with its real token to a film in the real store; delivered again, nothing changes."""
    service = start_service()
    assert (await service.ready()).json() == {"status": "ready", "database": "ok", "storage": "ok"}

    job_id = await desk.put()
    trace = "00-" + "ab" * 16 + "-" + "cd" * 8 + "-01"
    await render_queue(service).create(uuid4().hex, job_id, trace)
    await _reaches(desk, job_id, state=JobState.DONE)

    film = Film.model_validate((await desk.look(job_id)).film)
    assert len(await object_store.download(film.video)) == film.size_bytes
    again = await service.deliver(job_id, identity.id_token(INVOKER, service.url))
    assert (again.status_code, (await desk.look(job_id)).attempt) == (200, 1)
    assert "ab" * 16 in service.log.read_text()


async def test_strangers_start_nothing(start_service: Callable[..., Service], desk: Desk, identity: Authority) -> None:
    """Without the queue's token: 401; with somebody else's: 403; and the job has not been touched."""
    service = start_service()
    job_id = await desk.put()
    assert (await service.deliver(job_id, None)).status_code == 401
    expired = identity.id_token(INVOKER, service.url, lifetime=-60)
    assert (await service.deliver(job_id, expired)).status_code == 401
    assert (await service.deliver(job_id, identity.id_token(INVOKER, "http://other"))).status_code == 401
    assert (await service.deliver(job_id, identity.id_token("me@lectern.local", service.url))).status_code == 403
    assert (await desk.look(job_id)).attempt == 0


async def test_a_task_that_is_none_is_taken_off_the_queue(
    start_service: Callable[..., Service], identity: Authority
) -> None:
    """It would be no better the next time; strangers learn nothing of it."""
    service = start_service()
    async with httpx.AsyncClient() as client:
        header = {"Authorization": f"Bearer {identity.id_token(INVOKER, service.url)}"}
        ours = await client.post(f"{service.url}/tasks/render", content=b"{}", headers=header)
        strangers = await client.post(f"{service.url}/tasks/render", content=b"{}")
    assert (ours.status_code, ours.json()) == (200, {"status": "dropped"})
    assert strangers.status_code == 401


async def test_told_to_stop_it_hands_its_job_over(
    start_service: Callable[..., Service], desk: Desk, identity: Authority
) -> None:
    """SIGTERM in the middle of a film: 503 with Retry-After well within ten seconds, and the job is free again."""
    service = start_service()
    job_id = await desk.put(short_order(LONG))
    token = identity.id_token(INVOKER, service.url)
    task = asyncio.create_task(service.deliver(job_id, token))
    await _reaches(desk, job_id, stage=Stage.SPEECH)
    other = await service.deliver(await desk.put(), token)
    assert (other.status_code, other.headers["Retry-After"]) == (503, "5")

    started = time.monotonic()
    service.process.send_signal(signal.SIGTERM)
    answer = await task
    service.process.wait(10)
    assert time.monotonic() - started < 5
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert (await desk.look(job_id)).state == JobState.QUEUED


async def test_a_killed_service_leaves_no_renderer_behind(
    start_service: Callable[..., Service], desk: Desk, identity: Authority
) -> None:
    """kill -9 in the middle of a film: its renderer notices and ends; the lease runs out for the next worker."""
    service = start_service(LECTERN_RENDER_LEASE_SECONDS="2")
    job_id = await desk.put(short_order(LONG))
    task = asyncio.create_task(service.deliver(job_id, identity.id_token(INVOKER, service.url)))
    await _reaches(desk, job_id, stage=Stage.SPEECH)
    (renderer,) = psutil.Process(service.process.pid).children()

    service.process.kill()
    with pytest.raises(httpx.HTTPError):
        await task
    renderer.wait(5)
    await asyncio.sleep(2.0)
    assert (await RenderJobs(desk.database).claim(job_id, "another", 10)).lesson_number == "1.2"


async def test_it_starts_before_its_parts_do(start_service: Callable[..., Service], identity: Authority) -> None:
    """Without a database or a store it listens, says that it is not ready, and sends tasks back to the queue."""
    nowhere = f"127.0.0.1:{free_port()}"
    service = start_service(
        LECTERN_POSTGRES_URL=f"postgresql+asyncpg://nobody:nothing@{nowhere}/none",
        LECTERN_STORAGE_ENDPOINT=f"http://{nowhere}",
    )
    ready = await service.ready()
    assert (ready.status_code, ready.json()["database"], ready.json()["storage"]) == (503, "unreachable", "unreachable")
    answer = await service.deliver(uuid4(), identity.id_token(INVOKER, service.url))
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
