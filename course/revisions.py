"""The history of courses: changes recorded, taken back and looked up.

`Revisions.edit` takes the course's row for the length of the transaction, so that changes to one
course come one after another; changes to different courses never wait for each other.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.edit import Edit
from course.errors import Invalid, NotFound
from course.models.revision import Change, Revision
from course.tables import RevisionRow, UserRow

# How many steps (undo, redo, undo …) lie between a revision and the last one that took it back or restored it.
_LAST_WORD = text("""
    WITH RECURSIVE chain (number, steps) AS (
        SELECT number, 1 FROM revisions WHERE course_id = :course AND undoes = :number
        UNION ALL
        SELECT later.number, chain.steps + 1
        FROM chain JOIN revisions AS later ON later.course_id = :course AND later.undoes = chain.number
    )
    SELECT steps FROM chain ORDER BY number DESC LIMIT 1
""")


class Revisions:
    """The history of courses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def edit(
        self,
        actor: UUID,
        course_id: UUID,
        sentence: str,
        *,
        base: int | None = None,
        undoes: int | None = None,
    ) -> AsyncIterator[Edit]:
        """A transaction that becomes one revision, or none if nothing was changed.

        Raises `NotFound` when the actor may not edit the course, `Conflict` when a part it touches
        was changed after `base`.
        """
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            change = Edit(session, course, base)
            yield change
            await record(session, actor, change, sentence, undoes=undoes)

    async def undo(self, actor: UUID, course_id: UUID, number: int | None = None) -> Revision:
        """Takes back a revision (the last that still stands) by a new one. An undo can be undone: that is redo.

        Raises `Conflict` when later changes built on it, `Invalid` when there is nothing to undo.
        """
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            row = await _standing(session, course_id, number)
            edit = Edit(session, course, None)
            await edit.take_back([Change.model_validate(change) for change in row.changes])
            await record(session, actor, edit, f"Undo: {row.sentence}", undoes=row.number)
        if edit.revision is None:
            raise Invalid("That change is already undone.")
        return edit.revision

    async def history(
        self, actor: UUID, course_id: UUID, *, limit: int = 20, before: int | None = None
    ) -> list[Revision]:
        """The latest revisions, newest first."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            query = (
                select(RevisionRow, UserRow.name)
                .join(UserRow, UserRow.id == RevisionRow.author_id)
                .where(RevisionRow.course_id == course_id)
                .order_by(RevisionRow.number.desc())
                .limit(limit)
            )
            if before is not None:
                query = query.where(RevisionRow.number < before)
            return [_as_revision(row, author) for row, author in await session.execute(query)]

    async def revision(self, actor: UUID, course_id: UUID, number: int) -> Revision:
        """One revision, with its changes."""
        found = await self.history(actor, course_id, limit=1, before=number + 1)
        if not found or found[0].number != number:
            raise NotFound(f"There is no revision {number}.")
        return found[0]

    async def is_undone(self, actor: UUID, course_id: UUID, number: int) -> bool:
        """Whether that revision is taken back as things stand: an undo that was undone counts no more."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            steps = await session.scalar(_LAST_WORD, {"course": course_id, "number": number})
        return bool(steps % 2) if steps is not None else False


async def record(session: AsyncSession, actor: UUID, edit: Edit, sentence: str, *, undoes: int | None = None) -> None:
    """Writes the revision of an edit, if it changed anything, and wakes the panels that show the course."""
    if not edit.changes:
        return
    course = edit.course
    course.revision += 1
    row = RevisionRow(
        course_id=course.id,
        number=course.revision,
        author_id=actor,
        sentence=sentence,
        changes=[change.model_dump(mode="json") for change in edit.changes],
        undoes=undoes,
    )
    session.add(row)
    await session.flush()
    author = await access.person(session, actor)
    edit.revision = _as_revision(row, author.name)
    await session.execute(text("SELECT pg_notify('lectern_courses', :id)"), {"id": str(course.id)})


async def _standing(session: AsyncSession, course_id: UUID, number: int | None) -> RevisionRow:
    """Revision `number`, or the last that is neither an undo nor undone."""
    undone = select(RevisionRow.undoes).where(RevisionRow.course_id == course_id, RevisionRow.undoes.is_not(None))
    query = select(RevisionRow).where(RevisionRow.course_id == course_id)
    if number is not None:
        query = query.where(RevisionRow.number == number)
    else:
        query = query.where(RevisionRow.undoes.is_(None), RevisionRow.number.not_in(undone))
    row = await session.scalar(query.order_by(RevisionRow.number.desc()).limit(1))
    if row is None:
        raise Invalid("There is nothing to undo." if number is None else f"There is no revision {number}.")
    return row


def _as_revision(row: RevisionRow, author: str) -> Revision:
    return Revision(
        course_id=row.course_id,
        number=row.number,
        author=author,
        at=row.at,
        sentence=row.sentence,
        changes=[Change.model_validate(change) for change in row.changes],
        undoes=row.undoes,
    )
