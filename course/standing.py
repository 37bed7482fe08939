"""Which changes of a course stand and which are taken back, kept true as undo, redo and going back turn them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from course.errors import Invalid, NotFound
from course.tables import RevisionRow


async def revision_row(session: AsyncSession, course_id: UUID, number: int) -> RevisionRow:
    """That revision. Raises `NotFound`."""
    row = await session.get(RevisionRow, (course_id, number))
    if row is None:
        raise NotFound(f"There is no revision {number}. Ask “what changed” to see the latest ones.")
    return row


async def last_change(session: AsyncSession, course_id: UUID) -> RevisionRow:
    """The last change that stands and is itself no undo or redo. Raises `Invalid`."""
    rows = await last_changes(session, course_id, limit=1)
    if not rows:
        raise Invalid("There is nothing to undo.")
    return rows[0]


async def last_changes(session: AsyncSession, course_id: UUID, *, limit: int) -> list[RevisionRow]:
    """The last changes that stand and are no undo or redo, newest first."""
    query = select(RevisionRow).where(
        RevisionRow.course_id == course_id,
        RevisionRow.undoes.is_(None),
        RevisionRow.redoes.is_(None),
        RevisionRow.undone_by.is_(None),
    )
    return list(await session.scalars(query.order_by(RevisionRow.number.desc()).limit(limit)))


async def last_undo(session: AsyncSession, course_id: UUID) -> RevisionRow:
    """The last undo that stands, unless the course was taken back to an older state after it. Raises `Invalid`."""
    gone_back = (
        select(func.max(RevisionRow.number))
        .where(RevisionRow.course_id == course_id, RevisionRow.back_to.is_not(None), RevisionRow.undone_by.is_(None))
        .scalar_subquery()
    )
    query = select(RevisionRow).where(
        RevisionRow.course_id == course_id,
        RevisionRow.undoes.is_not(None),
        RevisionRow.undone_by.is_(None),
        RevisionRow.number > func.coalesce(gone_back, 0),
    )
    row = await session.scalar(query.order_by(RevisionRow.number.desc()).limit(1))
    if row is None:
        raise Invalid("There is nothing to redo.")
    return row


def turned_by(rows: Iterable[RevisionRow]) -> list[int]:
    """The changes that are turned (made to stand, or not) when all these revisions are taken back."""
    turned: set[int] = set()
    for row in rows:
        turned ^= {abs(number) for number in row.turns or []}
        if row.undoes is None and row.redoes is None:
            turned ^= {row.number}
    return sorted(turned)


async def turn(session: AsyncSession, course_id: UUID, numbers: Sequence[int], by: int) -> list[int]:
    """Those that stand are taken back by revision `by`, the others stand again; what `RevisionRow.turns` holds."""
    if not numbers:
        return []
    of_course = RevisionRow.course_id == course_id
    query = select(RevisionRow.number, RevisionRow.undone_by).where(of_course, RevisionRow.number.in_(numbers))
    undone = dict((await session.execute(query)).tuples().all())
    falling = [number for number, word in undone.items() if word is None]
    rising = [number for number, word in undone.items() if word is not None]
    await mark(session, course_id, falling, by)
    await mark(session, course_id, rising, None)
    # The undo that had taken them back is itself taken back.
    undos = select(RevisionRow.number).where(
        of_course, RevisionRow.number.in_({undone[number] for number in rising}), RevisionRow.undoes.is_not(None)
    )
    await mark(session, course_id, list(await session.scalars(undos)), by)
    return sorted([-number for number in falling] + rising, key=abs)


async def mark(session: AsyncSession, course_id: UUID, numbers: Sequence[int], by: int | None) -> None:
    """These are taken back by revision `by`; null for: they stand."""
    if numbers:
        rows = (RevisionRow.course_id == course_id) & RevisionRow.number.in_(numbers)
        await session.execute(update(RevisionRow).where(rows).values(undone_by=by))


async def is_undone(session: AsyncSession, course_id: UUID, number: int) -> bool:
    """Whether that revision is taken back as things stand. Raises `NotFound`.

    An undo or redo stands as long as the changes that it turned are as it left them.
    """
    row = await revision_row(session, course_id, number)
    if row.undoes is None and row.redoes is None:
        return row.undone_by is not None
    query = select(RevisionRow.number).where(
        RevisionRow.course_id == course_id,
        RevisionRow.number.in_([abs(one) for one in row.turns or []]),
        RevisionRow.undone_by.is_not(None),
    )
    undone = set(await session.scalars(query))
    return any((-one not in undone) if one < 0 else (one in undone) for one in row.turns or [])
