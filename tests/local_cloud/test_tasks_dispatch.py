"""Dispatch over real HTTP: headers, times, retries, deadlines, limits, tokens, and a server that is killed."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import google.auth.transport.requests
import grpc
import httpx
import pytest
from google.api_core import exceptions
from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport
from google.oauth2 import id_token

from local_cloud.child import start_child, stop_child
from local_cloud.identity.authority import INVOKER, Authority
from local_cloud.ports import free_port
from local_cloud.tasks.delivery import attempt
from tests.fixtures.tasks import TasksServer
from tests.local_cloud.tasks_handler import Handler, handler, wait_until


@pytest.fixture
def receiver() -> Iterator[Handler]:
    """A handler of the test's own."""
    with handler() as told:
        yield told


@pytest.fixture
def client(tasks_server: TasksServer) -> tasks_v2.CloudTasksClient:
    """Google's client on the session's server."""
    return tasks_server.client()


def post(receiver: Handler, **changes: object) -> tasks_v2.Task:
    """A task for the handler."""
    request = tasks_v2.HttpRequest(http_method="POST", url=f"{receiver.url}/tasks/render", body=b'{"job": 1}')
    return tasks_v2.Task({"http_request": request} | changes)


def test_a_task_arrives_with_its_headers_and_body(
    client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler
) -> None:
    """The handler gets the task's own headers and Google's, and the task is gone once it answered 200."""
    task = post(receiver, name=f"{queue}/tasks/render-1")
    task.http_request.headers = {
        "Content-Type": "application/json",
        "traceparent": "00-1",
        "X-CloudTasks-TaskName": "forged",
    }
    client.create_task(parent=queue, task=task)
    (call,) = receiver.wait_for(1)
    assert (call.path, json.loads(call.body)) == ("/tasks/render", {"job": 1})
    assert call.headers["Content-Type"] == "application/json"
    assert call.headers["traceparent"] == "00-1"
    assert call.headers["X-CloudTasks-QueueName"] == queue.rpartition("/")[2]
    assert call.headers["X-CloudTasks-TaskName"] == "render-1"
    assert (call.headers["X-CloudTasks-TaskRetryCount"], call.headers["X-CloudTasks-TaskExecutionCount"]) == ("0", "0")
    assert abs(float(call.headers["X-CloudTasks-TaskETA"]) - time.time()) < 5
    assert "X-CloudTasks-TaskPreviousResponse" not in call.headers
    _wait_until_done(client, task.name)
    with pytest.raises(exceptions.AlreadyExists):
        client.create_task(parent=queue, task=task)


def test_a_scheduled_task_waits_for_its_time(client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler) -> None:
    """Not before its schedule time, and not long after."""
    start = time.monotonic()
    client.create_task(parent=queue, task=post(receiver, schedule_time=datetime.now(UTC) + timedelta(seconds=0.6)))
    (call,) = receiver.wait_for(1)
    assert 0.5 < call.at - start < 2


def test_a_failed_task_is_retried_with_growing_pauses(
    client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler
) -> None:
    """0.1, 0.2 and 0.4 s after 500, 302 and 404; each retry says how often and why."""
    receiver.answers = [(500, {}, 0), (302, {"Location": "/"}, 0), (404, {}, 0)]
    client.create_task(parent=queue, task=post(receiver))
    calls = receiver.wait_for(4)
    pauses = [later.at - earlier.at for earlier, later in pairwise(calls)]
    for pause, expected in zip(pauses, (0.1, 0.2, 0.4), strict=True):
        assert expected <= pause < expected + 0.4
    assert [call.headers["X-CloudTasks-TaskRetryCount"] for call in calls] == ["0", "1", "2", "3"]
    assert calls[3].headers["X-CloudTasks-TaskExecutionCount"] == "3"
    assert calls[3].headers["X-CloudTasks-TaskPreviousResponse"] == "404"
    assert "404" in calls[3].headers["X-CloudTasks-TaskRetryReason"]


def test_retry_after_is_respected(client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler) -> None:
    """A handler that says 503 and a time is left alone for that time."""
    receiver.answers = [(503, {"Retry-After": "1"}, 0)]
    client.create_task(parent=queue, task=post(receiver))
    first, second = receiver.wait_for(2)
    assert 1.0 <= second.at - first.at < 2.0


def test_a_task_is_given_up_after_its_attempts(
    client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler
) -> None:
    """With max_attempts 2 there is one retry, then the task is gone."""
    config = tasks_v2.RetryConfig(max_attempts=2, min_backoff=timedelta(seconds=0.05))
    client.update_queue(queue=tasks_v2.Queue(name=queue, retry_config=config))
    receiver.answers = [(500, {}, 0)] * 5
    task = client.create_task(parent=queue, task=post(receiver))
    _wait_until_done(client, task.name)
    assert len(receiver.calls) == 2


def test_no_more_run_at_once_than_the_queue_allows(
    client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler
) -> None:
    """Six tasks through two lanes: two at once, all of them."""
    limits = tasks_v2.RateLimits(max_concurrent_dispatches=2)
    client.update_queue(queue=tasks_v2.Queue(name=queue, rate_limits=limits))
    receiver.answers = [(200, {}, 0.1)] * 6
    for _ in range(6):
        client.create_task(parent=queue, task=post(receiver))
    receiver.wait_for(6)
    assert receiver.most_at_once == 2


def test_a_paused_queue_holds_its_tasks(client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler) -> None:
    """Nothing is dispatched while paused, except what is told to run now; resume lets the rest go."""
    client.pause_queue(name=queue)
    waiting, forced = (client.create_task(parent=queue, task=post(receiver)) for _ in range(2))
    time.sleep(0.3)
    assert receiver.calls == []
    client.run_task(name=forced.name)
    (call,) = receiver.wait_for(1)
    assert forced.name.endswith("/" + call.headers["X-CloudTasks-TaskName"])
    time.sleep(0.2)
    assert len(receiver.calls) == 1
    client.resume_queue(name=queue)
    calls = receiver.wait_for(2)
    assert waiting.name.endswith("/" + calls[1].headers["X-CloudTasks-TaskName"])


def test_a_deleted_task_is_not_retried(client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler) -> None:
    """Deleting a task under way lets the attempt end and makes no other."""
    receiver.answers = [(500, {}, 0.3)]
    task = client.create_task(parent=queue, task=post(receiver))
    receiver.wait_for(1)
    client.delete_task(name=task.name)
    time.sleep(0.8)
    assert len(receiver.calls) == 1


def test_a_handler_that_is_not_there_yet_gets_its_task(
    client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler
) -> None:
    """A refused connection is one more failure to retry, and counts no response."""
    task = post(receiver, name=f"{queue}/tasks/early")
    task.http_request.url = f"http://127.0.0.1:{free_port()}/"
    client.create_task(parent=queue, task=task)
    wait_until(lambda: client.get_task(name=task.name).dispatch_count >= 2)
    found = client.get_task(name=task.name)
    assert found.response_count == 0
    client.delete_task(name=task.name)


def test_the_token_of_a_task_satisfies_google_s_verifier(
    client: tasks_v2.CloudTasksClient, queue: str, receiver: Handler, identity: Authority
) -> None:
    """The receiver verifies the Authorization header as in production: audience, issuer, e-mail; no other audience."""
    task = post(receiver)
    task.http_request.oidc_token = tasks_v2.OidcToken(service_account_email=INVOKER, audience=receiver.url)
    client.create_task(parent=queue, task=task)
    (call,) = receiver.wait_for(1)
    scheme, _, token = call.headers["Authorization"].partition(" ")
    request = google.auth.transport.requests.Request()
    claims = id_token.verify_token(token, request, audience=receiver.url, certs_url=identity.certs_url)
    assert (scheme, claims["email"], claims["email_verified"]) == ("Bearer", INVOKER, True)
    assert claims["iss"] == identity.issuer
    with pytest.raises(ValueError, match="audience"):
        id_token.verify_token(token, request, audience="http://127.0.0.1:1", certs_url=identity.certs_url)


async def test_the_deadline_drops_the_request(receiver: Handler) -> None:
    """A handler slower than the dispatch deadline is left, which counts as no response."""
    receiver.answers = [(200, {}, 1.0)]
    async with httpx.AsyncClient() as http:
        start = time.monotonic()
        outcome = await attempt(http, post(receiver, dispatch_deadline=timedelta(seconds=0.2)), {})
    assert time.monotonic() - start < 0.9
    assert (outcome.status, outcome.problem, outcome.is_success) == (None, "DEADLINE_EXCEEDED", False)


def test_a_killed_server_loses_no_task(tmp_path: Path, receiver: Handler) -> None:
    """After kill -9, waiting tasks and the one under way are dispatched by the next start; names stay taken."""
    port, command = free_port(), [sys.executable, "-m", "local_cloud.tasks", "--data", str(tmp_path), "--at-once", "1"]
    command += ["--port", str(port), "--identity-port", str(free_port())]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    name = "projects/lectern/locations/local/queues/render"
    receiver.answers = [(200, {}, 0), (200, {}, 30)]
    first = start_child(command, log=tmp_path / "log", env=environment)
    client = _client(port)
    for number in range(4):
        client.create_task(parent=name, task=post(receiver, name=f"{name}/tasks/t{number}"))
    receiver.wait_for(2)
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = start_child(command, log=tmp_path / "log", env=environment)
    try:
        wait_until(lambda: len({call.headers["X-CloudTasks-TaskName"] for call in receiver.calls}) == 4, 20)
        again = [call.headers["X-CloudTasks-TaskName"] for call in receiver.calls]
        assert (again.count("t0"), again.count("t1")) == (1, 2)
        with pytest.raises(exceptions.AlreadyExists):
            _client(port).create_task(parent=name, task=post(receiver, name=f"{name}/tasks/t0"))
    finally:
        stop_child(second)


def _client(port: int) -> tasks_v2.CloudTasksClient:
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    grpc.channel_ready_future(channel).result(timeout=20)
    return tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))


def _wait_until_done(client: tasks_v2.CloudTasksClient, name: str) -> None:
    def is_gone() -> bool:
        try:
            client.get_task(name=name)
        except exceptions.NotFound:
            return True
        return False

    wait_until(is_gone)
