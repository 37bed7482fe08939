"""What Cloud Tasks accepts: names, limits and defaults, as its reference states them."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import grpc
from google.cloud.tasks_v2.types import Attempt, HttpMethod, Queue, RateLimits, RetryConfig, Task

from local_cloud.tasks.refusal import Refusal, invalid

_LOCATION = r"projects/[a-z0-9:.-]+/locations/[a-z0-9-]+"
_LOCATION_NAME = re.compile(_LOCATION)
_QUEUE_NAME = re.compile(_LOCATION + r"/queues/[A-Za-z0-9-]{1,100}")
_TASK_NAME = re.compile(_LOCATION + r"/queues/[A-Za-z0-9-]{1,100}/tasks/[A-Za-z0-9_-]{1,500}")
_WITH_BODY = {HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH}
_MAX_TASK_BYTES = 1024 * 1024
_MAX_URL = 2083
_MAX_AHEAD = timedelta(days=30)
_DEADLINE_DEFAULT = timedelta(minutes=10)
_DEADLINE_RANGE = (timedelta(seconds=15), timedelta(minutes=30))


def check_location(name: str) -> None:
    """`projects/P/locations/L`."""
    if not _LOCATION_NAME.fullmatch(name):
        raise invalid(f'Location name "{name}" must be formatted: "projects/<PROJECT>/locations/<LOCATION>".')


def complete_queue(queue: Queue, parent: str | None = None) -> Queue:
    """The queue as it will be kept: checked, with Google's defaults filled in."""
    if not _QUEUE_NAME.fullmatch(queue.name) or (parent and not queue.name.startswith(parent + "/queues/")):
        raise invalid(f'Queue name "{queue.name}" must be formatted: "<LOCATION>/queues/<QUEUE_ID>".')
    limits, retry = queue.rate_limits, queue.retry_config
    kept = Queue(
        name=queue.name,
        state=queue.state or Queue.State.RUNNING,
        rate_limits=RateLimits(
            max_dispatches_per_second=limits.max_dispatches_per_second or 500,
            max_burst_size=limits.max_burst_size or 100,
            max_concurrent_dispatches=limits.max_concurrent_dispatches or 1000,
        ),
        retry_config=RetryConfig(
            max_attempts=retry.max_attempts or 100,
            max_retry_duration=retry.max_retry_duration or timedelta(0),
            min_backoff=retry.min_backoff or timedelta(milliseconds=100),
            max_backoff=retry.max_backoff or timedelta(hours=1),
            max_doublings=retry.max_doublings or 16,
        ),
        purge_time=queue.purge_time,
    )
    _check_numbers(kept)
    return kept


def _check_numbers(queue: Queue) -> None:
    limits, retry = queue.rate_limits, queue.retry_config
    if not 0 < limits.max_dispatches_per_second <= 500:
        raise invalid("RateLimits.max_dispatches_per_second must be between 0 and 500.")
    if not 0 < limits.max_concurrent_dispatches <= 5000:
        raise invalid("RateLimits.max_concurrent_dispatches must be between 1 and 5000.")
    if retry.max_attempts < -1:
        raise invalid("RetryConfig.max_attempts must be -1 or more.")
    if retry.min_backoff > retry.max_backoff:
        raise invalid("RetryConfig.min_backoff must not be more than max_backoff.")
    if retry.max_doublings < 0 or retry.max_retry_duration < timedelta(0) or retry.min_backoff < timedelta(0):
        raise invalid("RetryConfig's numbers must not be negative.")


def complete_task(task: Task, queue: str, accounts: tuple[str, ...]) -> Task:
    """The task as it will be kept: checked, named, with times and a deadline.

    `accounts` are those a token can be minted for; another one is refused as Google refuses an account
    that the caller may not act as.
    """
    now = datetime.now(UTC)
    kept = Task(task)
    kept.name = task.name or f"{queue}/tasks/{uuid.uuid4().int % 10**20}"
    if not _TASK_NAME.fullmatch(kept.name) or not kept.name.startswith(f"{queue}/tasks/"):
        raise invalid(f'Task name "{kept.name}" must be formatted: "<QUEUE>/tasks/<TASK_ID>", in the queue "{queue}".')
    _check_request(kept, accounts)
    if kept.schedule_time and kept.schedule_time > now + _MAX_AHEAD:
        raise invalid("Task.scheduleTime must be at most 30 days from now.")
    kept.dispatch_deadline = kept.dispatch_deadline or _DEADLINE_DEFAULT
    if not _DEADLINE_RANGE[0] <= kept.dispatch_deadline <= _DEADLINE_RANGE[1]:
        raise invalid("Task.dispatchDeadline must be between [15s, 30m].")
    kept.schedule_time = kept.schedule_time or now
    kept.create_time = now
    kept.dispatch_count = kept.response_count = 0
    kept.first_attempt = kept.last_attempt = Attempt()
    return kept


def _check_request(task: Task, accounts: tuple[str, ...]) -> None:
    request = task.http_request
    if not request:
        raise invalid("Task.http_request is required: this server dispatches HTTP tasks.")
    if not request.url.startswith(("http://", "https://")) or len(request.url) > _MAX_URL:
        raise invalid("HttpRequest.url must start with 'http://' or 'https://' and be at most 2083 characters.")
    request.http_method = HttpMethod(request.http_method or HttpMethod.POST)
    if request.body and request.http_method not in _WITH_BODY:
        raise invalid("HTTP request body is only allowed for POST, PUT and PATCH.")
    if len(Task.serialize(task)) > _MAX_TASK_BYTES:
        raise invalid("Task size too large: the limit is 1048576 bytes.")
    if request.oauth_token:
        raise Refusal(grpc.StatusCode.UNIMPLEMENTED, "This server attaches OIDC tokens, not OAuth tokens.")
    account = request.oidc_token.service_account_email
    if request.oidc_token and account not in accounts:
        raise Refusal(
            grpc.StatusCode.PERMISSION_DENIED,
            f"The principal (user or service account) lacks IAM permission iam.serviceAccounts.actAs for {account}.",
        )
