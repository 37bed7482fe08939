"""Course state as parts, each a row with its place, and the revisions that made it.

The six part tables (courses, modules, lessons, objectives, slides, quiz_items) are written only by
`course.edit`, which records the before and after of every column it changes.
`rank` is a fractional index: moving a part touches that part alone.
"""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from course.tables.base import Base, CourseId, Id, Json, JsonList, MaybeMoment, Moment, Rank, Texts


class CourseRow(Base):
    """A course: its own words, and which revision it is at."""

    __tablename__ = "courses"

    id: Mapped[Id]
    title: Mapped[Texts]
    summary: Mapped[Texts]
    audience: Mapped[Texts]
    language: Mapped[Texts]
    tone: Mapped[Texts]
    revision: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    sources_numbered: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many sources were ever attached: the next one's number is one more."""
    budget_usd: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    """What may be spent on it in all; null is no limit."""
    created_at: Mapped[Moment]
    archived_at: Mapped[MaybeMoment]


class ModuleRow(Base):
    """A group of lessons."""

    __tablename__ = "modules"

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    rank: Mapped[Rank]
    title: Mapped[Texts]
    revision: Mapped[int]


class LessonRow(Base):
    """A lesson's plan; its slides, objectives and quiz are parts of their own."""

    __tablename__ = "lessons"

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    module_id: Mapped[UUID] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    rank: Mapped[Rank]
    title: Mapped[Texts]
    minutes: Mapped[int]
    sections: Mapped[JsonList]
    """References of the source sections it rests on."""
    revision: Mapped[int]


class DraftFailureRow(Base):
    """Why a planned lesson could not be written the last time; gone once it is."""

    __tablename__ = "draft_failures"

    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    # No reference to the lesson: undoing its removal brings back the same id.
    course_id: Mapped[CourseId]
    reason: Mapped[Texts]
    at: Mapped[Moment]


class ObjectiveRow(Base):
    """What the learner can do afterwards."""

    __tablename__ = "objectives"

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"), index=True)
    rank: Mapped[Rank]
    text: Mapped[Texts]
    revision: Mapped[int]


class SlideRow(Base):
    """A slide: `body` is a `SlideBody`, `citations` a list of `Citation`."""

    __tablename__ = "slides"

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"), index=True)
    rank: Mapped[Rank]
    title: Mapped[Texts]
    body: Mapped[Json]
    narration: Mapped[Texts]
    citations: Mapped[JsonList]
    revision: Mapped[int]


class QuizItemRow(Base):
    """A quiz item; `answer` and `objective` are indices from 0."""

    __tablename__ = "quiz_items"

    id: Mapped[Id]
    course_id: Mapped[CourseId]
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("lessons.id", ondelete="CASCADE"), index=True)
    rank: Mapped[Rank]
    question: Mapped[Texts]
    choices: Mapped[JsonList]
    answer: Mapped[int]
    explanation: Mapped[Texts]
    objective: Mapped[int]
    revision: Mapped[int]


class RevisionRow(Base):
    """One change to a course: who, when, one sentence, and each part's changed columns before and after."""

    __tablename__ = "revisions"
    __table_args__ = (
        Index("ix_revisions_course_id_at", "course_id", "at"),
        # The last change that stands, and the last undo that does, are found at once however long the history is.
        Index(
            "ix_revisions_standing",
            "course_id",
            "number",
            postgresql_where=text("undoes IS NULL AND redoes IS NULL AND undone_by IS NULL"),
        ),
        Index(
            "ix_revisions_undos",
            "course_id",
            "number",
            postgresql_where=text("undoes IS NOT NULL AND undone_by IS NULL"),
        ),
        Index("ix_revisions_back_to", "course_id", "number", postgresql_where=text("back_to IS NOT NULL")),
    )

    course_id: Mapped[UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Moment]
    sentence: Mapped[Texts]
    changes: Mapped[JsonList]
    undoes: Mapped[int | None]
    """For an undo: the change it takes back (of several, the latest)."""
    redoes: Mapped[int | None]
    """For a redo: the undo it takes back."""
    back_to: Mapped[int | None]
    """For going back: the revision whose state it brought again."""
    turns: Mapped[list[int] | None] = mapped_column(JSONB(none_as_null=True))
    """The changes that an undo, a redo or going back brought again, or (negative) took back; null for any other."""
    undone_by: Mapped[int | None]
    """The revision that took this one back; null while it stands."""


class EditionRow(Base):
    """What learners see: the whole course as it was when it was published."""

    __tablename__ = "editions"

    course_id: Mapped[UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[Json]
    published_at: Mapped[Moment]
    published_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    indexed_at: Mapped[MaybeMoment]
    """When its passages were in Qdrant; null is work for the indexer."""


class MemberRow(Base):
    """A co-author of a course."""

    __tablename__ = "members"

    course_id: Mapped[UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[Moment]
    told_at: Mapped[MaybeMoment]
    """When a conversation of theirs told them; null until then."""


class InvitationRow(Base):
    """An address asked to edit a course with its owner; it becomes a `MemberRow` when its person signs in."""

    __tablename__ = "invitations"

    course_id: Mapped[UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[Texts] = mapped_column(primary_key=True, index=True)
    """Lower case."""
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    at: Mapped[Moment]


class EnrollmentRow(Base):
    """A learner in a published course."""

    __tablename__ = "enrollments"
    __table_args__ = (Index("ix_enrollments_user_id", "user_id"),)

    course_id: Mapped[UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[Moment]
