"""Citations held against the passages: the code decides, not the model."""

from agents.citations import checked
from course.models.lesson import LessonDraft
from course.models.source import Passage
from tests.fixtures.course import lesson_draft

_PASSAGE = Passage(
    ref="P1.1", section="S1.1", heading="Walls", page=None, text="Cell **walls** are “rigid” —\n they hold H₂O in."
)


def _after(*citations: tuple[str, str]) -> list[tuple[str, str]]:
    draft = lesson_draft("Walls").model_dump()
    draft["slides"][0]["citations"] = [{"passage": passage, "quote": quote} for passage, quote in citations]
    slide = checked(LessonDraft.model_validate(draft), [_PASSAGE]).slides[0]
    return [(one.passage, one.quote) for one in slide.citations]


def test_white_space_quotation_marks_and_emphasis_do_not_count() -> None:
    """A quote that says the same letters is found, however they are set."""
    for quote in ("Cell walls are", 'walls are "rigid" - they hold', "they  hold", "hold H₂O in."):
        assert _after(("P1.1", quote)) == [("P1.1", " ".join(quote.split()))]


def test_a_quote_that_is_not_there_is_emptied() -> None:
    """The reference stays, the invented words go."""
    assert _after(("P1.1", "Cell walls are soft")) == [("P1.1", "")]


def test_a_passage_that_was_not_given_is_no_source() -> None:
    """References that were made up are dropped."""
    assert _after(("P1.2", "Cell walls are"), ("S1.1", ""), ("", "rigid")) == []


def test_the_same_is_said_once() -> None:
    """Repeated citations, and bare ones beside a quote of the same passage, are left out."""
    assert _after(("P1.1", "Cell walls are"), ("P1.1", "Cell walls are"), ("P1.1", "soft")) == [
        ("P1.1", "Cell walls are"),
    ]
