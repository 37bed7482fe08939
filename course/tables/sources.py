"""Documents, their sections and passages."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, CourseId, Id, MaybeMoment, Moment, Texts


class SourceRow(Base):
    """A document attached to a course; its file stays in the bucket under `object_name`."""

    __tablename__ = "sources"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        UniqueConstraint("course_id", "sha256"),
    )

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    number: Mapped[int]
    title: Mapped[Texts]
    filename: Mapped[Texts]
    media_type: Mapped[Texts]
    sha256: Mapped[Texts]
    object_name: Mapped[Texts]
    words: Mapped[int]
    attached_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Moment]
    indexed_at: Mapped[MaybeMoment]
    """When its passages were in Qdrant; null is work for the indexer."""
    removed_at: Mapped[MaybeMoment]
    """A removed source is written from no more; what cites it can still be looked up."""
    replaced_by: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id", ondelete="SET NULL"))
    """The newer document that took its place."""


class SectionRow(Base):
    """A heading and its text."""

    __tablename__ = "sections"

    source_id: Mapped[UUID] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[Texts]
    level: Mapped[int]
    text: Mapped[Texts]


class PassageRow(Base):
    """A piece of a section, the unit of citation and retrieval."""

    __tablename__ = "passages"

    source_id: Mapped[UUID] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    section: Mapped[int]
    heading: Mapped[Texts]
    page: Mapped[int | None]
    text: Mapped[Texts]
