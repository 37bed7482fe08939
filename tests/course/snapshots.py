"""A course as the database holds it, every recorded column, and what must hold of it."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from course import parts
from course.database import Database
from course.models.revision import Kind, Revision
from course.outline import load_course
from course.tables import RevisionRow

Snapshot = dict[tuple[Kind, UUID], dict[str, Any]]


_ALL = text(
    " UNION ALL ".join(
        f"SELECT '{kind.value}' AS kind, id, to_jsonb({table.__tablename__}) AS columns FROM {table.__tablename__}"  # noqa: S608 - our own tables
        f" WHERE {'id' if kind is Kind.COURSE else 'course_id'} = :course"
        for kind, table in parts.TABLE.items()
    )
)


async def snapshot(database: Database, course_id: UUID) -> Snapshot:
    """Every part with every column that revisions record."""
    rows = await database.run(_ALL, {"course": course_id})
    return {(Kind(row.kind), row.id): {name: row.columns[name] for name in parts.STATE[Kind(row.kind)]} for row in rows}


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
