"""The press as its operators see it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.models.lesson import Part
from course.models.rendering import JobState, RenderJob
from course.rendering.rows import as_job
from course.tables import OutboxRow, RenderJobRow

_SHOWN = 20
_LATELY = timedelta(hours=24)


class PressState(Part):
    """What waits, what runs, and what came of the last day's jobs; `unsent` tasks have not reached the queue."""

    queued: int
    running: int
    unsent: int
    done_today: int
    failed_today: int
    under_way: list[RenderJob]
    failures: list[RenderJob]


class Desk:
    """Use cases of operators."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(self, actor: UUID) -> PressState:
        """How the press is doing now; operators only."""
        async with self._database.transaction() as session:
            await access.operator(session, actor)
            now = await _counts(session, RenderJobRow.state.in_([JobState.QUEUED, JobState.RUNNING]))
            lately = await _counts(session, RenderJobRow.finished_at > func.now() - _LATELY)
            unsent = select(func.count()).select_from(OutboxRow).where(OutboxRow.sent_at.is_(None))
            return PressState(
                queued=now.get(JobState.QUEUED, 0),
                running=now.get(JobState.RUNNING, 0),
                unsent=await session.scalar(unsent) or 0,
                done_today=lately.get(JobState.DONE, 0),
                failed_today=lately.get(JobState.FAILED, 0),
                under_way=await _jobs(session, JobState.RUNNING, JobState.QUEUED),
                failures=await _jobs(session, JobState.FAILED),
            )


async def _counts(session: AsyncSession, which: ColumnElement[bool]) -> dict[str, int]:
    query = select(RenderJobRow.state, func.count()).where(which).group_by(RenderJobRow.state)
    return dict((await session.execute(query)).tuples().all())


async def _jobs(session: AsyncSession, *states: JobState) -> list[RenderJob]:
    query = select(RenderJobRow).where(RenderJobRow.state.in_(states)).order_by(RenderJobRow.queued_at.desc())
    return [as_job(row) for row in await session.scalars(query.limit(_SHOWN))]
