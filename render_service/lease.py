"""A worker's hold on its job: kept by a heartbeat that also tells how far the job is."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import UUID

from course.errors import Unavailable
from course.models.rendering import Stage
from course.rendering.jobs import RenderJobs

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

BEAT_SECONDS = 1.0
"""Between two heartbeats: a cancelled job stops, and progress shows, about so late."""


class Lost(Exception):
    """The job was cancelled or taken over: whatever is under way for it is to stop."""


class Lease:
    """One claim of one job."""

    def __init__(self, jobs: RenderJobs, job_id: UUID, worker: str, seconds: float) -> None:
        self._jobs = jobs
        self._job_id = job_id
        self._worker = worker
        self._seconds = seconds
        self._stage = Stage.WAITING
        self._progress = 0.0

    def report(self, stage: Stage, progress: float) -> None:
        """To be told with the next heartbeat."""
        self._stage, self._progress = stage, max(progress, self._progress)

    async def hold(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Does the work while the lease is kept.

        With the work cancelled, raises `Lost` when it is not ours any more, `Unavailable` when that cannot be known.
        """
        doing = asyncio.create_task(work)
        keeping = asyncio.create_task(self._keep())
        try:
            await asyncio.wait({doing, keeping}, return_when=asyncio.FIRST_COMPLETED)
            if not doing.done():
                await keeping
            return await doing
        finally:
            keeping.cancel()
            doing.cancel()
            await asyncio.gather(doing, keeping, return_exceptions=True)

    async def _keep(self) -> None:
        """Returns never; a database that is away is waited for as long as the lease lasts."""
        kept_at = time.monotonic()
        while True:
            try:
                if not await self._jobs.heartbeat(
                    self._job_id, self._worker, self._seconds, self._stage, self._progress
                ):
                    raise Lost
                kept_at = time.monotonic()
            except Unavailable:
                _log.warning("heartbeat failed", exc_info=True)
                if time.monotonic() - kept_at > self._seconds * 0.8:
                    raise
            await asyncio.sleep(min(BEAT_SECONDS, self._seconds / 3))
