"""From the database to the queue: tasks committed with their jobs are sent after, and lost ones found again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from course.database import Database
from course.errors import LecternError
from course.models.rendering import JobState
from course.render_queue import RenderQueue
from course.rendering.rows import add_task
from course.tables import OutboxRow, RenderJobRow
from course.wakeups import Wakeups, listening

_log = logging.getLogger(__name__)
_LONGEST_PATIENCE = timedelta(hours=1)
_KEPT = timedelta(days=2)


class Outbox:
    """The one who carries tasks to the queue. Several may run: they take different rows, and repeats are harmless."""

    def __init__(
        self,
        database: Database,
        queue: RenderQueue,
        *,
        send_every: float = 2.0,
        reap_every: float = 15.0,
        patience_seconds: float = 180.0,
        lapsed_seconds: float = 10.0,
    ) -> None:
        """A queued job that nobody claims within `patience_seconds`, or a running one whose lease has lapsed for

        `lapsed_seconds`, gets another task; each further one waits twice as long.
        """
        self._database = database
        self._queue = queue
        self._send_every = send_every
        self._reap_every = reap_every
        self._patience = timedelta(seconds=patience_seconds)
        self._lapsed = timedelta(seconds=lapsed_seconds)

    async def dispatch(self) -> int:
        """Sends what is unsent, oldest first; returns how many. Stops, and raises, when the queue does not answer."""
        sent = 0
        while await self._send_one():
            sent += 1
        return sent

    async def _send_one(self) -> bool:
        # One short transaction a task: the row is ours while the queue is asked, which takes 5 s at most.
        async with self._database.transaction() as session:
            row = await session.scalar(
                select(OutboxRow)
                .where(OutboxRow.sent_at.is_(None))
                .order_by(OutboxRow.created_at)
                .limit(1)
                .with_for_update(skip_locked=True),
            )
            if row is None:
                return False
            job = await session.get_one(RenderJobRow, row.job_id)
            await self._queue.create(row.task_name, row.job_id, job.traceparent)
            row.sent_at = func.now()
            return True

    async def reap(self) -> int:
        """Gives jobs whose task seems lost another one; returns how many."""
        async with self._database.transaction() as session:
            lost = list(
                await session.scalars(
                    select(RenderJobRow)
                    .where(or_(self._unclaimed(), self._lapsed_lease()), ~_unsent())
                    .limit(100)
                    .with_for_update(skip_locked=True),
                ),
            )
            found = [await self._revive(session, job) for job in lost]
            await session.execute(delete(OutboxRow).where(OutboxRow.sent_at < func.now() - _KEPT, ~_alive()))
        return sum(found)

    def _unclaimed(self) -> ColumnElement[bool]:
        job = RenderJobRow
        return and_(job.state == JobState.QUEUED, job.queued_at < func.now() - self._patience)

    def _lapsed_lease(self) -> ColumnElement[bool]:
        job = RenderJobRow
        return and_(job.state == JobState.RUNNING, job.lease_until < func.now() - self._lapsed)

    async def _revive(self, session: AsyncSession, job: RenderJobRow) -> bool:
        tries = select(func.coalesce(func.max(OutboxRow.number), 0), func.now() - func.max(OutboxRow.sent_at))
        tries = tries.where(OutboxRow.job_id == job.id, OutboxRow.round == job.round)
        number, since = (await session.execute(tries)).one()
        first = self._patience if job.state == JobState.QUEUED else self._lapsed
        # 2 ** 20 times any patience is past the longest.
        if since is not None and since < min(first * 2 ** min(number - 1, 20), _LONGEST_PATIENCE):
            return False
        _log.warning("task seems lost, sending another", extra={"job_id": str(job.id), "number": number + 1})
        await add_task(session, job, number + 1)
        return True

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set: sends at each wake-up and every few seconds, looks for lost tasks now and then.

        Whatever goes wrong is logged and tried again.
        """
        async with listening(self._database, "lectern_outbox") as wakeups:
            ringing = asyncio.create_task(_ring_at(stop, wakeups))
            try:
                await self._work(stop, wakeups)
            finally:
                ringing.cancel()

    async def _work(self, stop: asyncio.Event, wakeups: Wakeups) -> None:
        loop = asyncio.get_running_loop()
        reap_at = loop.time()
        while not stop.is_set():
            if loop.time() >= reap_at:
                reap_at = loop.time() + self._reap_every
                await self._attempt(self.reap)
            await self._attempt(self.dispatch)
            await wakeups.wait(self._send_every)

    async def _attempt(self, step: Callable[[], Awaitable[int]]) -> None:
        try:
            await step()
        except LecternError as error:
            _log.warning("the outbox has to wait: %s", error.sentence, extra={"cause": repr(error.__cause__)})
        except Exception:  # noqa: BLE001  # this loop outlives everything it meets
            _log.exception("the outbox met an error")


async def _ring_at(stop: asyncio.Event, wakeups: Wakeups) -> None:
    await stop.wait()
    wakeups.ring()


def _unsent() -> ColumnElement[bool]:
    return exists().where(OutboxRow.job_id == RenderJobRow.id, OutboxRow.sent_at.is_(None))


def _alive() -> ColumnElement[bool]:
    states = [JobState.QUEUED, JobState.RUNNING]
    return exists().where(RenderJobRow.id == OutboxRow.job_id, RenderJobRow.state.in_(states))
