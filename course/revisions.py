"""The history of courses: changes recorded, taken back, brought again and looked up.

`Revisions.edit` takes the course's row for the length of the transaction, so that changes to one
course come one after another; changes to different courses never wait for each other.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from course import access, standing
from course.database import Database
from course.dependents import built_on
from course.edit import Edit
from course.errors import BuiltOn, Conflict, Invalid, NotFound
from course.models.revision import Change, Revision
from course.records import Origin, as_revision, changes_of, record, revisions_query
from course.tables import CourseRow, RevisionRow
from course.taking_back import take_back, take_back_untouched

_MOST_AT_ONCE = 100
_NAMED = 4


class Reach(StrEnum):
    """How far an undo goes when later changes built on what it takes back."""

    EXACT = "exact"
    """Not at all: it is refused, and says which changes those are."""
    WITH_LATER = "with_later"
    """Those are taken back too."""
    UNTOUCHED = "untouched"
    """What nobody touched since is taken back, the rest stays."""


class Revisions:
    """The history of courses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def edit(
        self, actor: UUID, course_id: UUID, sentence: str, *, base: int | None = None
    ) -> AsyncIterator[Edit]:
        """A transaction that becomes one revision, or none if nothing was changed.

        Raises `NotFound` when the actor may not edit the course, `Conflict` when someone else changed after `base`
        what it changes.
        """
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            change = Edit(session, course, base, actor=actor)
            yield change
            await record(session, actor, change, sentence)

    async def undo(
        self,
        actor: UUID,
        course_id: UUID,
        number: int | None = None,
        *,
        count: int = 1,
        reach: Reach = Reach.EXACT,
    ) -> Revision:
        """Takes back a revision, or the last `count` changes that still stand, by one new revision.

        Undoing an undo is `redo`; undoing a redo takes its change back once more. Raises `BuiltOn` when later changes
        built on it and `reach` does not say what to do, `Invalid` when there is nothing to undo.
        """
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            if number is None:
                rows = [await standing.last_change(session, course_id)]
                if count > 1:
                    rows = await _last_changes(session, course, min(count, _MOST_AT_ONCE))
            else:
                rows = [await standing.revision_row(session, course_id, number)]
                if await standing.is_undone(session, course_id, number):
                    raise Invalid("That change is already undone.")
            return await _take_back(session, actor, course, rows, reach)

    async def redo(self, actor: UUID, course_id: UUID) -> Revision:
        """Brings again what the last undo took back. Raises `Invalid` when there is nothing to redo."""
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            row = await standing.last_undo(session, course_id)
            return await _take_back(session, actor, course, [row], Reach.EXACT)

    async def go_back(self, actor: UUID, course_id: UUID, number: int) -> Revision:
        """Makes the course what it was at revision `number` (0 is how it began), by one new revision.

        Raises `NotFound` when there was no such revision, `Invalid` when it is like that already.
        """
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            if not 0 <= number <= course.revision:
                raise NotFound(f"There is no revision {number}. The course is at revision {course.revision}.")
            then = await standing.revision_row(session, course_id, number) if number else None
            rows = await _after(session, course_id, number)
            edit = Edit(session, course, None, actor=actor)
            await take_back(edit, [change for row in rows for change in changes_of(row)])
            sentence = f"Went back to revision {number}" + (f": {then.sentence}" if then else ", the beginning")
            await record(session, actor, edit, sentence, Origin(back_to=number, turns=standing.turned_by(rows)))
        if edit.revision is None:
            raise Invalid(f"The course is as it was at revision {number} already.")
        return edit.revision

    async def history(
        self, actor: UUID, course_id: UUID, *, limit: int = 20, before: int | None = None
    ) -> list[Revision]:
        """The latest revisions, newest first."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            query = revisions_query(course_id).limit(limit)
            if before is not None:
                query = query.where(RevisionRow.number < before)
            return [as_revision(row, author) for row, author in (await session.execute(query)).tuples()]

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
            return await standing.is_undone(session, course_id, number)


async def _last_changes(session: AsyncSession, course: CourseRow, count: int) -> list[RevisionRow]:
    """The last changes that stand, each found as if the later ones were taken back already; oldest first."""
    numbers: list[int] = []
    async with session.begin_nested() as trial:
        while len(numbers) < count and (found := await standing.last_changes(session, course.id, limit=1)):
            numbers.append(found[0].number)
            await standing.turn(session, course.id, standing.turned_by(found), course.revision + 1)
        await trial.rollback()
    query = select(RevisionRow).where(RevisionRow.course_id == course.id, RevisionRow.number.in_(numbers))
    rows = await session.scalars(query.order_by(RevisionRow.number).execution_options(populate_existing=True))
    return list(rows)


async def _take_back(
    session: AsyncSession, actor: UUID, course: CourseRow, rows: Sequence[RevisionRow], reach: Reach
) -> Revision:
    changes = [change for row in rows for change in changes_of(row)]
    edit = Edit(session, course, None, actor=actor)
    if reach is Reach.UNTOUCHED:
        await take_back_untouched(edit, changes)
    elif reach is Reach.WITH_LATER:
        rows = sorted([*rows, *await _built_on(session, course, rows, changes)], key=lambda row: row.number)
        await take_back(edit, [change for row in rows for change in changes_of(row)])
    else:
        await _take_back_exactly(session, edit, rows, changes)
    await record(session, actor, edit, _told(rows, reach), _origin(rows))
    if edit.revision is None:
        raise Invalid("Nothing is left of that change that could be undone: later changes touched all of it.")
    return edit.revision


async def _take_back_exactly(
    session: AsyncSession, edit: Edit, rows: Sequence[RevisionRow], changes: Sequence[Change]
) -> None:
    try:
        await take_back(edit, changes)
    except Conflict as obstacle:
        later = await _built_on(session, edit.course, rows, changes)
        raise _refusal(rows[0], later, obstacle) from obstacle


async def _built_on(
    session: AsyncSession, course: CourseRow, rows: Sequence[RevisionRow], changes: Sequence[Change]
) -> list[RevisionRow]:
    taken = {row.number for row in rows}
    later = [row for row in await _after(session, course.id, rows[0].number) if row.number not in taken]
    numbers = {one.number for one in built_on(changes, [as_revision(row, "") for row in later])}
    return [row for row in later if row.number in numbers]


async def _after(session: AsyncSession, course_id: UUID, number: int) -> list[RevisionRow]:
    query = select(RevisionRow).where(RevisionRow.course_id == course_id, RevisionRow.number > number)
    return list(await session.scalars(query.order_by(RevisionRow.number)))


def _refusal(row: RevisionRow, later: Sequence[RevisionRow], obstacle: Conflict) -> BuiltOn:
    standing_ones = [one for one in later if one.undone_by is None and one.undoes is None] or list(later)
    named = "; ".join(f"revision {one.number}, “{one.sentence}”" for one in standing_ones[:_NAMED])
    more = f" and {len(standing_ones) - _NAMED} more" if len(standing_ones) > _NAMED else ""
    reason = (
        f"because later changes built on it: {named}{more}." if named else f"because of what came later: {obstacle}"
    )
    return BuiltOn(
        f"Revision {row.number}, “{row.sentence}”, cannot be undone by itself, {reason} "
        f"Say “undo {row.number} and what built on it” to take these back too, or “undo what can be undone of "
        f"{row.number}” to take back only what nobody touched since.",
        row.number,
        [one.number for one in standing_ones],
    )


def _told(rows: Sequence[RevisionRow], reach: Reach) -> str:
    """What the new revision is called."""
    first = rows[0]
    if first.undoes is not None and len(rows) == 1:
        return f"Redo: {first.sentence.removeprefix('Undo: ')}"
    sentence = first.sentence.removeprefix("Redo: ")
    if len(rows) == 1:
        return f"Undo{' in part' if reach is Reach.UNTOUCHED else ''}: {sentence}"
    if reach is Reach.WITH_LATER:
        later = len(standing.turned_by(rows)) - 1
        return f"Undo: {sentence}" + (
            f", and {later} later {'change' if later == 1 else 'changes'}" if later > 0 else ""
        )
    return f"Undo: the last {len(rows)} changes, from “{sentence}” on"


def _origin(rows: Sequence[RevisionRow]) -> Origin:
    turns = standing.turned_by(rows)
    steps = [row.number for row in rows if row.undoes is not None or row.redoes is not None]
    if len(rows) == 1 and rows[0].undoes is not None:
        return Origin(redoes=rows[0].number, turns=turns, ends=steps)
    return Origin(undoes=max(turns, default=rows[0].number), turns=turns, ends=steps)
