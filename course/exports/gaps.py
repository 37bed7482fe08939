"""What is missing from a file that is taken away, told to whoever takes it."""

from collections.abc import Sequence

from course.errors import Invalid
from course.exports.excerpt import planned
from course.exports.films import Films
from course.models.export import Format
from course.models.lesson import Lesson
from course.models.outline import Course


def refuse_nothing(shown: Course, form: Format, found: Films) -> None:
    """Raises `Invalid` when the file would be empty."""
    if form is not Format.MARKDOWN and not shown.lessons:
        raise Invalid(
            "There is nothing to take away yet: no lesson of it is written. Ask me to write the lessons first."
        )
    if form is Format.VIDEOS and not any(lesson.id in found.current for lesson in shown.lessons):
        first = shown.lessons[0].number
        raise Invalid(f"No lesson of it has a video that fits its words. Make one first: say “render lesson {first}”.")


def left_out(part: Course, form: Format, found: Films) -> list[str]:
    """What is not in the file, a sentence each."""
    if form is Format.MARKDOWN:
        return []
    notes = []
    if missing := planned(part):
        notes.append(f"Left out, because only planned: {_named(missing)}.")
    if form in (Format.VIDEOS, Format.SCORM, Format.CARTRIDGE):
        drafted = [lesson for lesson in part.lessons if lesson.drafted and lesson.id not in found.current]
        old = [lesson for lesson in drafted if lesson.id in found.outdated]
        without = [lesson for lesson in drafted if lesson.id not in found.outdated]
        if without:
            notes.append(f"Without a video: {_named(without)}.")
        if old:
            notes.append(f"Changed since their video was made, so it is not in the file: {_named(old)}.")
    return notes


def _named(lessons: Sequence[Lesson]) -> str:
    names = [f"{lesson.number} “{lesson.title}”" for lesson in lessons]
    return ", ".join(names if len(names) <= 12 else [*names[:10], f"and {len(names) - 10} more"])
