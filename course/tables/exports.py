"""Courses taken away as files."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, CourseId, Id, Moment, Texts


class ExportRow(Base):
    """A file made of a course at one revision; its bytes are in the bucket under `object_name`."""

    __tablename__ = "exports"

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    format: Mapped[Texts]
    """markdown, handout, slides, videos, scorm or cartridge."""
    revision: Mapped[int]
    filename: Mapped[Texts]
    media_type: Mapped[Texts]
    object_name: Mapped[Texts]
    generation: Mapped[int] = mapped_column(BigInteger)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[Moment]
