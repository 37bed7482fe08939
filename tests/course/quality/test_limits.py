"""Slides can be read while someone speaks."""

from dataclasses import replace
from typing import Any

import pytest

from course.models.quality import Check, Tally
from course.quality import limits
from tests.course.quality.examples import SLIDES, examined, with_slide


def _words(count: int) -> str:
    return " ".join(["word"] * count)


def test_the_good_lesson_is_inside_all_limits() -> None:
    """No slide is too full."""
    assert limits.tally(examined()) == Tally(good=4, of=4)
    assert limits.findings(examined()) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ({"layout": "bullets", "points": ["short", _words(13)]}, "point"),
        ({"layout": "bullets", "points": ["short"] * 7}, "list"),
        ({"layout": "recap", "points": [_words(13)]}, "point"),
        ({"layout": "process", "steps": [_words(13)]}, "point"),
        ({"layout": "statement", "text": _words(26)}, "statement"),
        ({"layout": "definition", "term": "Osmosis", "meaning": _words(26)}, "meaning"),
        ({"layout": "question", "question": _words(26)}, "question"),
        ({"layout": "title", "subtitle": _words(26)}, "subtitle"),
        (
            {
                "layout": "comparison",
                "left": {"heading": "One", "points": [_words(13)]},
                "right": {"heading": "Other", "points": ["short"]},
            },
            "point",
        ),
    ],
)
def test_one_word_too_many_is_found(body: dict[str, Any], what: str) -> None:
    """Every layout has its limit, and the slide no longer counts."""
    looked_at = examined(slides=with_slide(1, body=body))
    assert [one.what for one in limits.excesses(looked_at.lesson.slides[1])] == [what]
    assert limits.tally(looked_at) == Tally(good=3, of=4)


def test_words_up_to_the_limit_are_fine() -> None:
    """Twelve words a point and six points are allowed."""
    body = {"layout": "bullets", "points": [_words(12)] * 6}
    assert limits.tally(examined(slides=with_slide(1, body=body))) == Tally(good=4, of=4)


def test_a_long_title_is_found_with_the_words_that_mend_it() -> None:
    """The remedy is a message for the chat."""
    (finding,) = limits.findings(examined(slides=with_slide(1, title=_words(9))))
    assert finding.remedy == "In lesson 1.2, shorten the title of slide 2 to at most 8 words."
    assert finding.part_id == SLIDES[1]["id"]


def test_what_the_drawing_code_finds_counts() -> None:
    """A slide that does not fit its picture is outside the limits, in the drawing code's own words."""
    looked_at = examined()
    drawing = {looked_at.lesson.slides[2].id: ["Slide 3 takes 2 pictures."]}
    drawn = replace(looked_at, drawing=drawing)
    assert limits.tally(drawn) == Tally(good=3, of=4)
    assert [(one.check, one.sentence) for one in limits.findings(drawn)] == [
        (Check.DRAWING, "Slide 3 takes 2 pictures.")
    ]
