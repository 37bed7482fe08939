"""Renders as people ask for them: estimated, asked for once, watched, cancelled."""

from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course import access, budget
from course.budget import speech_cost
from course.database import Database
from course.errors import NotFound
from course.logs import current_traceparent
from course.models.outline import Outline
from course.models.rendering import Estimate, JobState, RenderJob, RenderOrder, Stage
from course.outline import load_lesson, load_outline
from course.prices import Prices, bundled
from course.publishing import edition
from course.rendering.estimate import estimate, measure_pace
from course.rendering.films import films_of, watchable
from course.rendering.jobs import cancel_job
from course.rendering.orders import order_key, render_order
from course.rendering.rows import add_task, as_job, tell, wake
from course.tables import RenderJobRow, RenderRequestRow, ThreadRow

_NO_JOB = "There is no such video job."


class RenderRequests:
    """Renders, as the people of a course see them."""

    def __init__(self, database: Database, *, speech_model: str, voice: str, prices: Prices | None = None) -> None:
        self._database = database
        self._prices = prices or bundled()
        self._speech_model = speech_model
        self._voice = voice

    async def estimate(self, actor: UUID, course_id: UUID, lesson_number: str) -> Estimate:
        """What rendering the lesson (like 1.2) would take. Raises `NotFound` and `Invalid` as `request` does."""
        async with self._database.transaction() as session:
            order, _, _ = await self._order(session, actor, course_id, lesson_number)
            same = RenderJobRow.course_id == course_id, RenderJobRow.key == order_key(order)
            state = await session.scalar(select(RenderJobRow.state).where(*same))
            pace = await measure_pace(session, self._voice)
        return estimate(order, pace, self._prices, already_rendered=state == JobState.DONE)

    async def request(self, actor: UUID, course_id: UUID, lesson_number: str, thread_id: str) -> RenderJob:
        """Asks for the lesson's video; the conversation `thread_id` gets a notice when it is there.

        The same lesson unchanged is the same job: one that runs is joined, one that is done gives its notice at
        once, one that failed or was cancelled is tried again. Raises `NotFound` for an unknown number, `Invalid`
        for a lesson with nothing to show or to say, `OverBudget` when its speech costs more than the course may.
        """
        async with self._database.transaction() as session:
            order, lesson_id, revision = await self._order(session, actor, course_id, lesson_number)
            await _check_thread(session, actor, thread_id)
            if not await _is_under_way_or_done(session, course_id, order):
                cost = speech_cost(order, self._prices)
                await budget.require(session, course_id, cost, f"the video of lesson {lesson_number}", self._prices)
            row, created = await _job_row(session, actor, course_id, lesson_id, revision, order)
            if row.state in {JobState.FAILED, JobState.CANCELLED}:
                _start_over(row, actor)
                created = True
            if created:
                await add_task(session, row, 1)
                await wake(session, "lectern_renders", row.id)
            waiting = await _wait(session, row, thread_id, actor)
            if row.state == JobState.DONE:
                duration = row.film["duration_seconds"] if row.film else 0.0
                await tell(session, row, waiting, "render_done", duration_seconds=duration)
            await session.flush()
            await session.refresh(row)
            return as_job(row)

    async def cancel(self, actor: UUID, job_id: UUID) -> RenderJob:
        """Ends a job that waits or runs; one that has ended stays as it is. Others who wait for it are told."""
        async with self._database.transaction() as session:
            row = await _editors_job(session, actor, job_id, lock=True)
            if row.state in {JobState.QUEUED, JobState.RUNNING}:
                await _forget_own_requests(session, row, actor)
                await cancel_job(session, row)
                await session.flush()
                await session.refresh(row)
            return as_job(row)

    async def job(self, actor: UUID, job_id: UUID) -> RenderJob:
        """One job of a course the actor edits."""
        async with self._database.transaction() as session:
            return as_job(await _editors_job(session, actor, job_id))

    async def jobs(self, actor: UUID, course_id: UUID, *, limit: int = 50) -> list[RenderJob]:
        """The course's jobs, the one asked for last first."""
        latest = select(RenderJobRow).where(RenderJobRow.course_id == course_id)
        latest = latest.order_by(RenderJobRow.queued_at.desc()).limit(limit)
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return [as_job(row) for row in await session.scalars(latest)]

    async def film(self, actor: UUID, job_id: UUID) -> RenderJob:
        """The job of a finished film, for whoever may watch it: editors, and learners if it is of the edition."""
        async with self._database.transaction() as session:
            return as_job(await watchable(session, actor, job_id))

    async def films(self, actor: UUID, course_id: UUID) -> dict[UUID, RenderJob]:
        """The film to show a learner for each lesson of the published course, by lesson id."""
        async with self._database.transaction() as session:
            await access.reader(session, actor, course_id)
            films = await films_of(session, await edition(session, course_id))
        return {lesson_id: as_job(row) for lesson_id, row in films.items()}

    async def _order(
        self, session: AsyncSession, actor: UUID, course_id: UUID, number: str
    ) -> tuple[RenderOrder, UUID, int]:
        await access.editor(session, actor, course_id)
        outline = await load_outline(session, course_id)
        line = outline.lesson(number)
        if line is None:
            raise NotFound(_no_lesson(outline, number))
        lesson = await load_lesson(session, course_id, line.id)
        order = render_order(outline, lesson, speech_model=self._speech_model, voice=self._voice)
        return order, line.id, outline.revision


def _no_lesson(outline: Outline, number: str) -> str:
    numbers = [lesson.number for lesson in outline.lessons]
    if not numbers:
        return "This course has no lessons yet. Ask me to plan its outline first."
    there = ", ".join(numbers) if len(numbers) <= 12 else f"{numbers[0]} to {numbers[-1]}"
    return f"There is no lesson {number.strip()[:20]}. This course has {there}."


async def _check_thread(session: AsyncSession, actor: UUID, thread_id: str) -> None:
    """A conversation's row may come a moment after its first message; one that is there must be the actor's."""
    thread = await session.get(ThreadRow, thread_id)
    if thread is not None and thread.user_id != actor:
        raise NotFound("There is no such conversation.")


async def _is_under_way_or_done(session: AsyncSession, course_id: UUID, order: RenderOrder) -> bool:
    """Whether its speech is paid for, or set aside, already."""
    same = RenderJobRow.course_id == course_id, RenderJobRow.key == order_key(order)
    state = await session.scalar(select(RenderJobRow.state).where(*same))
    return state in {JobState.QUEUED, JobState.RUNNING, JobState.DONE}


async def _job_row(
    session: AsyncSession, actor: UUID, course_id: UUID, lesson_id: UUID, revision: int, order: RenderOrder
) -> tuple[RenderJobRow, bool]:
    """The course's one job for this order, locked; and whether it is new."""
    row_id = uuid4()
    key = order_key(order)
    await session.execute(
        insert(RenderJobRow)
        .values(
            id=row_id,
            course_id=course_id,
            lesson_id=lesson_id,
            course_revision=revision,
            key=key,
            order=order.model_dump(mode="json"),
            state=JobState.QUEUED,
            stage=Stage.WAITING,
            requested_by=actor,
            traceparent=current_traceparent(),
        )
        .on_conflict_do_nothing(),
    )
    same = select(RenderJobRow).where(RenderJobRow.course_id == course_id, RenderJobRow.key == key)
    row = (await session.scalars(same.with_for_update())).one()
    return row, row.id == row_id


def _start_over(row: RenderJobRow, actor: UUID) -> None:
    row.round += 1
    row.attempt = 0
    row.state, row.stage, row.progress = JobState.QUEUED, Stage.WAITING, 0.0
    row.error, row.worker, row.lease_until = None, None, None
    row.queued_at, row.started_at, row.finished_at = func.now(), None, None
    row.requested_by, row.traceparent = actor, current_traceparent()


async def _wait(session: AsyncSession, row: RenderJobRow, thread_id: str, actor: UUID) -> RenderRequestRow:
    """Notes that the conversation waits (anew) for the job."""
    asked = {"user_id": actor, "requested_at": func.clock_timestamp(), "notified_at": None}
    statement = insert(RenderRequestRow).values(job_id=row.id, thread_id=thread_id, **asked)
    statement = statement.on_conflict_do_update(index_elements=["job_id", "thread_id"], set_=asked)
    await session.execute(statement)
    key = (row.id, thread_id)
    return await session.get_one(RenderRequestRow, key, populate_existing=True)


async def _forget_own_requests(session: AsyncSession, row: RenderJobRow, actor: UUID) -> None:
    """Who cancels need not be told."""
    mine = select(RenderRequestRow).where(RenderRequestRow.job_id == row.id, RenderRequestRow.user_id == actor)
    for request in await session.scalars(mine):
        request.notified_at = request.requested_at


async def _editors_job(session: AsyncSession, actor: UUID, job_id: UUID, *, lock: bool = False) -> RenderJobRow:
    row = await session.get(RenderJobRow, job_id, with_for_update=lock or None)
    if row is None:
        raise NotFound(_NO_JOB)
    try:
        await access.editor(session, actor, row.course_id)
    except NotFound as error:
        raise NotFound(_NO_JOB) from error
    return row
