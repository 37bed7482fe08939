"""Handouts and decks hold what a course says, in text that can be found, edited and read in any script."""

import io
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation

from course.exports.deck import course_deck
from course.exports.excerpt import file_stem
from course.exports.handout import course_handout
from course.models.outline import Course
from tests.fixtures.courses import cells_course


@pytest.fixture(scope="module")
def course() -> Course:
    """Two lessons in two modules."""
    return cells_course(2)


def _pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_a_handout_says_everything(course: Course) -> None:
    """Titles, objectives, every slide, its narration with accents and Greek, questions, and answers at the end."""
    pdf, unknown = course_handout(course, {})
    pages = _pages(pdf)
    whole = "\n".join(pages)
    assert not unknown
    for text in (
        "Ένα κύτταρο",
        "größer",
        "For nurses",
        "naïve café, Ωμέγα",
        "Explain what a membrane is.",
    ):
        assert text in whole
    for slide in course.lessons[0].slides:
        assert slide.title in whole
    for text in ("Amphipathic: With one end that likes water", "Runs down the gradient", "2. The layers merge"):
        assert text in whole
    assert "a, A double one. Lipids stand tail to tail." in pages[-1]
    assert "A second paragraph follows." in whole


def test_a_handout_finds_its_pages(course: Course) -> None:
    """The contents name the page on which each lesson begins, and each page but the first has its number."""
    pages = _pages(course_handout(course, {})[0])
    for lesson in course.lessons:
        begins = next(n for n, text in enumerate(pages, start=1) if f"Lesson {lesson.number} · 6 min" in text)
        line = next(line for line in pages[1].splitlines() if lesson.title in line)
        assert line.split()[-1] == str(begins)
    for number, text in enumerate(pages[1:], start=2):
        assert text.split()[-1] == str(number) or f"\n{number}" in text


def test_a_handout_shows_the_pictures_there_are(course: Course) -> None:
    """A slide with a picture is shown by it; its narration follows."""
    file = io.BytesIO()
    Image.new("RGB", (1280, 720), (200, 30, 30)).save(file, "PNG")
    first = course.lessons[0].slides[0]
    pictures: dict[UUID, bytes] = {first.id: file.getvalue()}
    document = pypdfium2.PdfDocument(course_handout(course, pictures)[0])
    page = next(page for page in document if "Slide 1" in page.get_textpage().get_text_range())
    assert any(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in page.get_objects())
    assert f"{first.title}, said aloud" in page.get_textpage().get_text_range()


def test_signs_without_a_typeface_are_named(course: Course) -> None:
    """Whoever gets the handout is told which signs it lacks."""
    _, unknown = course_handout(course.model_copy(update={"summary": "日本 and more"}), {})
    assert unknown == "日本"


def _texts(slide: Any) -> dict[int, str]:
    return {shape.placeholder_format.idx: shape.text_frame.text for shape in slide.placeholders}


def test_a_deck_has_native_text_and_notes(course: Course) -> None:
    """Each slide of the course stands in placeholders of a layout, with its narration as speaker notes."""
    deck = Presentation(io.BytesIO(course_deck(course)))
    slides = {slide.shapes.title.text_frame.text: slide for slide in deck.slides}
    for one in course.lessons[0].slides:
        assert slides[one.title].notes_slide.notes_text_frame.text.replace("\x0b", "\n") == one.narration
    comparison = _texts(slides["Two kinds of transport"])
    assert (comparison[1], comparison[2]) == ("Passive", "Needs no energy\nRuns down the gradient")
    assert (comparison[3], comparison[4]) == ("Active", "Costs ATP\nNeeds a pump")
    assert _texts(slides["Recap"])[1] == "Membranes are double layers\nProteins do the work"
    assert _texts(slides["How a vesicle fuses"])[1] == "It docks\nThe layers merge\nThe cargo leaves"
    assert "Which layer has a membrane & why?" in _texts(slides["Question 1"])[1]
    assert slides["Question 1"].notes_slide.notes_text_frame.text.startswith("Answer: A. Lipids stand")
    assert deck.core_properties.title == course.title


def test_nothing_stands_outside_of_a_slide(course: Course) -> None:
    """The deck is wide, and every placeholder lies on it."""
    deck: Any = Presentation(io.BytesIO(course_deck(course)))
    width, height = deck.slide_width, deck.slide_height
    assert abs(width / height - 16 / 9) < 0.01
    for slide in deck.slides:
        for shape in slide.placeholders:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= width
            assert shape.top + shape.height <= height


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Cells", "Cells"),
        ('A/B: "why?" <x>', "A B why x"),
        ("..", "Course"),
        ("Größe – π", "Größe – π"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_file_can_be_called_that_anywhere(title: str, stem: str) -> None:
    """No sign any system forbids, no hidden file, no endless name."""
    assert file_stem(title) == stem
