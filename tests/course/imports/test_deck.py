"""A deck as a lesson: titles, points, columns, steps and notes are kept; what is not is told."""

import io
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from course.authoring import Authoring
from course.database import Database
from course.errors import NotFound, UnreadableDocument
from course.exports.deck import course_deck
from course.imports.deck import read_deck
from course.imports.imports import Imports, read_deck_apart
from course.models.lesson import Bullets, Comparison, Process, Question, Statement, TitleSlide
from course.revisions import Revisions
from course.sources.attached import Sources
from course.storage import Storage
from tests.fixtures.courses import cells_course

_OPENING, _CONTENT, _SECTION, _TWO, _COMPARISON, _BLANK = 0, 1, 2, 3, 4, 6


def _deck(*slides: tuple[int, dict[int, str], str]) -> Any:
    """Slides of a layout, the texts of their placeholders and their notes."""
    deck = Presentation()
    for layout, texts, notes in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[layout])
        for place, text in texts.items():
            slide.placeholders[place].text_frame.text = text
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    return deck


def _saved(deck: Any) -> bytes:
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def test_every_layout_finds_its_own() -> None:
    """Title and section pages, bullets, two columns with and without headings, one sentence, a question."""
    deck = _deck(
        (_OPENING, {0: "Membranes", 1: "For nurses"}, "Welcome."),
        (_SECTION, {0: "Part one", 1: "Lipids"}, ""),
        (_CONTENT, {0: "Three kinds", 1: "Fats\nOils\nWaxes"}, "There are three.\nLook closely."),
        (_TWO, {0: "Transport", 1: "Passive\nfree", 2: "Active\ncosts ATP\nneeds a pump"}, ""),
        (_COMPARISON, {0: "Sides", 1: "Inside", 2: "salty", 3: "Outside", 4: "watery"}, ""),
        (_BLANK, {}, "Said over a picture."),
    )
    lonely = deck.slides.add_slide(deck.slide_layouts[5])
    lonely.shapes.title.text_frame.text = "Think"
    lonely.shapes.add_textbox(Inches(1), Inches(3), Inches(6), Inches(1)).text_frame.text = "Why does it not burst?"
    found = read_deck("x.pptx", _saved(deck))
    bodies = [slide.body for slide in found.slides]
    assert found.title == "Membranes"
    assert bodies[0] == TitleSlide(layout="title", subtitle="For nurses")
    assert bodies[1] == TitleSlide(layout="title", subtitle="Lipids")
    assert bodies[2] == Bullets(layout="bullets", points=["Fats", "Oils", "Waxes"])
    assert isinstance(bodies[3], Comparison)
    assert (bodies[3].left.heading, bodies[3].right.points) == ("Passive", ["costs ATP", "needs a pump"])
    assert isinstance(bodies[4], Comparison)
    assert (bodies[4].left.heading, bodies[4].left.points, bodies[4].right.heading) == ("Inside", ["salty"], "Outside")
    assert (found.slides[5].title, found.slides[5].narration) == ("Slide 6", "Said over a picture.")
    assert bodies[6] == Question(layout="question", question="Why does it not burst?")
    assert found.slides[2].narration == "There are three.\nLook closely."


def test_our_own_deck_comes_back() -> None:
    """What we export as PowerPoint keeps its layouts and its narration when it is brought in again."""
    course = cells_course(1)
    found = {slide.title: slide for slide in read_deck("x.pptx", course_deck(course)).slides}
    for one in course.lessons[0].slides:
        assert found[one.title].narration == one.narration
        if one.body.layout in ("title", "bullets", "statement", "comparison", "process", "question"):
            assert found[one.title].body == one.body
    assert isinstance(found["How a vesicle fuses"].body, Process)
    assert isinstance(found["The point"].body, Statement)


def test_what_is_left_out_is_counted() -> None:
    """Pictures and hidden slides are left out; long texts are cut at sentences, never lost."""
    long = " ".join(f"Sentence number {number} says a little." for number in range(40))
    deck = _deck((_CONTENT, {0: "T" * 300, 1: long}, "x " * 20_000), (_CONTENT, {0: "Hidden", 1: "a\nb"}, ""))
    picture = io.BytesIO()
    Image.new("RGB", (10, 10)).save(picture, "PNG")
    deck.slides[0].shapes.add_picture(picture, 0, 0)
    deck.slides[1]._element.set("show", "0")
    found = read_deck("my_deck.pptx", _saved(deck))
    assert (found.pictures, found.hidden, found.beyond, len(found.slides)) == (1, 1, 0, 1)
    (slide,) = found.slides
    assert (len(slide.title), slide.title[-1]) == (160, "…")
    assert isinstance(slide.body, Bullets)
    assert " ".join(slide.body.points) == long
    assert len(slide.narration) <= 30_000
    assert found.title == "my deck"


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"# Not a deck", _saved(_deck((_BLANK, {}, "")))])
async def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes) -> None:
    """Another kind of file, a damaged one, one without text: the reader's process ends with a reason."""
    with pytest.raises(UnreadableDocument) as refusal:
        await read_deck_apart("x.pptx", data)
    assert refusal.value.sentence.endswith(".")


async def test_a_deck_becomes_a_lesson_of_a_course(
    database: Database,
    revisions: Revisions,
    object_store: Storage,
    sources: Sources,
    authoring: Authoring,
    cells: UUID,
    ann: UUID,
    eve: UUID,
) -> None:
    """One revision adds the lesson with its slides at its place; undo takes all of it back; strangers cannot."""
    imports = Imports(database, revisions, object_store)
    data = _saved(_deck((_CONTENT, {0: "Fats", 1: "solid\nwhite"}, "Fats are solid."), (_CONTENT, {0: "Oils"}, "")))
    source = await sources.attach(ann, cells, "fats.pptx", data)
    outline = await authoring.outline(ann, cells)
    base = outline.revision
    with pytest.raises(NotFound):
        await imports.deck(eve, cells, source.number)
    revision, deck = await imports.deck(
        ann, cells, source.number, module_id=outline.modules[0].id, after=outline.lessons[0].id
    )
    course = await authoring.course(ann, cells)
    lesson = course.modules[0].lessons[1]
    assert (lesson.number, lesson.title, lesson.minutes) == ("1.2", deck.title, 1)
    assert [slide.title for slide in lesson.slides] == ["Fats", "Oils"]
    assert lesson.slides[0].narration == "Fats are solid."
    await revisions.undo(ann, cells, revision.number)
    assert [one.title for one in (await authoring.outline(ann, cells)).lessons] == [
        one.title for one in outline.lessons
    ]
    last, _ = await imports.deck(ann, cells, source.number)
    assert last.number > base
    assert (await authoring.outline(ann, cells)).modules[-1].lessons[-1].title == deck.title
    with pytest.raises(NotFound, match="no document S9"):
        await imports.deck(ann, cells, 9)
