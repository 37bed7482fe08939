"""Changes agents propose in review mode, waiting for the instructor."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, CourseId, Id, JsonList, MaybeMoment, Moment, Texts


class ProposalRow(Base):
    """A change not made yet: what a revision would record, and what was decided about it."""

    __tablename__ = "proposals"
    __table_args__ = (CheckConstraint("state IN ('open', 'accepted', 'declined')", name="state"),)

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    thread_id: Mapped[Texts | None]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    at: Mapped[Moment]
    base: Mapped[int]
    """The course's revision it was made on."""
    sentence: Mapped[Texts]
    changes: Mapped[JsonList]
    state: Mapped[Texts] = mapped_column(default="open")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    decided_at: Mapped[MaybeMoment]
    revision: Mapped[int | None]
    """The revision that the accepted part of it became."""
