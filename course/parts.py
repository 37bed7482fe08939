"""A part of a course and its row: which table, which columns are its state, what hangs below it."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.ext.asyncio import AsyncSession

from course.models.revision import Kind
from course.tables import CourseRow, LessonRow, ModuleRow, ObjectiveRow, QuizItemRow, SlideRow

PartRow = CourseRow | ModuleRow | LessonRow | ObjectiveRow | SlideRow | QuizItemRow

TABLE: dict[Kind, type[PartRow]] = {
    Kind.COURSE: CourseRow,
    Kind.MODULE: ModuleRow,
    Kind.LESSON: LessonRow,
    Kind.OBJECTIVE: ObjectiveRow,
    Kind.SLIDE: SlideRow,
    Kind.QUIZ_ITEM: QuizItemRow,
}

PARENT: dict[Kind, tuple[str, Kind]] = {
    Kind.MODULE: ("course_id", Kind.COURSE),
    Kind.LESSON: ("module_id", Kind.MODULE),
    Kind.OBJECTIVE: ("lesson_id", Kind.LESSON),
    Kind.SLIDE: ("lesson_id", Kind.LESSON),
    Kind.QUIZ_ITEM: ("lesson_id", Kind.LESSON),
}
"""The column that names a part's parent, and what kind that is."""

CHILDREN: dict[Kind, tuple[Kind, ...]] = {
    Kind.COURSE: (Kind.MODULE,),
    Kind.MODULE: (Kind.LESSON,),
    Kind.LESSON: (Kind.OBJECTIVE, Kind.SLIDE, Kind.QUIZ_ITEM),
}

STATE: dict[Kind, tuple[str, ...]] = {
    Kind.COURSE: ("title", "summary", "audience", "language", "tone"),
    Kind.MODULE: ("rank", "title"),
    Kind.LESSON: ("module_id", "rank", "title", "minutes", "sections"),
    Kind.OBJECTIVE: ("lesson_id", "rank", "text"),
    Kind.SLIDE: ("lesson_id", "rank", "title", "body", "narration", "citations"),
    Kind.QUIZ_ITEM: ("lesson_id", "rank", "question", "choices", "answer", "explanation", "objective"),
}
"""The columns a revision records: all but identity and bookkeeping."""

WORD: dict[Kind, str] = {kind: kind.value.replace("_", " ") for kind in Kind} | {Kind.QUIZ_ITEM: "quiz question"}
"""What a teacher calls a part of that kind."""

_TOGETHER: dict[Kind, tuple[frozenset[str], ...]] = {
    kind: (frozenset({"rank", PARENT[kind][0]}),) for kind in (Kind.LESSON, Kind.OBJECTIVE, Kind.SLIDE)
} | {
    Kind.QUIZ_ITEM: (
        frozenset({"rank", "lesson_id"}),
        frozenset({"question", "choices", "answer", "explanation"}),
    )
}
"""Columns that make sense only together: two people may not change one each."""


def state(kind: Kind, row: PartRow) -> dict[str, Any]:
    """The part's columns as JSON values."""
    values = {column: getattr(row, column) for column in STATE[kind]}
    return {column: str(value) if isinstance(value, UUID) else value for column, value in values.items()}


def column_value(kind: Kind, column: str, value: Any) -> Any:
    """A JSON value as the column holds it."""
    if isinstance(value, str) and isinstance(TABLE[kind].__table__.c[column].type, Uuid):
        return UUID(value)
    return value


def joined(kind: Kind, columns: Iterable[str]) -> set[str]:
    """These columns, and those that make sense only together with one of them."""
    wanted = set(columns)
    for group in _TOGETHER.get(kind, ()):
        if not group.isdisjoint(wanted):
            wanted |= group
    return wanted


async def find(session: AsyncSession, kind: Kind, part_id: UUID, course_id: UUID) -> PartRow | None:
    """The part's row, if it is of that course."""
    row = cast("PartRow | None", await session.get(TABLE[kind], part_id))
    belongs = row is not None and (row.id if isinstance(row, CourseRow) else row.course_id) == course_id
    return row if belongs else None


async def children(session: AsyncSession, kind: Kind, part_id: UUID) -> list[tuple[Kind, PartRow]]:
    """What hangs directly below a part, each kind in its order."""
    below: list[tuple[Kind, PartRow]] = []
    for child in CHILDREN.get(kind, ()):
        table = TABLE[child].__table__
        query = select(TABLE[child]).where(table.c[PARENT[child][0]] == part_id).order_by(table.c.rank, table.c.id)
        below += [(child, cast("PartRow", row)) for row in await session.scalars(query)]
    return below
