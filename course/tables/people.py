"""Users."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, Id, MaybeMoment, Moment, Texts


class UserRow(Base):
    """A person who can sign in. `password_hash` is argon2id, or null for those who sign in with Google."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("role IN ('learner', 'instructor', 'operator')", name="role"),)

    id: Mapped[Id]
    email: Mapped[Texts] = mapped_column(unique=True)
    """Lower case."""
    name: Mapped[Texts]
    role: Mapped[Texts]
    password_hash: Mapped[Texts | None]
    created_at: Mapped[Moment]
    disabled_at: Mapped[MaybeMoment]
