"""Render jobs and the outbox that carries them to the task queue."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Double, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, CourseId, Id, Json, MaybeMoment, Moment, Texts


class RenderJobRow(Base):
    """One lesson's video to be made, being made or made. Same course and `key`: same video, same row."""

    __tablename__ = "render_jobs"
    __table_args__ = (
        UniqueConstraint("course_id", "key"),
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        Index("ix_render_jobs_state_lease_until", "state", "lease_until"),
        Index("ix_render_jobs_lesson_id", "lesson_id"),
    )

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    # No foreign key: a film outlives the lesson it was made from until it is collected.
    lesson_id: Mapped[UUID]
    course_revision: Mapped[int]
    """The revision of the course the order was taken from."""
    key: Mapped[Texts]
    """SHA-256 of the order's canonical JSON and the renderer's version."""
    order: Mapped[Json]
    state: Mapped[Texts]
    stage: Mapped[Texts]
    progress: Mapped[float] = mapped_column(Double, default=0.0)
    attempt: Mapped[int] = mapped_column(default=0)
    """Claims so far in this round of attempts."""
    round: Mapped[int] = mapped_column(default=1)
    """How often it was asked for after it had failed or was cancelled; part of the task's name."""
    worker: Mapped[Texts | None]
    """Who holds the lease; whoever finds another name here has lost the job, be it taken over or cancelled."""
    lease_until: Mapped[MaybeMoment]
    """While running: the job is the worker's until then. While queued after a try that failed: it rests until then."""
    error: Mapped[Texts | None]
    film: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    requested_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    traceparent: Mapped[Texts | None]
    created_at: Mapped[Moment]
    queued_at: Mapped[Moment]
    started_at: Mapped[MaybeMoment]
    finished_at: Mapped[MaybeMoment]


class OutboxRow(Base):
    """A task to be created: committed with its job, sent after."""

    __tablename__ = "outbox"

    task_name: Mapped[Texts] = mapped_column(primary_key=True)
    """The last part of the Cloud Task's name: a hash of job, round and try, so that a repeat is harmless."""
    job_id: Mapped[UUID] = mapped_column(ForeignKey("render_jobs.id", ondelete="CASCADE"), index=True)
    round: Mapped[int]
    number: Mapped[int]
    """Which try of this round: above 1, the reaper took an earlier task for lost."""
    created_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), index=True)
