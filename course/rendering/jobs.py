"""A render job from the press's side: claimed, kept by a heartbeat, ended one way or another.

    queued ──claim──▶ running ──complete──▶ done
       ▲                │  └────fail──────▶ failed      (also after the last attempt)
       └────release─────┘        (anyone cancels) ──▶ cancelled

A job is the worker's whose name stands in its row. Every write below asks for that name, so a worker
that was taken over or cancelled changes nothing any more.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, Update, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from course.budget import standing
from course.database import Database
from course.errors import Busy, LecternError
from course.models.rendering import Film, JobState, RenderOrder, Stage
from course.prices import Prices, bundled
from course.rendering.orders import speech_characters
from course.rendering.rows import tell_waiting, wake
from course.tables import RenderJobRow, UsageRow
from course.usage import usage_row

_LONGEST_REST = 300.0
# The renderer's own count of work (`render_service.production`) when all is spoken, and the stages after that.
_SPOKEN_AT = 0.8
_AFTER_SPEECH = {Stage.FILM, Stage.UPLOAD, Stage.FINISHED}
_NO_MONEY = "Another try would pass the budget of this course: raise it, then ask for the video again."


class AlreadyEnded(LecternError):
    """The job is done, failed, cancelled or gone: there is nothing to do."""


class RenderJobs:
    """Jobs, as the press works on them."""

    def __init__(
        self, database: Database, *, attempts: int = 5, rest_seconds: float = 5.0, prices: Prices | None = None
    ) -> None:
        """After `attempts` claims without an end a job has failed; between two it rests, twice as long each time."""
        self._database = database
        self._prices = prices or bundled()
        self._attempts = attempts
        self._rest_seconds = rest_seconds

    async def claim(self, job_id: UUID, worker: str, lease_seconds: float) -> RenderOrder:
        """Takes the job for `lease_seconds` and counts one attempt. `worker` must be new for each claim.

        Raises `Busy` while another worker has it or it rests, `AlreadyEnded` when there is nothing left to do;
        a job that used up its attempts is recorded as failed on the way.
        """
        job = RenderJobRow
        async with self._database.transaction() as session:
            free = or_(job.lease_until.is_(None), job.lease_until < func.now())
            order = await session.scalar(
                update(job)
                .where(job.id == job_id, job.state.in_(["queued", "running"]), free, job.attempt < self._attempts)
                .values(
                    state=JobState.RUNNING,
                    stage=Stage.WAITING,
                    progress=0.0,
                    worker=worker,
                    lease_until=_after(lease_seconds),
                    attempt=job.attempt + 1,
                    started_at=func.now(),
                )
                .returning(job.order),
            )
            if order is not None:
                await wake(session, "lectern_renders", job_id)
                return RenderOrder.model_validate(order)
            refusal = await self._refuse(session, job_id)
        raise refusal

    async def _refuse(self, session: AsyncSession, job_id: UUID) -> LecternError:
        query = select(RenderJobRow, func.coalesce(RenderJobRow.lease_until >= func.now(), False))
        found = (await session.execute(query.where(RenderJobRow.id == job_id).with_for_update())).one_or_none()
        if found is None:
            return AlreadyEnded("There is no such render job any more.")
        row, leased = found
        if row.state not in {JobState.QUEUED, JobState.RUNNING}:
            return AlreadyEnded(f"This render job has ended: it is {row.state}.")
        if leased or row.attempt < self._attempts:
            return Busy("Another worker has this render job, or it rests before its next attempt.")
        await _end(session, row, JobState.FAILED, row.error or "The video could not be made: the press stopped midway.")
        return AlreadyEnded("This render job has used up its attempts and is recorded as failed.")

    async def heartbeat(self, job_id: UUID, worker: str, lease_seconds: float, stage: Stage, progress: float) -> bool:
        """Keeps the lease and shows how far the job is. False: stop now, it was cancelled or taken over."""
        change = {"lease_until": _after(lease_seconds), "stage": stage, "progress": min(max(progress, 0.0), 1.0)}
        async with self._database.transaction() as session:
            kept = await _changed(session, _mine(job_id, worker).values(**change))
            if kept:
                await wake(session, "lectern_renders", job_id)
        return kept

    async def complete(
        self, job_id: UUID, worker: str, film: Film, *, speech_characters: int, render_seconds: float
    ) -> bool:
        """Records the film, what it cost, and a notice for each conversation that waits, all in one transaction.

        False, and nothing is changed, when the worker has lost the job.
        """
        async with self._owned(job_id, worker) as (session, row):
            if row is None:
                return False
            order = RenderOrder.model_validate(row.order)
            spoken = usage_row("speech", order.speech_model, speech_characters, prices=self._prices)
            rendered = usage_row("render", "press", round(render_seconds * 1000), prices=self._prices)
            for use in (spoken, rendered):
                use.course_id, use.lesson_id, use.user_id = row.course_id, row.lesson_id, row.requested_by
                session.add(use)
            row.film = film.model_dump(mode="json")
            row.progress = 1.0
            row.stage = Stage.FINISHED
            await _end(session, row, JobState.DONE, None, **_told(spoken))
        return True

    async def fail(self, job_id: UUID, worker: str, sentence: str) -> bool:
        """Records that the video cannot be made, and tells those who wait. False when the worker has lost the job."""
        async with self._owned(job_id, worker) as (session, row):
            if row is not None:
                await self._charge_attempt(session, row)
                await _end(session, row, JobState.FAILED, sentence)
            return row is not None

    async def release(self, job_id: UUID, worker: str, sentence: str, *, interrupted: bool = False) -> bool:
        """Gives the job back after a trouble that may pass. True: it will be tried again, after a rest.

        False: that was the last attempt and it is recorded as failed, or the worker has lost the job.
        `interrupted` is for a press that is told to stop: the attempt does not count, and the job need not rest.
        """
        async with self._owned(job_id, worker) as (session, row):
            if row is None:
                return False
            await self._charge_attempt(session, row)
            if row.attempt >= self._attempts and not interrupted:
                await _end(session, row, JobState.FAILED, sentence)
                return False
            if await self._is_overdrawn(session, row.course_id):
                await _end(session, row, JobState.FAILED, f"{sentence} {_NO_MONEY}")
                return False
            rest = 0.0 if interrupted else min(self._rest_seconds * 2 ** (row.attempt - 1), _LONGEST_REST)
            row.attempt -= interrupted
            row.state, row.stage, row.progress = JobState.QUEUED, Stage.WAITING, 0.0
            row.worker, row.error = None, sentence
            row.lease_until, row.queued_at = _after(rest), func.now()
            await wake(session, "lectern_renders", job_id)
        return True

    async def _charge_attempt(self, session: AsyncSession, row: RenderJobRow) -> None:
        """What was spoken in an attempt that came to nothing has to be paid all the same: by how far it was."""
        order = RenderOrder.model_validate(row.order)
        share = min(1.0, row.progress / _SPOKEN_AT) if row.stage == Stage.SPEECH else float(row.stage in _AFTER_SPEECH)
        if characters := round(speech_characters(order) * share):
            use = usage_row("speech", order.speech_model, characters, prices=self._prices)
            use.course_id, use.lesson_id, use.user_id = row.course_id, row.lesson_id, row.requested_by
            session.add(use)
            await session.flush()

    async def _is_overdrawn(self, session: AsyncSession, course_id: UUID) -> bool:
        """Whether another try would pass the budget: the job itself still counts as money set aside."""
        budget = await standing(session, course_id, self._prices)
        return budget is not None and budget.spent_usd + budget.held_usd > budget.limit_usd

    @asynccontextmanager
    async def _owned(self, job_id: UUID, worker: str) -> AsyncIterator[tuple[AsyncSession, RenderJobRow | None]]:
        """The job's row, locked, if it is this worker's."""
        mine = (RenderJobRow.id == job_id, RenderJobRow.worker == worker, RenderJobRow.state == JobState.RUNNING)
        async with self._database.transaction() as session:
            yield session, await session.scalar(select(RenderJobRow).where(*mine).with_for_update())


async def cancel_job(session: AsyncSession, row: RenderJobRow) -> None:
    """Ends a job nobody wants any more; its worker learns of it at the next heartbeat. `row` must be locked."""
    await _end(session, row, JobState.CANCELLED, None)


def _told(spoken: UsageRow) -> dict[str, Any]:
    """What the video cost, for those who asked; nothing where it costs nothing. Null is a price that is not known."""
    cost = spoken.cost_usd
    if not spoken.input_units or cost == 0:
        return {}
    return {"cost_usd": None if cost is None else float(cost)}


async def _end(session: AsyncSession, row: RenderJobRow, state: JobState, sentence: str | None, **more: Any) -> None:
    row.state, row.error = state, sentence
    row.worker, row.lease_until = None, None
    row.finished_at = func.now()
    more |= {"sentence": sentence} if sentence else {}
    if row.film and state is JobState.DONE:
        more["duration_seconds"] = Film.model_validate(row.film).duration_seconds
    await tell_waiting(session, row, f"render_{state}", **more)
    await wake(session, "lectern_renders", row.id)


def _mine(job_id: UUID, worker: str) -> Update:
    job = RenderJobRow
    return update(job).where(job.id == job_id, job.worker == worker, job.state == JobState.RUNNING)


async def _changed(session: AsyncSession, statement: Update) -> bool:
    result = await session.execute(statement)
    return isinstance(result, CursorResult) and result.rowcount == 1


def _after(seconds: float) -> Any:
    """A moment of the database's clock, which all workers share."""
    return func.now() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
