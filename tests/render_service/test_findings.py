"""What the drawing finds wanting on a slide."""

from typing import Any
from uuid import uuid4

import pytest

from course.models.lesson import Lesson
from course.models.picture import PictureProblem, SlideSheet
from course.rendering.sheets import lesson_sheets, order_sheets, sheet_key
from render_service import contrast, theme
from render_service.fonts import Face
from render_service.slides.canvas import Canvas
from render_service.slides.findings import findings
from render_service.slides.sheet import check, draw_sheet
from render_service.theme import PAPER
from render_service.typography import set_text
from tests.render_service.lessons import order


def sheet(body: dict[str, Any], title: str = "A title", **changes: Any) -> SlideSheet:
    """The second of four slides."""
    facts = {"module_title": "", "lesson_number": "1.2", "lesson_title": "Cells", "index": 1, "slides": 4}
    return SlideSheet.model_validate({"title": title, "body": body} | facts | changes)


def _bullets(*points: str) -> dict[str, Any]:
    return {"layout": "bullets", "points": list(points)}


_LONG = "The membrane keeps the inside of the cell apart from what is outside it, and chooses what may pass. " * 5


def test_good_slides_have_no_findings() -> None:
    """Every layout with an ordinary number of words."""
    assert [check(one) for one in order_sheets(order())] == [[] for _ in order().slides]


@pytest.mark.parametrize(
    ("body", "kind", "measure"),
    [
        (_bullets(*["A point that is rather long for a slide and takes two lines"] * 9), PictureProblem.OVERFLOW, 2),
        ({"layout": "definition", "term": _LONG, "meaning": "Long."}, PictureProblem.OVERFLOW, 0),
        (_bullets(*["letters " * 11] * 8), PictureProblem.SMALL, 26),
        (_bullets("The word 細胞 means cell"), PictureProblem.UNSUPPORTED, 0),
    ],
)
def test_a_finding_names_the_slide_and_what_to_do(body: dict[str, Any], kind: PictureProblem, measure: float) -> None:
    """Too much for one picture, words left out, type made too small, a sign without a glyph."""
    found = [one for one in check(sheet(body)) if one.kind is kind]
    assert len(found) == 1
    assert found[0].measure == measure
    assert "slide 2" in found[0].sentence.lower()
    assert found[0].sentence.endswith(".")
    assert len(found[0].text) <= 60


def test_checking_tells_what_drawing_tells() -> None:
    """The quick way draws small: it must find the very same things."""
    bodies = [_bullets(_LONG, _LONG, _LONG), {"layout": "definition", "term": _LONG, "meaning": _LONG}]
    for one in (sheet(body, title=_LONG[:150]) for body in bodies):
        assert check(one) == draw_sheet(one).findings != []


@pytest.mark.parametrize(
    ("colour", "ground", "expected"),
    [((0, 0, 0), (255, 255, 255), 21.0), ((119, 119, 119), (255, 255, 255), 4.48), ((0, 0, 255), (0, 0, 0), 2.44)],
)
def test_contrast_is_as_wcag_defines_it(colour: theme.Colour, ground: theme.Colour, expected: float) -> None:
    """Values known from the standard's own formula."""
    assert contrast.ratio(colour, ground) == pytest.approx(expected, abs=0.01)
    assert contrast.ratio(ground, colour) == contrast.ratio(colour, ground)


def test_pale_text_is_found_where_it_stands() -> None:
    """What counts is the ground under the letters, wherever the text is palest; ornaments need not stand out."""
    canvas = Canvas(1280, 720, PAPER)
    canvas.box(600, 0, 1280, 720, PAPER.ink)
    canvas.ornament(100, 600, "?", Face.HEADING, 300, PAPER.panel)
    canvas.block(104, 100, set_text("Dark ink on paper", Face.BODY, 30, 400), PAPER.ink)
    canvas.block(104, 300, set_text("Dark ink that runs on into the dark half", Face.BODY, 40, 1000), PAPER.ink)
    found = findings(sheet({"layout": "statement", "text": "Cells"}), [canvas.inks])
    assert [(one.kind, one.measure) for one in found] == [(PictureProblem.CONTRAST, 1.0)]
    assert found[0].text.startswith("Dark ink that runs")


def test_a_picture_is_named_for_what_is_drawn() -> None:
    """Words that are spoken or shown elsewhere change no name; what is drawn does; film and preview agree."""
    first, second = order_sheets(order())[:2]
    other = order_sheets(order(module_title="Another", course_title="Another", voice="amy", language="de"))
    assert sheet_key(second) == sheet_key(other[1])
    assert sheet_key(first) != sheet_key(other[0])
    assert sheet_key(second) != sheet_key(second.model_copy(update={"index": 2}))
    assert sheet_key(second) != sheet_key(order_sheets(order(width=1920, height=1080))[1])


def test_a_film_and_a_preview_draw_the_same_sheets() -> None:
    """A lesson and the order made of it have the same pictures, by name."""

    made = order()
    slides = [slide.model_dump() | {"id": uuid4(), "citations": []} for slide in made.slides]
    facts = {"minutes": 6, "sections": [], "objectives": [], "quiz": [], "revision": 1}
    lesson = Lesson.model_validate(
        {"id": uuid4(), "number": "1.2", "title": made.lesson_title, "slides": slides} | facts
    )
    assert lesson_sheets("Cells", lesson) == order_sheets(made)
