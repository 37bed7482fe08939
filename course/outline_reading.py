"""Reading a course's outline: whole, or again after changes, when only what they touched is read.

Whatever else is changed while it is read, every part is at least as new as the outline's revision says: reading it
again from there looks at all that came later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from course.errors import NotFound
from course.models.outline import LessonLine, ModuleLine, Outline
from course.models.revision import Kind
from course.tables import CourseRow, EditionRow, LessonRow, ModuleRow, ObjectiveRow, QuizItemRow, RevisionRow, SlideRow

# After more changes than these most of the outline may be another.
_MOST_REVISIONS = 30

# Made once: making such a query takes longer than answering it.
_COURSE = bindparam("course", type_=Uuid)
_PUBLISHED = select(func.max(EditionRow.revision)).where(EditionRow.course_id == CourseRow.id).scalar_subquery()
_HEAD = select(
    CourseRow.id,
    CourseRow.title,
    CourseRow.summary,
    CourseRow.audience,
    CourseRow.language,
    CourseRow.tone,
    CourseRow.revision,
    _PUBLISHED.label("published_revision"),
).where(CourseRow.id == _COURSE)
_LATER = (
    select(RevisionRow.changes.label("changes"))
    .where(RevisionRow.course_id == _COURSE, RevisionRow.number > bindparam("known"))
    .order_by(RevisionRow.number)
    .limit(_MOST_REVISIONS + 1)
    .subquery()
)
# In one statement, so that the revision and the changes up to it are of one moment.
_SINCE = _HEAD.add_columns(select(func.jsonb_agg(_LATER.c.changes)).scalar_subquery().label("changes"))
_ORDER = (
    select(ModuleRow.id, ModuleRow.title, LessonRow.id)
    .outerjoin(LessonRow, LessonRow.module_id == ModuleRow.id)
    .where(ModuleRow.course_id == _COURSE)
    .order_by(ModuleRow.rank, ModuleRow.id, LessonRow.rank, LessonRow.id)
)
_OBJECTIVES = select(func.array_agg(aggregate_order_by(ObjectiveRow.text, ObjectiveRow.rank, ObjectiveRow.id))).where(
    ObjectiveRow.lesson_id == LessonRow.id
)
_LINES = select(
    LessonRow.id,
    LessonRow.title,
    LessonRow.minutes,
    LessonRow.sections,
    LessonRow.revision,
    func.coalesce(_OBJECTIVES.scalar_subquery(), []).label("objectives"),
    select(func.count(SlideRow.id)).where(SlideRow.lesson_id == LessonRow.id).scalar_subquery().label("slides"),
    select(func.count(QuizItemRow.id)).where(QuizItemRow.lesson_id == LessonRow.id).scalar_subquery().label("quiz"),
).where(LessonRow.course_id == _COURSE)
_HELD = select(ObjectiveRow.lesson_id).where(ObjectiveRow.id.in_(bindparam("objectives", expanding=True)))
_SOME_LINES = _LINES.where(LessonRow.id.in_(bindparam("lessons", expanding=True)) | LessonRow.id.in_(_HELD))


@dataclass
class _Touched:
    """What of an outline some changes may have changed."""

    order: bool = False
    lessons: set[UUID] = field(default_factory=set)
    objectives: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class _Place:
    """A module, and its lessons in order."""

    id: UUID
    title: str
    lessons: list[UUID]


async def load_outline(session: AsyncSession, course_id: UUID) -> Outline:
    """The course's outline; objectives as texts, slides and quiz items only counted."""
    head = (await session.execute(_HEAD, {"course": course_id})).mappings().one_or_none()
    if head is None:
        raise NotFound("There is no such course.")
    order = await _order(session, course_id)
    rows = await session.execute(_LINES, {"course": course_id})
    return _outline(dict(head), order, {}, {row["id"]: dict(row) for row in rows.mappings()})


async def reread_outline(session: AsyncSession, known: Outline) -> Outline:
    """The same as `load_outline`, at a cost that grows with what changed since `known`, not with the course."""
    found = (await session.execute(_SINCE, {"course": known.id, "known": known.revision})).mappings().one_or_none()
    head = dict(found or {})
    later = head.pop("changes", None) or []
    if not head or len(later) > _MOST_REVISIONS or head["revision"] < known.revision:
        return await load_outline(session, known.id)
    touched = _touched(change for changes in later for change in changes)
    order = await _order(session, known.id) if touched.order else _order_of(known)
    at_hand = {line.id: line for line in known.lessons}
    there = {lesson for module in order for lesson in module.lessons}
    wanted = (touched.lessons & there) | (there - at_hand.keys())
    fresh = await _some_lines(session, known.id, wanted, touched.objectives)
    if not wanted <= fresh.keys():
        # Removed in this moment by someone else.
        return await load_outline(session, known.id)
    return _outline(head, order, at_hand, fresh)


def _touched(changes: Iterable[dict[str, Any]]) -> _Touched:
    touched = _Touched()
    for change in changes:
        kind, part, before, after = change["kind"], UUID(change["id"]), change["before"], change["after"]
        if kind == Kind.MODULE:
            touched.order = True
        elif kind == Kind.LESSON:
            touched.lessons.add(part)
            touched.order |= before is None or after is None or not {"rank", "module_id"}.isdisjoint(after)
        elif kind == Kind.OBJECTIVE:
            touched.objectives.add(part)
        touched.lessons |= {UUID(one["lesson_id"]) for one in (before, after) if one and "lesson_id" in one}
    return touched


async def _order(session: AsyncSession, course_id: UUID) -> list[_Place]:
    modules: dict[UUID, _Place] = {}
    for module, title, lesson in (await session.execute(_ORDER, {"course": course_id})).tuples():
        place = modules.setdefault(module, _Place(module, title, []))
        # A module without lessons has a row all the same.
        place.lessons.extend([lesson] if lesson else [])
    return list(modules.values())


def _order_of(outline: Outline) -> list[_Place]:
    return [_Place(module.id, module.title, [line.id for line in module.lessons]) for module in outline.modules]


async def _some_lines(
    session: AsyncSession, course_id: UUID, lessons: set[UUID], objectives: set[UUID]
) -> dict[UUID, dict[str, Any]]:
    if not lessons and not objectives:
        return {}
    given = {"course": course_id, "lessons": list(lessons), "objectives": list(objectives)}
    return {row["id"]: dict(row) for row in (await session.execute(_SOME_LINES, given)).mappings()}


def _outline(
    head: dict[str, Any],
    order: Sequence[_Place],
    at_hand: dict[UUID, LessonLine],
    fresh: dict[UUID, dict[str, Any]],
) -> Outline:
    return Outline(
        **head,
        modules=[
            ModuleLine(
                id=module.id,
                number=number,
                title=module.title,
                lessons=[
                    _line(f"{number}.{place}", at_hand.get(lesson), fresh.get(lesson))
                    for place, lesson in enumerate((one for one in module.lessons if one in at_hand or one in fresh), 1)
                ],
            )
            for number, module in enumerate(order, start=1)
        ],
    )


def _line(number: str, known: LessonLine | None, values: dict[str, Any] | None) -> LessonLine:
    if values is not None or known is None:
        return LessonLine(number=number, **(values or {}))
    return known if known.number == number else known.model_copy(update={"number": number})
