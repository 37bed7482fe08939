"""One attempt: the HTTP request that a task becomes, and what its answer means."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx
from google.cloud.tasks_v2.types import HttpMethod, Task

from local_cloud.tasks.backoff import retry_after

# Set by the transport or by us; a task's own value is dropped, as Google does.
_RESERVED = {"host", "content-length", "connection", "transfer-encoding", "user-agent"}
_ANSWERED = "HTTP status code "  # Google's wording of an attempt's result
Mint = Callable[[str, str], str]


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt; no `status` when the handler did not answer in time or at all."""

    status: int | None
    problem: str = ""
    retry_after: timedelta = timedelta(0)

    @property
    def is_success(self) -> bool:
        """2xx, nothing else."""
        return self.status is not None and 200 <= self.status < 300


def headers(task: Task, mint: Mint) -> dict[str, str]:
    """The task's own headers, those of Cloud Tasks, and a fresh token when one is asked for.

    `mint(email, audience)` makes the token. Call it before this attempt is counted into the task.
    """
    request = task.http_request
    own = {
        name: value
        for name, value in request.headers.items()
        if name.lower() not in _RESERVED and not name.lower().startswith(("x-cloudtasks-", "x-google-"))
    }
    if request.body and "content-type" not in {name.lower() for name in own}:
        own["Content-Type"] = "application/octet-stream"
    if request.oidc_token:
        audience = request.oidc_token.audience or request.url
        own["Authorization"] = f"Bearer {mint(request.oidc_token.service_account_email, audience)}"
    return own | _about(task)


def _about(task: Task) -> dict[str, str]:
    _, _, _, _, _, queue, _, name = task.name.split("/")
    about = {
        "User-Agent": "Google-Cloud-Tasks",
        "X-CloudTasks-QueueName": queue,
        "X-CloudTasks-TaskName": name,
        "X-CloudTasks-TaskRetryCount": str(task.dispatch_count),
        "X-CloudTasks-TaskExecutionCount": str(task.response_count),
        "X-CloudTasks-TaskETA": f"{task.schedule_time.timestamp():.6f}",
    }
    reason = task.last_attempt.response_status.message
    if reason:
        about["X-CloudTasks-TaskRetryReason"] = reason
        _, found, code = reason.partition(_ANSWERED)
        about |= {"X-CloudTasks-TaskPreviousResponse": code} if found else {}
    return about


async def attempt(client: httpx.AsyncClient, task: Task, with_headers: dict[str, str]) -> Outcome:
    """Send the request; past the task's dispatch deadline it is dropped, whatever the handler is doing."""
    request = task.http_request
    try:
        async with asyncio.timeout(task.dispatch_deadline.total_seconds()):
            answer = await client.request(
                HttpMethod(request.http_method).name, request.url, content=request.body, headers=with_headers
            )
    except TimeoutError:
        return Outcome(None, "DEADLINE_EXCEEDED")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Outcome(None, f"UNAVAILABLE: {error}".rstrip(": "))
    wait = retry_after(answer.headers.get("Retry-After")) if answer.status_code in (429, 503) else timedelta(0)
    return Outcome(answer.status_code, f"{_ANSWERED}{answer.status_code}", wait)
