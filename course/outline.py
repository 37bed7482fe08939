"""Reading a course: one lesson, or all of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from course.errors import NotFound
from course.models.lesson import Lesson, QuizItem, Slide
from course.models.outline import Course, Module
from course.outline_reading import load_outline
from course.tables import CourseRow, EditionRow, LessonRow, ModuleRow, ObjectiveRow, QuizItemRow, SlideRow

__all__ = ["load_course", "load_lesson", "load_outline", "read_quiz_item", "read_slide"]


async def load_course(session: AsyncSession, course_id: UUID) -> Course:
    """The whole course."""
    course = await _course(session, course_id)
    lessons = await _lesson_rows(session, course_id)
    content = await _contents(session, LessonRow.course_id == course_id)
    return Course(
        **await _head(session, course),
        modules=[
            Module(
                id=module.id,
                number=number,
                title=module.title,
                lessons=[
                    Lesson(**_plan(lesson, f"{number}.{place}"), **content[lesson.id])
                    for place, lesson in enumerate(lessons[module.id], start=1)
                ],
            )
            for number, module in enumerate(await _module_rows(session, course_id), start=1)
        ],
    )


async def load_lesson(session: AsyncSession, course_id: UUID, lesson_id: UUID) -> Lesson:
    """One lesson of the course; `NotFound` when it has no such lesson."""
    row = await session.get(LessonRow, lesson_id)
    if row is None or row.course_id != course_id:
        raise NotFound("That lesson is not there any more. Look at the outline and try again.")
    content = await _contents(session, LessonRow.id == lesson_id)
    return Lesson(**_plan(row, await _number(session, row)), **content[lesson_id])


async def _number(session: AsyncSession, lesson: LessonRow) -> str:
    modules = await session.scalars(
        select(ModuleRow.id).where(ModuleRow.course_id == lesson.course_id).order_by(ModuleRow.rank, ModuleRow.id),
    )
    siblings = await session.scalars(
        select(LessonRow.id).where(LessonRow.module_id == lesson.module_id).order_by(LessonRow.rank, LessonRow.id),
    )
    return f"{list(modules).index(lesson.module_id) + 1}.{list(siblings).index(lesson.id) + 1}"


async def _course(session: AsyncSession, course_id: UUID) -> CourseRow:
    course = await session.get(CourseRow, course_id)
    if course is None:
        raise NotFound("There is no such course.")
    return course


async def _head(session: AsyncSession, course: CourseRow) -> dict[str, Any]:
    published = await session.scalar(
        select(func.max(EditionRow.revision)).where(EditionRow.course_id == course.id),
    )
    return {
        "id": course.id,
        "title": course.title,
        "summary": course.summary,
        "audience": course.audience,
        "language": course.language,
        "tone": course.tone,
        "revision": course.revision,
        "published_revision": published,
    }


def _plan(lesson: LessonRow, number: str) -> dict[str, Any]:
    return {
        "id": lesson.id,
        "number": number,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "sections": lesson.sections,
        "revision": lesson.revision,
    }


async def _module_rows(session: AsyncSession, course_id: UUID) -> list[ModuleRow]:
    query = select(ModuleRow).where(ModuleRow.course_id == course_id).order_by(ModuleRow.rank, ModuleRow.id)
    return list(await session.scalars(query))


async def _lesson_rows(session: AsyncSession, course_id: UUID) -> dict[UUID, list[LessonRow]]:
    query = select(LessonRow).where(LessonRow.course_id == course_id).order_by(LessonRow.rank, LessonRow.id)
    return _grouped(await session.scalars(query), "module_id")


async def _contents(session: AsyncSession, which: Any) -> dict[UUID, dict[str, Any]]:
    objectives = await _by_lesson(session, ObjectiveRow, which)
    slides = await _by_lesson(session, SlideRow, which)
    quiz = await _by_lesson(session, QuizItemRow, which)
    lessons = await session.scalars(select(LessonRow.id).where(which))
    return {
        lesson: {
            "objectives": [row.text for row in objectives[lesson]],
            "slides": [read_slide(row) for row in slides[lesson]],
            "quiz": [read_quiz_item(row) for row in quiz[lesson]],
        }
        for lesson in lessons
    }


def read_slide(row: SlideRow) -> Slide:
    """The slide of a row."""
    return Slide.model_validate(
        {
            "id": row.id,
            "title": row.title,
            "body": row.body,
            "narration": row.narration,
            "citations": row.citations,
        },
    )


def read_quiz_item(row: QuizItemRow) -> QuizItem:
    """The quiz item of a row."""
    return QuizItem(
        id=row.id,
        question=row.question,
        choices=row.choices,
        answer=row.answer,
        explanation=row.explanation,
        objective=row.objective,
    )


async def _by_lesson(session: AsyncSession, table: Any, which: Any) -> dict[UUID, list[Any]]:
    query = select(table).join(LessonRow, LessonRow.id == table.lesson_id).where(which).order_by(table.rank, table.id)
    return _grouped(await session.scalars(query), "lesson_id")


def _grouped(rows: Iterable[Any], column: str) -> dict[UUID, list[Any]]:
    groups: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups
