"""Revisions as they are written down and read back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.edit import Edit
from course.models.revision import Change, Revision
from course.settling import settle
from course.spans import net
from course.standing import mark, turn
from course.tables import RevisionRow, UserRow


@dataclass(frozen=True)
class Origin:
    """What a revision is besides a change: see `RevisionRow`. `ends` are undos and redos that it takes back."""

    undoes: int | None = None
    redoes: int | None = None
    back_to: int | None = None
    turns: Sequence[int] | None = None
    ends: Sequence[int] = ()


_CHANGE = Origin()


async def record(session: AsyncSession, actor: UUID, edit: Edit, sentence: str, origin: Origin = _CHANGE) -> None:
    """Writes the revision of an edit, if it changed anything, and wakes the panels that show the course."""
    await settle(edit)
    changes = net(edit.changes)
    await edit.unmark({change.id for change in changes})
    if not changes:
        return
    course = edit.course
    course.revision += 1
    turns = await turn(session, course.id, origin.turns, course.revision) if origin.turns is not None else None
    row = RevisionRow(
        course_id=course.id,
        number=course.revision,
        author_id=actor,
        # Edits of a course come one after another, but their transactions may begin in another order.
        at=func.clock_timestamp(),
        sentence=sentence,
        changes=[change.model_dump(mode="json") for change in changes],
        undoes=origin.undoes,
        redoes=origin.redoes,
        back_to=origin.back_to,
        turns=turns,
    )
    session.add(row)
    await session.flush()
    await mark(session, course.id, origin.ends, course.revision)
    author = await access.person(session, actor)
    edit.revision = as_revision(row, author.name)
    await session.execute(text("SELECT pg_notify('lectern_courses', :id)"), {"id": str(course.id)})


def as_revision(row: RevisionRow, author: str) -> Revision:
    """The row as others see it."""
    return Revision(
        course_id=row.course_id,
        number=row.number,
        author=author,
        at=row.at,
        sentence=row.sentence,
        changes=changes_of(row),
        undoes=row.undoes,
        redoes=row.redoes,
        back_to=row.back_to,
        undone_by=row.undone_by,
    )


def changes_of(row: RevisionRow) -> list[Change]:
    """What it changed."""
    return [Change.model_validate(change) for change in row.changes]


def revisions_query(course_id: UUID) -> Select[RevisionRow, str]:
    """Revisions with their author's name, newest first."""
    return (
        select(RevisionRow, UserRow.name)
        .join(UserRow, UserRow.id == RevisionRow.author_id)
        .where(RevisionRow.course_id == course_id)
        .order_by(RevisionRow.number.desc())
    )
