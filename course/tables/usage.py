"""What was spent, and what is set aside for calls under way."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, CourseId, Id, Moment, Texts


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
    cost_usd: Mapped[Decimal | None] = mapped_column(Numeric(18, 10))
    """At the prices of its moment; null when the model's price was not known."""
    at: Mapped[Moment]


class HoldRow(Base):
    """Money of a budget set aside for a call to a model, until what the call took is recorded."""

    __tablename__ = "holds"

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    usd: Mapped[Decimal] = mapped_column(Numeric(18, 10))
    until: Mapped[Moment]
    """From then on it counts no more: whoever set it aside has died."""
