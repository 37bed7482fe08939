"""The queue's gRPC server and its dispatcher on one event loop, with the identity that its tokens come from."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import grpc.aio
import uvicorn
from google.cloud.tasks_v2.types import Queue

from local_cloud.errors import CannotStart
from local_cloud.identity.app import identity_app
from local_cloud.identity.authority import Authority
from local_cloud.ports import is_free
from local_cloud.tasks.dispatcher import Dispatcher
from local_cloud.tasks.rules import complete_queue
from local_cloud.tasks.service import TasksService, handlers
from local_cloud.tasks.store import Store


@asynccontextmanager
async def serve_tasks(
    port: int, store: Store, authority: Authority, queues: Iterable[Queue] = ()
) -> AsyncIterator[TasksService]:
    """Serve Cloud Tasks on 127.0.0.1:`port` while the block runs; `queues` are created when they are not there."""
    for queue in queues:
        if store.queue(queue.name) is None:
            store.put_queue(complete_queue(queue))
    dispatcher = Dispatcher(store, authority.id_token)
    service = TasksService(store, dispatcher.wake, authority.accounts)
    # Two servers must not share a port unnoticed.
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    server.add_generic_rpc_handlers((handlers(service),))
    _require_free(port, "task queue")
    server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    dispatching = asyncio.create_task(dispatcher.run())
    try:
        yield service
    finally:
        await server.stop(grace=1.0)
        dispatching.cancel()
        with suppress(asyncio.CancelledError):
            await dispatching


@asynccontextmanager
async def serve_identity(port: int, authority: Authority) -> AsyncIterator[None]:
    """Serve the authority on 127.0.0.1:`port` while the block runs."""
    _require_free(port, "identity")
    config = uvicorn.Config(
        identity_app(authority), host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off"
    )
    server = _Quiet(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # uvicorn has a flag, not an event
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class _Quiet(uvicorn.Server):
    """Signals are the whole process's matter, not this server's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _require_free(port: int, what: str) -> None:
    if not is_free(port):
        raise CannotStart(f"Port {port} of 127.0.0.1 is in use: the {what} cannot listen there.")


async def serve(data: Path, port: int, identity_port: int, queues: Iterable[Queue], block: float) -> None:
    """Serve both on a data folder until cancelled; once the identity answers, the queue does too.

    `block` is how long a done task's name stays taken, in seconds.
    """
    authority = Authority(data / "identity", f"http://127.0.0.1:{identity_port}")
    store = Store(data / "tasks.sqlite3", name_block_seconds=block)
    try:
        async with serve_tasks(port, store, authority, queues), serve_identity(identity_port, authority):
            await asyncio.Event().wait()
    finally:
        store.close()
