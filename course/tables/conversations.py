"""Conversations, what Chainlit shows of them, and notices on their way into them.

Chainlit writes in any order and in the background, so steps and elements have no foreign keys
to each other and every write is an upsert. Keys it adds in later versions go into `extra`.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, false
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, Id, Json, MaybeMoment, Moment, Texts


class ThreadRow(Base):
    """A conversation as Chainlit's sidebar lists it. `id` is Chainlit's."""

    __tablename__ = "threads"
    __table_args__ = (Index("ix_threads_user_id_updated_at", "user_id", "updated_at"),)

    id: Mapped[Texts] = mapped_column(primary_key=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[Texts | None]
    tags: Mapped[list[str] | None] = mapped_column(JSONB)
    details: Mapped[Json] = mapped_column("metadata", default=dict)
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]


class StepRow(Base):
    """A message or a tool step, as Chainlit's StepDict."""

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_thread_id_created_at", "thread_id", "created_at"),)

    id: Mapped[Texts] = mapped_column(primary_key=True)
    thread_id: Mapped[Texts]
    parent_id: Mapped[Texts | None]
    name: Mapped[Texts]
    type: Mapped[Texts]
    input: Mapped[Texts]
    output: Mapped[Texts]
    is_error: Mapped[bool]
    created_at: Mapped[Texts | None]
    """Chainlit's ISO string: it sorts, and is given back as it came."""
    extra: Mapped[Json]
    """The other keys of the StepDict."""


class ElementRow(Base):
    """An element of a message (card, player, file), as Chainlit's ElementDict."""

    __tablename__ = "elements"

    id: Mapped[Texts] = mapped_column(primary_key=True)
    thread_id: Mapped[Texts] = mapped_column(index=True)
    for_id: Mapped[Texts | None]
    type: Mapped[Texts]
    name: Mapped[Texts]
    object_name: Mapped[Texts | None]
    """Where its bytes are in the bucket, if it has any."""
    props: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    extra: Mapped[Json]


class FeedbackRow(Base):
    """A thumb up (1) or down (0) on a message."""

    __tablename__ = "feedbacks"

    id: Mapped[Texts] = mapped_column(primary_key=True)
    for_id: Mapped[Texts] = mapped_column(unique=True)
    thread_id: Mapped[Texts | None]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    value: Mapped[int]
    comment: Mapped[Texts | None]


class ConversationRow(Base):
    """What a thread is about, and what its agents remember."""

    __tablename__ = "conversations"

    thread_id: Mapped[Texts] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Texts]
    """studio, learn or operate."""
    course_id: Mapped[UUID | None] = mapped_column(ForeignKey("courses.id", ondelete="SET NULL"), index=True)
    memory: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """The agents' state, with its version."""
    review: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether agents propose changes instead of making them."""
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]


class NoticeRow(Base):
    """Something a conversation must be told, once: committed with what it tells of."""

    __tablename__ = "notices"

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    thread_id: Mapped[Texts] = mapped_column(index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[Texts]
    """render_done, render_failed, …"""
    payload: Mapped[Json]
    created_at: Mapped[Moment]
    delivered_at: Mapped[MaybeMoment] = mapped_column(index=True)
    """When it became a message of its thread."""


class RenderRequestRow(Base):
    """A conversation waiting for a render: who gets the notice."""

    __tablename__ = "render_requests"

    job_id: Mapped[UUID] = mapped_column(ForeignKey("render_jobs.id", ondelete="CASCADE"), primary_key=True)
    thread_id: Mapped[Texts] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    requested_at: Mapped[Moment]
    notified_at: Mapped[MaybeMoment]
