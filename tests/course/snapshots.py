"""A course as the database holds it, every recorded column, and what must hold of it."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from course import parts
from course.database import Database
from course.models.revision import Kind, Revision
from course.outline import load_course
from course.tables import RevisionRow

Snapshot = dict[tuple[Kind, UUID], dict[str, Any]]


async def snapshot(database: Database, course_id: UUID) -> Snapshot:
    """Every part with every column that revisions record."""
    found: Snapshot = {}
    async with database.transaction() as session:
        for kind, table in parts.TABLE.items():
            columns = table.__table__.c
            query = select(columns.id, *(columns[name] for name in parts.STATE[kind]))
            of_course = columns["id" if kind is Kind.COURSE else "course_id"] == course_id
            for part_id, *values in await session.execute(query.where(of_course)):
                state = dict(zip(parts.STATE[kind], values, strict=True))
                found[kind, part_id] = {name: str(one) if isinstance(one, UUID) else one for name, one in state.items()}
    return found


def after(before: Snapshot, revision: Revision) -> Snapshot:
    """What the recorded changes make of a course."""
    made = {key: dict(columns) for key, columns in before.items()}
    for change in revision.changes:
        key = (change.kind, change.id)
        if change.before is None:
            assert key not in made
        else:
            assert all(made[key][name] == value for name, value in change.before.items())
        if change.after is None:
            del made[key]
        else:
            made[key] = made.get(key, {}) | change.after
    return made


async def assert_sound(database: Database, course_id: UUID, now: Snapshot) -> None:
    """It can be read, places are distinct, numbers point at something, and no revision is missing."""
    async with database.transaction() as session:
        course = await load_course(session, course_id)
        query = select(RevisionRow.number).where(RevisionRow.course_id == course_id).order_by(RevisionRow.number)
        assert list(await session.scalars(query)) == list(range(1, course.revision + 1))
    for lesson in course.lessons:
        for item in lesson.quiz:
            assert 0 <= item.answer < len(item.choices)
            assert 0 <= item.objective < max(1, len(lesson.objectives))
    ranks: dict[tuple[Kind, str], list[str]] = defaultdict(list)
    for (kind, _), columns in now.items():
        if kind is not Kind.COURSE:
            ranks[kind, columns.get(parts.PARENT[kind][0], "")].append(columns["rank"])
    assert all(len(set(siblings)) == len(siblings) for siblings in ranks.values())
