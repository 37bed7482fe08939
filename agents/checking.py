"""A draft looked at by machine before anybody stores it: what the quality report would say of it."""

from collections.abc import Sequence
from uuid import uuid4

from course.models.lesson import Lesson, LessonDraft, QuizItem, Slide
from course.models.outline import LessonLine, Outline
from course.models.quality import Check, Finding
from course.models.source import Passage
from course.quality.examined import Examined
from course.quality.report import lesson_report

_WORDS_A_MINUTE = 130


def findings(
    draft: LessonDraft, lesson: LessonLine | Lesson, outline: Outline, passages: Sequence[Passage]
) -> list[Finding]:
    """What is to mend in the draft for that lesson, as far as a machine can tell. It takes some milliseconds."""
    before, after = beside(lesson, outline)
    examined = Examined(
        lesson=_as_lesson(draft, lesson, outline.revision),
        course_title=outline.title,
        audience=outline.audience,
        language=outline.language,
        passages={one.ref: one for one in passages},
        sourced=bool(passages),
        before=before,
        after=after,
    )
    found = lesson_report(examined).findings
    if _is_short_of_material(draft, lesson, passages):
        return [one for one in found if one.check is not Check.TIME]
    return found


def _is_short_of_material(draft: LessonDraft, lesson: LessonLine | Lesson, passages: Sequence[Passage]) -> bool:
    """Whether a lesson too short says what there is: to lengthen it, the writer would have to invent."""
    wanted = lesson.minutes * _WORDS_A_MINUTE
    said = sum(len(slide.narration.split()) for slide in draft.slides)
    return bool(passages) and said < wanted and sum(len(one.text.split()) for one in passages) < 2 * wanted


def problems(found: Sequence[Finding]) -> list[str]:
    """Those that should be mended before anybody sees the lesson, as sentences for the writer."""
    return [one.sentence for one in found if one.severity == "problem"]


def flaws(found: Sequence[Finding]) -> tuple[int, int]:
    """How flawed: problems, then hints. Less is better."""
    serious = len(problems(found))
    return serious, len(found) - serious


def beside(lesson: LessonLine | Lesson, outline: Outline) -> tuple[str | None, str | None]:
    """The titles of the lessons before and after it, where there are such."""
    lessons = outline.lessons
    place = next((at for at, one in enumerate(lessons) if one.id == lesson.id), None)
    if place is None:
        return None, None
    before = lessons[place - 1].title if place else None
    return before, lessons[place + 1].title if place + 1 < len(lessons) else None


def _as_lesson(draft: LessonDraft, lesson: LessonLine | Lesson, revision: int) -> Lesson:
    return Lesson(
        id=lesson.id,
        number=lesson.number,
        title=lesson.title,
        minutes=lesson.minutes,
        sections=list(lesson.sections),
        revision=revision,
        objectives=list(draft.objectives),
        slides=[Slide.model_validate({**dict(slide), "id": uuid4()}) for slide in draft.slides],
        quiz=[QuizItem.model_validate({**dict(item), "id": uuid4()}) for item in draft.quiz],
    )
