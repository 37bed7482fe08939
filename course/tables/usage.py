"""What was spent."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, Id, Moment, Texts


class UsageRow(Base):
    """One priced use of a model or the press."""

    __tablename__ = "usage"

    id: Mapped[Id]
    course_id: Mapped[UUID | None] = mapped_column(ForeignKey("courses.id", ondelete="SET NULL"), index=True)
    lesson_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    purpose: Mapped[Texts]
    """The role that used it: director, outliner, writer, reviewer, tutor, embedding, speech, render."""
    model: Mapped[Texts]
    input_units: Mapped[int] = mapped_column(BigInteger)
    """Tokens in, characters of speech, or milliseconds of rendering."""
    output_units: Mapped[int] = mapped_column(BigInteger)
    cost_usd: Mapped[Decimal] = mapped_column(Numeric(12, 6))
    at: Mapped[Moment]
