"""Sends due tasks to their handlers, as many at once as each queue allows, until each is done or given up."""

import asyncio
import logging
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import grpc
import httpx
from google.cloud.tasks_v2.types import Attempt, Queue, Task
from google.rpc.status_pb2 import Status

from local_cloud.tasks.backoff import delay, is_exhausted
from local_cloud.tasks.delivery import Mint, Outcome, attempt, headers
from local_cloud.tasks.store import Store

_log = logging.getLogger(__name__)
_LONGEST_SLEEP = 60.0  # a clock that jumps is noticed after this at the latest


class Dispatcher:
    """Delivers at least once: a task leaves the store only after its answer, so a kill in between repeats it."""

    def __init__(self, store: Store, mint: Mint) -> None:
        """`mint(email, audience)` makes the OIDC token of a task that asks for one."""
        self._store = store
        self._mint = mint
        self._changed = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._running_in: Counter[str] = Counter()
        self._next_slot: dict[str, float] = {}
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
        self._client = httpx.AsyncClient(timeout=None, limits=limits, trust_env=False)  # noqa: S113  # see `attempt`

    def wake(self) -> None:
        """Look again: a task or a queue changed."""
        self._changed.set()

    async def run(self) -> None:
        """Dispatch until cancelled; attempts under way are dropped then and made again at the next start."""
        try:
            while True:
                self._changed.clear()
                due = min((self._start_due(queue) for queue in self._store.queues()), default=_LONGEST_SLEEP)
                try:
                    async with asyncio.timeout(min(due, _LONGEST_SLEEP)):
                        await self._changed.wait()
                except TimeoutError:
                    continue
        finally:
            for attempt_ in self._running.values():
                attempt_.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)
            await self._client.aclose()

    def _start_due(self, queue: Queue) -> float:
        """Start what may start now; returns the seconds until the next look is worth while."""
        now = time.time()
        paused = queue.state != Queue.State.RUNNING
        limit = queue.rate_limits.max_concurrent_dispatches
        # As many more as are running, since those are among the due.
        ahead = self._store.upcoming(queue.name, only_forced=paused, limit=limit + self._running_in[queue.name])
        for name, due in ahead:
            if name in self._running:
                continue
            if self._running_in[queue.name] >= limit:
                break  # the end of an attempt wakes us
            wait = max(due - now, self._pace(queue, now))
            if wait > 0:
                return wait
            self._start(queue, name, now)
        return _LONGEST_SLEEP

    def _pace(self, queue: Queue, now: float) -> float:
        """Seconds until the queue's dispatch rate allows one more, after its burst is used up."""
        limits = queue.rate_limits
        tolerance = (limits.max_burst_size - 1) / limits.max_dispatches_per_second
        return self._next_slot.get(queue.name, 0.0) - tolerance - now

    def _start(self, queue: Queue, name: str, now: float) -> None:
        step = 1 / queue.rate_limits.max_dispatches_per_second
        self._next_slot[queue.name] = max(self._next_slot.get(queue.name, 0.0), now) + step
        self._running_in[queue.name] += 1
        self._running[name] = asyncio.create_task(self._deliver(queue.name, name))
        self._running[name].add_done_callback(lambda done: self._finished(queue.name, name, done))

    def _finished(self, queue: str, name: str, done: asyncio.Task[None]) -> None:
        del self._running[name]
        self._running_in[queue] -= 1
        if not done.cancelled() and (error := done.exception()):
            _log.error("The attempt of %s broke off", name, exc_info=error)
        self.wake()

    async def _deliver(self, queue: str, name: str) -> None:
        task = self._store.task(name)
        if task is None:
            return
        with_headers = headers(task, self._mint)
        task.dispatch_count += 1
        dispatched = Attempt(schedule_time=task.schedule_time, dispatch_time=datetime.now(UTC))
        task.first_attempt = task.first_attempt or Attempt(dispatch_time=dispatched.dispatch_time)
        task.last_attempt = dispatched
        self._store.note_attempt(task)
        outcome = await attempt(self._client, task, with_headers)
        self._record(queue, name, outcome)

    def _record(self, queue_name: str, name: str, outcome: Outcome) -> None:
        queue, task = self._store.queue(queue_name), self._store.task(name)
        if queue is None or task is None:
            return  # deleted meanwhile: this was its last attempt
        if outcome.is_success:
            self._store.retire_task(name)
            return
        now = datetime.now(UTC)
        age = now - task.first_attempt.dispatch_time
        if is_exhausted(queue.retry_config, task.dispatch_count, age):
            _log.warning("%s is given up after %d attempts: %s", name, task.dispatch_count, outcome.problem)
            self._store.retire_task(name)
            return
        self._store.put_task(queue_name, _after_failure(queue, task, outcome, now))


def _after_failure(queue: Queue, task: Task, outcome: Outcome, now: datetime) -> Task:
    wait: timedelta = max(delay(queue.retry_config, task.dispatch_count), outcome.retry_after)
    _log.info("%s failed (%s); again in %.1f s", task.name, outcome.problem, wait.total_seconds())
    code = grpc.StatusCode.UNAVAILABLE if outcome.status else grpc.StatusCode.DEADLINE_EXCEEDED
    task.last_attempt.response_status = Status(code=code.value[0], message=outcome.problem)
    if outcome.status is not None:
        task.response_count += 1
        task.last_attempt.response_time = now
    task.schedule_time = now + wait
    return task
