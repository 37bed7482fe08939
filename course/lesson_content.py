"""Bringing a lesson to what a draft says; parts that stay the same are not touched."""

from typing import Any
from uuid import UUID

from course import parts
from course.arrangement import Arrangement
from course.edit import Edit
from course.models.lesson import LessonDraft, QuizItemDraft, SlideDraft
from course.models.revision import Kind

_LABEL = {Kind.OBJECTIVE: "text", Kind.SLIDE: "title", Kind.QUIZ_ITEM: "question"}


async def write(edit: Edit, lesson_id: UUID, draft: LessonDraft) -> None:
    """Makes the lesson say what `draft` says."""
    await set_objectives(edit, lesson_id, list(draft.objectives))
    await _set_parts(edit, Kind.SLIDE, lesson_id, [slide_columns(slide) for slide in draft.slides])
    await _set_parts(edit, Kind.QUIZ_ITEM, lesson_id, [quiz_columns(item) for item in draft.quiz])


async def set_objectives(edit: Edit, lesson_id: UUID, texts: list[str]) -> None:
    """Makes the lesson's objectives these, in this order."""
    await _set_parts(edit, Kind.OBJECTIVE, lesson_id, [{"text": text} for text in texts])


def slide_columns(slide: SlideDraft) -> dict[str, Any]:
    """A slide as its row's columns."""
    values = slide.model_dump(mode="json")
    return {name: values[name] for name in ("title", "body", "narration", "citations")}


def quiz_columns(item: QuizItemDraft) -> dict[str, Any]:
    """A quiz item as its row's columns."""
    values = item.model_dump(mode="json")
    return {name: values[name] for name in ("question", "choices", "answer", "explanation", "objective")}


async def _set_parts(edit: Edit, kind: Kind, lesson_id: UUID, wanted: list[dict[str, Any]]) -> None:
    rows = [row for child, row in await parts.children(edit.session, Kind.LESSON, lesson_id) if child is kind]
    matches = _matched(_LABEL[kind], rows, wanted)
    for row in rows:
        if row.id not in matches:
            await edit.delete(kind, row.id)
    arrangement = Arrangement(edit, kind, lesson_id, [row.id for row in rows if row.id in matches])
    for values, match in zip(wanted, matches, strict=True):
        await (arrangement.keep(match, **values) if match else arrangement.add(**values))


def _matched(label: str, rows: list[parts.PartRow], wanted: list[dict[str, Any]]) -> list[UUID | None]:
    """For each wanted part the row to become it: an equal one first, else one with the same label."""
    left = list(rows)
    matches: list[UUID | None] = [None] * len(wanted)
    for columns in (None, (label,)):
        for place, values in enumerate(wanted):
            if matches[place] is None:
                found = next((row for row in left if _same(row, values, columns or tuple(values))), None)
                if found is not None:
                    left.remove(found)
                    matches[place] = found.id
    return matches


def _same(row: parts.PartRow, values: dict[str, Any], columns: tuple[str, ...]) -> bool:
    return all(getattr(row, column) == values[column] for column in columns)
