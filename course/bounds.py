"""What must hold of a lesson after any change, however it was made."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import ValidationError

from course.edit import Edit
from course.errors import Invalid
from course.models.lesson import Lesson, LessonDraft
from course.outline import load_lesson


async def require_sound(edit: Edit, lesson_ids: Iterable[UUID], *, emptied: bool = False) -> None:
    """Raises `Invalid` where a lesson would break its bounds: nobody could open it any more, nor undo the change.

    `emptied` tells that slides or objectives were taken away: a written lesson keeps one of each.
    """
    for lesson_id in dict.fromkeys(lesson_ids):
        try:
            lesson = await load_lesson(edit.session, edit.course.id, lesson_id)
            if lesson.slides:
                LessonDraft.model_validate(_draft(lesson))
        except ValidationError as error:
            raise Invalid(f"That cannot be stored: {_first(error)}. Nothing was changed.") from error
        if lesson.slides and not all(0 <= item.objective < max(1, len(lesson.objectives)) for item in lesson.quiz):
            raise Invalid("Each question must test one of the lesson's objectives. Nothing was changed.")
        if emptied and not lesson.slides and lesson.quiz:
            raise Invalid("That is the only slide of its lesson. Change it, or remove the lesson.")
        if emptied and not lesson.objectives:
            raise Invalid("That is the only objective of its lesson. Change it instead of removing it.")


def _draft(lesson: Lesson) -> dict[str, object]:
    values = lesson.model_dump(include={"objectives", "slides", "quiz"})
    for part in (*values["slides"], *values["quiz"]):
        del part["id"]
    return values


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_context=False)[0]["msg"]
    return problem.removeprefix("Value error, ")
