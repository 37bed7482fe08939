"""One render job from task to film: claimed, made, shelved, recorded; or given back, or ended with a sentence."""

import asyncio
import logging
import os
import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from course.errors import Busy, LecternError, Unavailable
from course.logs import current_traceparent
from course.models.rendering import Film, RenderOrder, Stage
from course.rendering.jobs import AlreadyEnded, RenderJobs
from course.rendering.orders import order_key
from render_service.assignment import Assignment
from render_service.lease import Lease, Lost
from render_service.renderer_process import run_renderer
from render_service.scratch import scratch_folder
from render_service.shelf import FilmShelf

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

# The renderer's own count of work runs to 1; what is left of the bar is storing.
_MADE = 0.95
# Storing is tried this often, resting between: by then the film is worth more than the wait.
_STORING_WAITS = (1.0, 2.0, 4.0, 8.0, 15.0)


@dataclass(frozen=True)
class PressSettings:
    """What the press needs to know besides its parts."""

    speech_base_url: str
    speech_api_key: str
    lease_seconds: float
    deadline_seconds: float
    work_folder: Path | None
    log_level: str

    @property
    def working_seconds(self) -> float:
        """How long one task may take: the queue gives up on us a little later."""
        return self.deadline_seconds - min(15.0, self.deadline_seconds / 5)


class Press:
    """Makes one film at a time."""

    def __init__(self, jobs: RenderJobs, shelf: FilmShelf, settings: PressSettings) -> None:
        self._jobs = jobs
        self._shelf = shelf
        self._settings = settings
        self._work: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Whether a film is being made."""
        return self._work is not None and not self._work.done()

    @property
    def stopping(self) -> bool:
        """Whether it takes no more."""
        return self._stopping

    async def render(self, job_id: UUID) -> None:
        """Returns when the job needs no further task: it is done, was done, has failed for good or was cancelled.

        Raises `Busy` or `Unavailable` when the queue should bring it again.
        """
        if self.busy or self._stopping:
            raise Busy("This press is making another film.")
        self._work = asyncio.create_task(self._render(job_id))
        try:
            # Shielded: a caller that hangs up does not stop the film; only `stop` does.
            await asyncio.shield(self._work)
        except asyncio.CancelledError:
            if self._stopping:
                raise Unavailable("The render service is restarting; the video will be tried again.") from None
            raise

    async def stop(self) -> None:
        """Ends the film being made and gives its job back. Takes no more."""
        self._stopping = True
        if self._work is not None and not self._work.done():
            self._work.cancel()
            await asyncio.wait({self._work})

    async def _render(self, job_id: UUID) -> None:
        worker = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            order = await self._jobs.claim(job_id, worker, self._settings.lease_seconds)
        except AlreadyEnded as ended:
            _log.info("nothing to render", extra={"job_id": str(job_id), "reason": ended.sentence})
            return
        _log.info("rendering", extra={"job_id": str(job_id), "worker": worker, "lesson": order.lesson_number})
        lease = Lease(self._jobs, job_id, worker, self._settings.lease_seconds)
        try:
            async with asyncio.timeout(self._settings.working_seconds):
                await lease.hold(self._make_and_record(job_id, worker, order, lease))
        except Lost:
            _log.info("stopped: cancelled or taken over", extra={"job_id": str(job_id)})
        except TimeoutError:
            await self._give_back(job_id, worker, "Making the video took longer than one task may take.")
        except asyncio.CancelledError:
            await asyncio.shield(self._give_back_quietly(job_id, worker))
            raise
        except LecternError as error:
            await self._end(job_id, worker, error)
        except Exception:  # noqa: BLE001 - whatever it is, the job must not stay claimed
            _log.exception("render failed", extra={"job_id": str(job_id)})
            await self._give_back(job_id, worker, "Something unexpected went wrong while making the video.")

    async def _make_and_record(self, job_id: UUID, worker: str, order: RenderOrder, lease: Lease) -> None:
        started = time.monotonic()
        key = order_key(order)
        film, characters = await self._shelf.find(key), 0
        if film is None:
            film, characters = await self._make(key, order, lease)
        seconds = time.monotonic() - started
        recorded = await _patiently(
            lambda: self._jobs.complete(job_id, worker, film, speech_characters=characters, render_seconds=seconds)
        )
        facts = {"job_id": str(job_id), "video": film.video, "seconds": round(seconds, 2), "recorded": recorded}
        _log.info("rendered", extra=facts)

    async def _make(self, key: str, order: RenderOrder, lease: Lease) -> tuple[Film, int]:
        """The film on the shelf and the characters spoken for it."""
        with scratch_folder(self._settings.work_folder) as folder:
            production = await run_renderer(
                self._assignment(order, Path(folder)),
                lambda stage, progress: lease.report(stage, progress * _MADE),
            )
            lease.report(Stage.UPLOAD, _MADE)
            film = await _patiently(lambda: self._shelf.put(key, Path(folder), production))
        lease.report(Stage.UPLOAD, 1.0)
        return film, production.speech_characters

    def _assignment(self, order: RenderOrder, folder: Path) -> Assignment:
        return Assignment(
            order=order,
            folder=folder,
            speech_base_url=self._settings.speech_base_url,
            speech_api_key=self._settings.speech_api_key,
            log_level=self._settings.log_level,
            traceparent=current_traceparent(),
        )

    async def _end(self, job_id: UUID, worker: str, error: LecternError) -> None:
        """Records a failure for good, or gives the job back for another try."""
        if error.retryable:
            await self._give_back(job_id, worker, error.sentence)
            return
        _log.warning("failed for good", extra={"job_id": str(job_id), "reason": error.sentence})
        await _patiently(lambda: self._jobs.fail(job_id, worker, error.sentence))

    async def _give_back(self, job_id: UUID, worker: str, sentence: str) -> None:
        """Raises `Unavailable`, so that the queue brings the job again, unless that was its last attempt."""
        again = await _patiently(lambda: self._jobs.release(job_id, worker, sentence))
        _log.warning("given back", extra={"job_id": str(job_id), "reason": sentence, "again": again})
        if again:
            raise Unavailable(sentence)

    async def _give_back_quietly(self, job_id: UUID, worker: str) -> None:
        try:
            await self._jobs.release(job_id, worker, "The render service was restarted.", interrupted=True)
        except LecternError:
            _log.warning("not given back: its lease will run out", extra={"job_id": str(job_id)}, exc_info=True)


async def _patiently(call: Callable[[], Awaitable[_T]]) -> _T:
    """The call's result, tried again while a system it needs is away."""
    for wait in _STORING_WAITS:
        try:
            return await call()
        except Unavailable:
            _log.warning("trying again", extra={"in_seconds": wait}, exc_info=True)
            await asyncio.sleep(wait)
    return await call()
