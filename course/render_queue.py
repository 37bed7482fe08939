"""Cloud Tasks: the queue that hands render jobs to the press."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import google.auth
import grpc
from google.api_core.exceptions import AlreadyExists, GoogleAPIError
from google.auth.exceptions import GoogleAuthError
from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcAsyncIOTransport

from course.errors import QueueUnavailable

# One try: the outbox tries again, and knows since when.
_TIMEOUT = 5.0
# Without these gRPC ignores a server that came back for up to two minutes, and sends local calls to a proxy.
_PLAIN_CHANNEL = (
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 2_000),
    ("grpc.enable_http_proxy", 0),
)


class RenderQueue:
    """One queue. Its state lives at Google; this holds a channel, made at first use in the running event loop."""

    def __init__(
        self,
        queue: str,
        *,
        render_url: str,
        invoker: str,
        endpoint: str | None = None,
        credentials: Path | None = None,
        deadline_seconds: int = 1800,
    ) -> None:
        """`queue` is projects/P/locations/L/queues/Q; `endpoint` None is Google, else a plain gRPC server.

        `invoker` is the account the task's token names, `render_url` the press and the token's audience;
        after `deadline_seconds` (15–1800) without an answer the task is sent again.
        """
        self._queue = queue
        self._render_url = render_url
        self._invoker = invoker
        self._endpoint = endpoint
        self._credentials_file = credentials
        self._deadline_seconds = deadline_seconds
        self._client: tasks_v2.CloudTasksAsyncClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def create(self, task_name: str, job_id: UUID, traceparent: str | None) -> None:
        """Puts the job in the queue; fine when a task of that name was put there before."""
        task = render_task(
            f"{self._queue}/tasks/{task_name}",
            job_id,
            traceparent,
            render_url=self._render_url,
            invoker=self._invoker,
            deadline_seconds=self._deadline_seconds,
        )
        with _as_ours():
            client = await self._connected()
            try:
                await client.create_task(parent=self._queue, task=task, timeout=_TIMEOUT, retry=None)
            except AlreadyExists:
                return

    async def pause(self) -> None:
        """Stops handing out tasks; those handed out go on."""
        with _as_ours():
            await (await self._connected()).pause_queue(name=self._queue, timeout=_TIMEOUT, retry=None)

    async def resume(self) -> None:
        """Hands out tasks again."""
        with _as_ours():
            await (await self._connected()).resume_queue(name=self._queue, timeout=_TIMEOUT, retry=None)

    async def is_paused(self) -> bool:
        """Whether the queue is paused; also the way to see whether it answers at all."""
        with _as_ours():
            queue = await (await self._connected()).get_queue(name=self._queue, timeout=_TIMEOUT, retry=None)
        return bool(queue.state == tasks_v2.Queue.State.PAUSED)

    async def close(self) -> None:
        """Closes the channel."""
        if self._client is not None and self._loop is asyncio.get_running_loop():
            transport: Any = self._client.transport
            await transport.close()
        self._client = None

    async def _connected(self) -> tasks_v2.CloudTasksAsyncClient:
        # A channel belongs to the event loop it was made in.
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            self._client = await self._connect()
            self._loop = loop
        return self._client

    async def _connect(self) -> tasks_v2.CloudTasksAsyncClient:
        if self._endpoint:
            channel = grpc.aio.insecure_channel(self._endpoint, options=_PLAIN_CHANNEL)
            return tasks_v2.CloudTasksAsyncClient(transport=CloudTasksGrpcAsyncIOTransport(channel=channel))
        if self._credentials_file:
            load: Any = tasks_v2.CloudTasksAsyncClient.from_service_account_file
            return cast("tasks_v2.CloudTasksAsyncClient", load(str(self._credentials_file)))
        # Looking for the platform's credentials asks a server of the platform, and blocks meanwhile.
        credentials, _ = await asyncio.to_thread(google.auth.default)
        return tasks_v2.CloudTasksAsyncClient(credentials=credentials)


def render_task(
    name: str,
    job_id: UUID,
    traceparent: str | None,
    *,
    render_url: str,
    invoker: str,
    deadline_seconds: int,
) -> tasks_v2.Task:
    """The message: a POST to the press that carries ids only, with a token that says who sends it."""
    body = {"job_id": str(job_id)} | ({"traceparent": traceparent} if traceparent else {})
    return tasks_v2.Task(
        name=name,
        dispatch_deadline=timedelta(seconds=deadline_seconds),
        http_request=tasks_v2.HttpRequest(
            http_method=tasks_v2.HttpMethod.POST,
            url=f"{render_url.rstrip('/')}/tasks/render",
            headers={"Content-Type": "application/json"},
            body=json.dumps(body).encode(),
            oidc_token=tasks_v2.OidcToken(service_account_email=invoker, audience=render_url),
        ),
    )


@contextmanager
def _as_ours() -> Iterator[None]:
    """The vendor's errors end here."""
    try:
        yield
    except (GoogleAPIError, GoogleAuthError, grpc.RpcError) as error:
        raise QueueUnavailable("The render queue cannot be reached just now. Nothing is lost; try again.") from error
