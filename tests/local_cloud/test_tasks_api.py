"""The Cloud Tasks API through Google's own client: names, limits, pages, queues and status codes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from google.api_core import exceptions
from google.cloud import tasks_v2
from google.protobuf.field_mask_pb2 import FieldMask

from tests.fixtures.tasks import TasksServer

NOWHERE = "http://127.0.0.1:9/"
LATER = timedelta(days=1)


@pytest.fixture
def client(tasks_server: TasksServer) -> tasks_v2.CloudTasksClient:
    """Google's client on the session's server."""
    return tasks_server.client()


@pytest.fixture
def paused(client: tasks_v2.CloudTasksClient, queue: str) -> Iterator[str]:
    """A queue that dispatches nothing."""
    client.pause_queue(name=queue)
    yield queue
    client.delete_queue(name=queue)


def task(name: str = "", **changes: object) -> tasks_v2.Task:
    """A task that would call an address where nobody listens."""
    request = tasks_v2.HttpRequest(url=NOWHERE, body=b"{}")
    return tasks_v2.Task({"name": name, "http_request": request} | changes)


def test_a_task_is_kept_as_it_was_sent(client: tasks_v2.CloudTasksClient, paused: str) -> None:
    """What GetTask returns in full is the task that was created, with its defaults filled in."""
    created = client.create_task(parent=paused, task=task(f"{paused}/tasks/one"))
    full = client.get_task(request={"name": created.name, "response_view": tasks_v2.Task.View.FULL})
    assert (full.http_request.url, full.http_request.body) == (NOWHERE, b"{}")
    assert full.http_request.http_method == tasks_v2.HttpMethod.POST
    assert full.dispatch_deadline == timedelta(minutes=10)
    assert full.create_time <= full.schedule_time
    assert client.get_task(name=created.name).http_request.body == b"", "the basic view leaves the body out"


def test_an_unnamed_task_gets_a_name(client: tasks_v2.CloudTasksClient, paused: str) -> None:
    """Two tasks without a name are two tasks."""
    names = {client.create_task(parent=paused, task=task()).name for _ in range(2)}
    assert len(names) == 2
    assert all(name.startswith(f"{paused}/tasks/") for name in names)


def test_a_name_is_taken_while_the_task_exists_and_after_it_is_gone(
    client: tasks_v2.CloudTasksClient, paused: str
) -> None:
    """A second task of the same name is ALREADY_EXISTS, also after the first was deleted or purged."""
    name = f"{paused}/tasks/once"
    client.create_task(parent=paused, task=task(name))
    with pytest.raises(exceptions.AlreadyExists):
        client.create_task(parent=paused, task=task(name))
    client.delete_task(name=name)
    with pytest.raises(exceptions.AlreadyExists):
        client.create_task(parent=paused, task=task(name))
    client.create_task(parent=paused, task=task(f"{paused}/tasks/purged"))
    client.purge_queue(name=paused)
    with pytest.raises(exceptions.AlreadyExists):
        client.create_task(parent=paused, task=task(f"{paused}/tasks/purged"))


@pytest.mark.parametrize("call", ["get_task", "delete_task", "run_task"])
def test_a_missing_task_is_not_found(client: tasks_v2.CloudTasksClient, paused: str, call: str) -> None:
    """Every method that names a task which is not there says NOT_FOUND."""
    with pytest.raises(exceptions.NotFound):
        getattr(client, call)(name=f"{paused}/tasks/none")


def test_a_missing_queue_is_not_found(client: tasks_v2.CloudTasksClient) -> None:
    """A task for a queue that was never created is refused, not lost."""
    with pytest.raises(exceptions.NotFound):
        client.create_task(parent="projects/lectern/locations/local/queues/none", task=task())


@pytest.mark.parametrize(
    "changes",
    [
        {"dispatch_deadline": timedelta(seconds=14)},
        {"dispatch_deadline": timedelta(minutes=30, seconds=1)},
        {"schedule_time": datetime.now(UTC) + timedelta(days=31)},
        {"name": "projects/lectern/locations/local/queues/other/tasks/x"},
        {"name": "nonsense"},
        {"http_request": tasks_v2.HttpRequest(url="ftp://127.0.0.1/")},
        {"http_request": tasks_v2.HttpRequest(url=NOWHERE, http_method="GET", body=b"x")},
        {"http_request": tasks_v2.HttpRequest(url=NOWHERE, body=b"x" * 1024 * 1024)},
        {"http_request": None},
    ],
)
def test_what_google_refuses_is_refused(
    client: tasks_v2.CloudTasksClient, paused: str, changes: dict[str, object]
) -> None:
    """Deadlines, times, names, addresses and sizes outside Google's limits are INVALID_ARGUMENT."""
    with pytest.raises(exceptions.InvalidArgument):
        client.create_task(parent=paused, task=task(**changes))  # type: ignore[arg-type]  # some are wrong on purpose


def test_a_token_for_an_unknown_account_is_denied(client: tasks_v2.CloudTasksClient, paused: str) -> None:
    """Nobody gets a token minted for an account that is not of this cloud."""
    token = tasks_v2.OidcToken(service_account_email="root@lectern.local")
    request = tasks_v2.HttpRequest(url=NOWHERE, oidc_token=token)
    with pytest.raises(exceptions.PermissionDenied):
        client.create_task(parent=paused, task=task(http_request=request))


def test_listing_is_paged(client: tasks_v2.CloudTasksClient, paused: str) -> None:
    """All tasks come, each once, over pages no longer than asked for."""
    made = {client.create_task(parent=paused, task=task(f"{paused}/tasks/t{n}")).name for n in range(7)}
    pages = list(client.list_tasks(request={"parent": paused, "page_size": 3}).pages)
    assert [len(page.tasks) for page in pages] == [3, 3, 1]
    assert {found.name for page in pages for found in page.tasks} == made


def test_queues_are_created_listed_changed_and_deleted(client: tasks_v2.CloudTasksClient) -> None:
    """The life of a queue, with Google's defaults and a change by mask that leaves the rest alone."""
    parent = "projects/lectern/locations/elsewhere"
    name = f"{parent}/queues/one"
    client.create_queue(parent=parent, queue=tasks_v2.Queue(name=name))
    with pytest.raises(exceptions.AlreadyExists):
        client.create_queue(parent=parent, queue=tasks_v2.Queue(name=name))
    change = tasks_v2.Queue(name=name, retry_config=tasks_v2.RetryConfig(max_attempts=7, max_doublings=3))
    changed = client.update_queue(queue=change, update_mask=FieldMask(paths=["retry_config.max_attempts"]))
    assert (changed.retry_config.max_attempts, changed.retry_config.max_doublings) == (7, 16)
    assert changed.rate_limits.max_concurrent_dispatches == 1000
    assert [queue.name for queue in client.list_queues(parent=parent)] == [name]
    client.delete_queue(name=name)
    with pytest.raises(exceptions.NotFound):
        client.get_queue(name=name)
