"""The methods of `google.cloud.tasks.v2.CloudTasks`, on a store and a dispatcher."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import grpc
import grpc.aio
from google.cloud.tasks_v2 import types
from google.protobuf.empty_pb2 import Empty

from local_cloud.tasks import rules
from local_cloud.tasks.refusal import Refusal, already_exists, invalid, not_found
from local_cloud.tasks.store import Store

_SERVICE = "google.cloud.tasks.v2.CloudTasks"
_PAGE = 1000
_MASKABLE = {"rate_limits", "retry_config"}


class TasksService:
    """Each method takes the API's request and returns its answer, or raises `Refusal`."""

    def __init__(self, store: Store, wake: Callable[[], None], accounts: tuple[str, ...]) -> None:
        """`wake` is called when there may be something to dispatch; `accounts` are those tokens are minted for."""
        self._store = store
        self._wake = wake
        self._accounts = accounts

    def create_task(self, request: types.CreateTaskRequest) -> types.Task:
        """Accepts a task once per name: a repeat is ALREADY_EXISTS, also for a while after the task is done."""
        queue = self._queue(request.parent)
        task = rules.complete_task(request.task, queue.name, self._accounts)
        if self._store.task(task.name):
            raise already_exists("Requested entity already exists")
        if not self._store.is_name_free(task.name):
            raise already_exists("A task with this name existed too recently; its name is blocked for a while.")
        self._store.put_task(queue.name, task)
        self._wake()
        return _view(task, request.response_view)

    def get_task(self, request: types.GetTaskRequest) -> types.Task:
        """A task that waits or runs; one that is done is NOT_FOUND."""
        return _view(self._task(request.name), request.response_view)

    def list_tasks(self, request: types.ListTasksRequest) -> types.ListTasksResponse:
        """Pages by name; a page token stays valid while tasks come and go."""
        queue = self._queue(request.parent)
        size = min(request.page_size or _PAGE, _PAGE)
        found = self._store.tasks(queue.name, after=_position(request.page_token), limit=size + 1)
        page = [_view(task, request.response_view) for task in found[:size]]
        token = base64.urlsafe_b64encode(page[-1].name.encode()).decode() if len(found) > size else ""
        return types.ListTasksResponse(tasks=page, next_page_token=token)

    def delete_task(self, request: types.DeleteTaskRequest) -> Empty:
        """Removes a task; an attempt under way goes on, and is not repeated."""
        if not self._store.retire_task(request.name):
            raise not_found(request.name)
        return Empty()

    def run_task(self, request: types.RunTaskRequest) -> types.Task:
        """Dispatches now, whatever the schedule says and even while the queue is paused."""
        task = self._task(request.name)
        task.schedule_time = datetime.now(UTC)
        self._store.put_task(_queue_of(task.name), task, forced=True)
        self._wake()
        return _view(task, request.response_view)

    def create_queue(self, request: types.CreateQueueRequest) -> types.Queue:
        """A new queue; a name that exists is ALREADY_EXISTS."""
        rules.check_location(request.parent)
        queue = rules.complete_queue(request.queue, request.parent)
        if self._store.queue(queue.name):
            raise already_exists("Queue already exists")
        return self._put(queue)

    def update_queue(self, request: types.UpdateQueueRequest) -> types.Queue:
        """Changes what the mask names (all when empty), and creates the queue when it is not there."""
        paths = set(request.update_mask.paths) or _MASKABLE
        queue = self._store.queue(request.queue.name) or rules.complete_queue(types.Queue(name=request.queue.name))
        for path in paths:
            outer, _, inner = path.partition(".")
            if outer not in _MASKABLE:
                raise invalid(f'update_mask names "{path}", which cannot be updated.')
            source, target = getattr(request.queue, outer), getattr(queue, outer)
            if inner:
                setattr(target, inner, getattr(source, inner))
            else:
                setattr(queue, outer, source)
        return self._put(rules.complete_queue(queue))

    def get_queue(self, request: types.GetQueueRequest) -> types.Queue:
        """One queue."""
        return self._queue(request.name)

    def list_queues(self, request: types.ListQueuesRequest) -> types.ListQueuesResponse:
        """All queues of the location on one page: there are few here."""
        rules.check_location(request.parent)
        found = [queue for queue in self._store.queues() if queue.name.startswith(f"{request.parent}/")]
        return types.ListQueuesResponse(queues=found)

    def delete_queue(self, request: types.DeleteQueueRequest) -> Empty:
        """The queue and its tasks; unlike Google's, its name can be used again at once."""
        self._store.delete_queue(self._queue(request.name).name)
        return Empty()

    def purge_queue(self, request: types.PurgeQueueRequest) -> types.Queue:
        """Removes every task that is in the queue now."""
        queue = self._queue(request.name)
        self._store.purge(queue.name)
        queue.purge_time = datetime.now(UTC)
        return self._put(queue)

    def pause_queue(self, request: types.PauseQueueRequest) -> types.Queue:
        """Nothing more is dispatched; tasks are still accepted, and attempts under way go on."""
        return self._set_state(request.name, types.Queue.State(types.Queue.State.PAUSED))

    def resume_queue(self, request: types.ResumeQueueRequest) -> types.Queue:
        """Dispatches again."""
        return self._set_state(request.name, types.Queue.State(types.Queue.State.RUNNING))

    def _set_state(self, name: str, state: types.Queue.State) -> types.Queue:
        queue = self._queue(name)
        queue.state = state
        return self._put(queue)

    def _put(self, queue: types.Queue) -> types.Queue:
        self._store.put_queue(queue)
        self._wake()
        return queue

    def _queue(self, name: str) -> types.Queue:
        queue = self._store.queue(name)
        if queue is None:
            raise Refusal(grpc.StatusCode.NOT_FOUND, f"Queue does not exist: {name}")
        return queue

    def _task(self, name: str) -> types.Task:
        task = self._store.task(name)
        if task is None:
            raise not_found(name)
        return task


def handlers(service: TasksService) -> grpc.GenericRpcHandler:
    """What a gRPC server needs to serve `service` (Google's package ships no servicer)."""
    methods: dict[str, tuple[Callable[[Any], Any], Any]] = {
        "CreateTask": (service.create_task, types.CreateTaskRequest),
        "GetTask": (service.get_task, types.GetTaskRequest),
        "ListTasks": (service.list_tasks, types.ListTasksRequest),
        "DeleteTask": (service.delete_task, types.DeleteTaskRequest),
        "RunTask": (service.run_task, types.RunTaskRequest),
        "CreateQueue": (service.create_queue, types.CreateQueueRequest),
        "UpdateQueue": (service.update_queue, types.UpdateQueueRequest),
        "GetQueue": (service.get_queue, types.GetQueueRequest),
        "ListQueues": (service.list_queues, types.ListQueuesRequest),
        "DeleteQueue": (service.delete_queue, types.DeleteQueueRequest),
        "PurgeQueue": (service.purge_queue, types.PurgeQueueRequest),
        "PauseQueue": (service.pause_queue, types.PauseQueueRequest),
        "ResumeQueue": (service.resume_queue, types.ResumeQueueRequest),
    }
    return grpc.method_handlers_generic_handler(
        _SERVICE,
        {
            name: grpc.unary_unary_rpc_method_handler(_answer(method), request.deserialize, _bytes)
            for name, (method, request) in methods.items()
        },
    )


def _answer(method: Callable[[Any], Any]) -> Callable[[Any, grpc.aio.ServicerContext[Any, Any]], Awaitable[Any]]:
    async def answer(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:
        try:
            return method(request)
        except Refusal as refusal:
            await context.abort(refusal.code, refusal.sentence)

    return answer


def _bytes(message: Any) -> bytes:
    if isinstance(message, Empty):
        return bytes(message.SerializeToString())
    return bytes(type(message).serialize(message))


def _queue_of(task: str) -> str:
    return task.partition("/tasks/")[0]


def _position(token: str) -> str:
    try:
        return base64.urlsafe_b64decode(token).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise invalid("page_token is not one of ours.") from error


def _view(task: types.Task, view: types.Task.View) -> types.Task:
    """BASIC, the default, leaves the body out: it may be large or private."""
    shown = types.Task(task)
    shown.view = types.Task.View(view or types.Task.View.BASIC)
    if shown.view == types.Task.View.BASIC:
        shown.http_request.body = b""
    return shown
