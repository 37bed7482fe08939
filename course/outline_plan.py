"""Bringing a course to the shape of a planned outline, keeping what stays."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from course import quiz_aims
from course.arrangement import Arrangement
from course.edit import Edit
from course.lesson_content import set_objectives
from course.models.outline import LessonLine, LessonPlan, ModuleLine, ModulePlan, Outline, OutlineDraft
from course.models.revision import Kind

Line = TypeVar("Line", LessonLine, ModuleLine)


async def apply(edit: Edit, now: Outline, draft: OutlineDraft) -> None:
    """Makes the course's outline that of `draft`; modules and lessons are recognised by their title."""
    await edit.update(
        Kind.COURSE,
        now.id,
        title=draft.title,
        summary=draft.summary,
        audience=draft.audience,
        language=draft.language,
    )
    modules, gone_modules = _matched(draft.modules, now.modules)
    planned = [plan for module in draft.modules for plan in module.lessons]
    lessons, gone_lessons = _matched(planned, now.lessons)
    for lesson in gone_lessons:
        await edit.delete(Kind.LESSON, lesson.id)
    arrangement = Arrangement(edit, Kind.MODULE, now.id, [module.id for module in now.modules])
    matches = iter(lessons)
    for plan, module in zip(draft.modules, modules, strict=True):
        title = {"title": plan.title}
        module_id = await (arrangement.keep(module.id, **title) if module else arrangement.add(**title))
        stay = [line.id for line in module.lessons if line not in gone_lessons] if module else []
        await _fill(edit, module_id, stay, plan, [next(matches) for _ in plan.lessons])
    for gone in gone_modules:
        await edit.delete(Kind.MODULE, gone.id)


async def _fill(
    edit: Edit, module_id: UUID, order: list[UUID], plan: ModulePlan, lessons: list[LessonLine | None]
) -> None:
    arrangement = Arrangement(edit, Kind.LESSON, module_id, order)
    for lesson_plan, lesson in zip(plan.lessons, lessons, strict=True):
        columns = _columns(lesson_plan)
        lesson_id = await (arrangement.keep(lesson.id, **columns) if lesson else arrangement.add(**columns))
        async with quiz_aims.kept(edit, [lesson_id]):
            await set_objectives(edit, lesson_id, list(lesson_plan.objectives))


async def insert_lesson(edit: Edit, module_id: UUID, plan: LessonPlan, *, after: UUID | None = None) -> UUID:
    """Adds a planned lesson and its objectives, last or after another."""
    lesson_id = await edit.insert(Kind.LESSON, module_id, after=after, **_columns(plan))
    await set_objectives(edit, lesson_id, list(plan.objectives))
    return lesson_id


def _columns(plan: LessonPlan) -> dict[str, Any]:
    return {"title": plan.title, "minutes": plan.minutes, "sections": list(plan.sections)}


def _matched(plans: Sequence[LessonPlan | ModulePlan], lines: list[Line]) -> tuple[list[Line | None], list[Line]]:
    """For each plan the stored part of the same title, and the parts no plan wants."""
    left = list(lines)
    matches: list[Line | None] = []
    for plan in plans:
        found = next((line for line in left if line.title.casefold() == plan.title.casefold()), None)
        if found is not None:
            left.remove(found)
        matches.append(found)
    return matches, left
