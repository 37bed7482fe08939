"""A lesson looked at before it is stored, for a reviewer and for choosing the better of two drafts."""

from collections.abc import Iterable
from uuid import uuid5

from course.models.lesson import Lesson, LessonDraft
from course.models.outline import LessonLine, Outline
from course.models.quality import LessonReport
from course.models.source import Passage
from course.quality.examined import Examined
from course.quality.report import lesson_report


def draft_report(
    draft: LessonDraft, plan: LessonLine | Lesson, outline: Outline, given: Iterable[Passage]
) -> LessonReport:
    """What a draft of the planned lesson would be reported as; `given` are the passages it was written from.

    Its parts have no identity yet: a finding's `part_id` is made up, the same for the same place. Terms used too
    early are left out (other lessons explain them), and so are pictures (nothing is drawn).
    """
    titles = [line.title for line in outline.lessons]
    place = next((place for place, line in enumerate(outline.lessons) if line.id == plan.id), None)
    passages = {one.ref: one for one in given}
    one = Examined(
        lesson=_as_lesson(draft, plan),
        course_title=outline.title,
        audience=outline.audience,
        language=outline.language,
        passages=passages,
        sourced=bool(passages),
        before=titles[place - 1] if place else None,
        after=titles[place + 1] if place is not None and place + 1 < len(titles) else None,
    )
    return lesson_report(one)


def _as_lesson(draft: LessonDraft, plan: LessonLine | Lesson) -> Lesson:
    values = draft.model_dump(mode="json")
    for kind in ("slides", "quiz"):
        values[kind] = [{**part, "id": uuid5(plan.id, f"{kind}/{at}")} for at, part in enumerate(values[kind])]
    whole = plan.model_dump(include={"id", "number", "title", "minutes", "sections", "revision"})
    return Lesson.model_validate(whole | values)
