"""Slides as pictures."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from course.errors import Invalid
from course.models.lesson import SlideBody
from render_service import theme
from render_service.slides.canvas import Canvas
from render_service.slides.deck import draw_deck
from render_service.slides.sheet import lay_out
from render_service.theme import Colour, Palette
from render_service.typography import SMALLEST, Block
from tests.render_service.lessons import EVERY_LAYOUT, order

_body: TypeAdapter[SlideBody] = TypeAdapter(SlideBody)


@dataclass(frozen=True)
class Placed:
    """A block of text as it was set."""

    block: Block
    left: float
    top: float

    @property
    def right(self) -> float:
        return self.left + self.block.width

    @property
    def bottom(self) -> float:
        return self.top + self.block.height

    def touches(self, other: "Placed") -> bool:
        """Whether the two overlap by more than the empty edge of a line."""
        apart = self.bottom <= other.top + 3 or other.bottom <= self.top + 3
        return not (apart or self.right <= other.left or other.right <= self.left)


class WatchedCanvas(Canvas):
    """Draws, and remembers where text was set."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(theme.WIDTH, theme.HEIGHT, palette)
        self.placed: list[Placed] = []

    def block(self, x: float, y: float, block: Block, colour: Colour) -> float:
        self.placed.append(Placed(block, x, y))
        return super().block(x, y, block, colour)


def _texts(most: int) -> st.SearchStrategy[str]:
    word = st.text(alphabet="abcdefghilmnorstuvwẂéßЖжΩω⇌²", min_size=1, max_size=24) | st.just("W" * 90)
    words = st.lists(word, min_size=1, max_size=90).map(" ".join)
    return words.map(lambda text: text[:most].strip() or "a")


_LINES = st.lists(_texts(600), min_size=1, max_size=8)
_COLUMN = st.fixed_dictionaries({"heading": _texts(600), "points": _LINES})
_BODIES = st.one_of(
    st.fixed_dictionaries({"layout": st.just("title"), "subtitle": _texts(600)}),
    st.fixed_dictionaries({"layout": st.just("bullets"), "points": _LINES}),
    st.fixed_dictionaries({"layout": st.just("statement"), "text": _texts(600)}),
    st.fixed_dictionaries({"layout": st.just("definition"), "term": _texts(600), "meaning": _texts(600)}),
    st.fixed_dictionaries({"layout": st.just("comparison"), "left": _COLUMN, "right": _COLUMN}),
    st.fixed_dictionaries({"layout": st.just("process"), "steps": _LINES}),
    st.fixed_dictionaries({"layout": st.just("question"), "question": _texts(600)}),
    st.fixed_dictionaries({"layout": st.just("recap"), "points": _LINES}),
)


@settings(max_examples=40, deadline=None)
@given(title=_texts(160), body=_BODIES)
def test_no_text_overflows_overlaps_or_is_too_small(title: str, body: dict[str, object]) -> None:
    """Whatever the words, each page keeps them apart, inside the margins, above the footer, and readable."""
    pages = lay_out(title, _body.validate_python(body), place="Cells")

    assert sum(page.share for page in pages) == pytest.approx(1.0)
    for page in pages:
        canvas = WatchedCanvas(page.palette)
        page.draw(canvas)
        for number, text in enumerate(canvas.placed):
            assert text.block.size >= SMALLEST
            assert text.left >= theme.LEFT
            assert text.right <= theme.RIGHT + 1
            assert text.top >= 0
            assert text.bottom <= theme.FOOTER - theme.FOOTER_SIZE
            assert not any(text.touches(other) for other in canvas.placed[:number])


def _words(page_blocks: list[Placed]) -> str:
    return "".join("".join(placed.block.lines) for placed in page_blocks).replace(" ", "")


def test_points_that_do_not_fit_go_on_another_page() -> None:
    """No word of a long list is lost, and its pages come in order."""
    points = [f"Point {number}: " + "a cell keeps its inside apart from its outside " * 4 for number in range(9)]
    pages = lay_out("Long", _body.validate_python({"layout": "bullets", "points": points}), place="Cells")
    assert len(pages) > 1
    written = ""
    for page in pages:
        canvas = WatchedCanvas(page.palette)
        page.draw(canvas)
        written += _words(canvas.placed[1:])
    assert written == "".join(points).replace(" ", "")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_every_layout_is_drawn_at_its_size(size: tuple[int, int]) -> None:
    """Each layout makes a picture of the size asked for, with ink on it, unlike every other."""
    pictures = draw_deck(order(width=size[0], height=size[1]))
    assert [picture.slide for picture in pictures] == list(range(len(EVERY_LAYOUT)))
    for picture in pictures:
        assert picture.image.size == size
        assert np.asarray(picture.image.convert("L")).std() > 8
    assert len({picture.image.tobytes() for picture in pictures}) == len(pictures)


def test_a_slide_drawn_twice_is_the_same_picture() -> None:
    """Pictures depend on the order alone, so they can be known by their content."""
    first, second = draw_deck(order()), draw_deck(order())
    assert [p.image.tobytes() for p in first] == [p.image.tobytes() for p in second]


def test_a_character_without_a_glyph_is_refused_by_name() -> None:
    """A sign no typeface has would be an empty box: the teacher is told which sign on which slide."""
    slides: list[dict[str, Any]] = [
        EVERY_LAYOUT[0],
        {**EVERY_LAYOUT[2], "body": {"layout": "statement", "text": "The word 細胞 means cell"}},
    ]
    with pytest.raises(Invalid, match=r"Slide 2 .* “細” \(U\+7D30\)"):
        draw_deck(order(slides))
    with pytest.raises(Invalid, match="title"):
        draw_deck(order(lesson_title="細胞"))


def test_emoji_are_left_out() -> None:
    """An emoji is an ornament: it costs nobody the video, and leaves no box behind."""
    plain = {
        "title": "DNA",
        "body": {"layout": "statement", "text": "Life is written in four letters"},
        "narration": "x",
    }
    dressed = {
        "title": "🧬 DNA",
        "body": {"layout": "statement", "text": "Life is written in four letters 👩‍🔬"},
        "narration": "x",
    }
    assert draw_deck(order([plain]))[0].image.tobytes() == draw_deck(order([dressed]))[0].image.tobytes()


def test_an_odd_size_is_refused() -> None:
    """Only 16:9 pictures of whole macroblocks are made."""
    with pytest.raises(Invalid, match="16:9"):
        draw_deck(order(width=1000))
