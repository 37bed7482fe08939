"""Rows of the rendering tables as people see them, and the rows a change of a job leaves behind."""

import hashlib
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course import notices
from course.models.rendering import Film, JobState, RenderJob, RenderOrder, Stage
from course.tables import OutboxRow, RenderJobRow, RenderRequestRow


def as_job(row: RenderJobRow) -> RenderJob:
    """The job as people see it."""
    order = RenderOrder.model_validate(row.order)
    return RenderJob(
        id=row.id,
        course_id=row.course_id,
        lesson_id=row.lesson_id,
        lesson_number=order.lesson_number,
        lesson_title=order.lesson_title,
        state=JobState(row.state),
        stage=Stage(row.stage),
        progress=row.progress,
        attempt=row.attempt,
        error=row.error,
        film=Film.model_validate(row.film) if row.film else None,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


async def add_task(session: AsyncSession, job: RenderJobRow, number: int) -> None:
    """Commits a task with the job: try `number` of the job's round. The same try twice is one task."""
    name = hashlib.sha256(f"{job.id}/{job.round}/{number}".encode()).hexdigest()[:40]
    row = {"task_name": name, "job_id": job.id, "round": job.round, "number": number}
    await session.execute(insert(OutboxRow).values(row).on_conflict_do_nothing())
    await wake(session, "lectern_outbox", job.id)


async def tell_waiting(session: AsyncSession, job: RenderJobRow, kind: str, **more: Any) -> None:
    """A notice for each conversation that waits for the job and has not been told."""
    requests = await session.scalars(
        select(RenderRequestRow)
        .where(RenderRequestRow.job_id == job.id, RenderRequestRow.notified_at.is_(None))
        .with_for_update(),
    )
    for request in requests:
        await tell(session, job, request, kind, **more)


async def tell(session: AsyncSession, job: RenderJobRow, request: RenderRequestRow, kind: str, **more: Any) -> None:
    """A notice for one conversation, once for each time it asked."""
    order = RenderOrder.model_validate(job.order)
    payload = {
        "job_id": str(job.id),
        "course_id": str(job.course_id),
        "lesson_id": str(job.lesson_id),
        "lesson_number": order.lesson_number,
        "lesson_title": order.lesson_title,
        **more,
    }
    asked = uuid5(job.id, f"{request.thread_id}/{request.requested_at.isoformat()}")
    await notices.tell(session, request.thread_id, request.user_id, kind, payload, notice_id=asked)
    request.notified_at = request.requested_at


async def wake(session: AsyncSession, channel: str, about: UUID) -> None:
    """NOTIFY at commit: whoever listens looks at the tables; nothing depends on its arrival."""
    await session.execute(text("SELECT pg_notify(:channel, :about)"), {"channel": channel, "about": str(about)})
