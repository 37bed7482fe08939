"""The queue's client: one message, one task, ids only, and an outage in one sentence."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from course.errors import QueueUnavailable
from course.render_queue import RenderQueue, render_task
from local_cloud.identity.authority import INVOKER
from local_cloud.ports import free_port
from tests.fixtures.tasks import TasksServer

_JOB = UUID("12345678-1234-5678-1234-567812345678")
_TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
async def render_queue(tasks_server: TasksServer, queue: str) -> AsyncIterator[RenderQueue]:
    """A paused queue."""
    made = RenderQueue(queue, render_url="http://127.0.0.1:9", invoker=INVOKER, endpoint=tasks_server.endpoint)
    await made.pause()
    yield made
    await made.close()


def test_message_is_a_post_with_ids_and_a_token_for_the_press() -> None:
    """Nothing but ids travels; the token names the account and is made out to the press."""
    task = render_task(
        "projects/p/locations/l/queues/q/tasks/t",
        _JOB,
        _TRACE,
        render_url="https://press.example.org/",
        invoker="tasks@example.org",
        deadline_seconds=900,
    )
    assert task.name.endswith("/tasks/t")
    assert task.http_request.url == "https://press.example.org/tasks/render"
    assert task.http_request.http_method.name == "POST"
    assert json.loads(task.http_request.body) == {"job_id": str(_JOB), "traceparent": _TRACE}
    assert task.http_request.headers["Content-Type"] == "application/json"
    assert task.http_request.oidc_token.service_account_email == "tasks@example.org"
    assert task.http_request.oidc_token.audience == "https://press.example.org/"
    assert task.dispatch_deadline == timedelta(seconds=900)


async def test_same_name_is_the_same_task(render_queue: RenderQueue, tasks_server: TasksServer, queue: str) -> None:
    """Creating a task again by its name succeeds and adds nothing."""
    for _ in range(3):
        await render_queue.create("once", _JOB, None)
    await render_queue.create("another", uuid4(), _TRACE)
    names = {task.name.rpartition("/")[2] for task in tasks_server.client().list_tasks(parent=queue)}
    assert names == {"once", "another"}


async def test_pause_and_resume(render_queue: RenderQueue) -> None:
    """An operator can hold the queue and let it go."""
    assert await render_queue.is_paused()
    await render_queue.resume()
    assert not await render_queue.is_paused()


async def test_outage_is_a_sentence_within_seconds() -> None:
    """A queue that is not there is told within the time-out, as something that may pass."""
    away = RenderQueue(
        "projects/p/locations/l/queues/q", render_url="http://x", invoker="a@b", endpoint=f"127.0.0.1:{free_port()}"
    )
    async with asyncio.timeout(8):
        with pytest.raises(QueueUnavailable, match="cannot be reached") as caught:
            await away.create("t", _JOB, None)
    assert caught.value.retryable
    await away.close()


async def test_missing_queue_is_an_outage_too(tasks_server: TasksServer) -> None:
    """A queue that was never made is told the same way; the log has the reason."""
    missing = RenderQueue(
        "projects/lectern/locations/local/queues/none",
        render_url="http://127.0.0.1:9",
        invoker=INVOKER,
        endpoint=tasks_server.endpoint,
    )
    with pytest.raises(QueueUnavailable) as caught:
        await missing.create("t", _JOB, None)
    assert "queues/none" in repr(caught.value.__cause__) or "does not exist" in repr(caught.value.__cause__)
    await missing.close()


def test_one_queue_object_works_in_one_loop_after_another(tasks_server: TasksServer, queue: str) -> None:
    """A channel belongs to its event loop: in a new loop a new one is made."""
    made = RenderQueue(queue, render_url="http://127.0.0.1:9", invoker=INVOKER, endpoint=tasks_server.endpoint)

    async def look() -> bool:
        paused = await made.is_paused()
        await made.close()
        return paused

    for _ in range(2):
        with asyncio.Runner() as runner:
            assert runner.run(look()) is False
