"""A draft is judged as the stored lesson will be."""

from uuid import uuid4

from course.models.lesson import LessonDraft
from course.models.outline import LessonLine, ModuleLine, Outline
from course.quality.drafts import draft_report
from course.quality.report import lesson_report
from tests.course.quality.examples import PASSAGES, QUIZ, SLIDES, examined, lesson, with_slide


def _outline() -> Outline:
    planned = lesson().model_dump(include={"id", "title", "minutes", "sections", "objectives", "revision"})
    middle = LessonLine(**planned, number="1.2", slides=0, quiz=0)
    around = [
        middle.model_copy(update={"id": uuid4(), "title": title, "number": number})
        for title, number in (("What cells are", "1.1"), ("Transport", "1.3"))
    ]
    return Outline(
        id=uuid4(),
        title="Cells",
        summary="",
        audience="first-year students",
        language="en",
        tone="",
        revision=1,
        published_revision=None,
        modules=[ModuleLine(id=uuid4(), number=1, title="Borders", lessons=[around[0], middle, around[1]])],
    )


def test_a_draft_is_reported_as_the_lesson_it_becomes() -> None:
    """The same figures and the same sentences, before and after it is stored."""
    slides = with_slide(1, title="A title of very many words that nobody reads", narration="Mushrooms glow.")
    bare = [{key: value for key, value in one.items() if key != "id"} for one in slides]
    items = [{key: value for key, value in one.items() if key != "id"} for one in QUIZ]
    draft = LessonDraft.model_validate({"objectives": lesson().objectives, "slides": bare, "quiz": items})
    outline = _outline()
    drafted = draft_report(draft, outline.lessons[1], outline, PASSAGES.values())
    stored = lesson_report(examined(slides=slides))
    assert len(drafted.findings) > 1
    assert [(one.check, one.sentence) for one in drafted.findings] == [
        (one.check, one.sentence) for one in stored.findings
    ]
    assert drafted.sentences_cited == stored.sentences_cited
    assert len({one.part_id for one in drafted.findings}) > 1
    assert SLIDES[1]["id"] not in {one.part_id for one in drafted.findings}
