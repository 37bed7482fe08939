"""A lesson's slides as pictures, page by page."""

from dataclasses import dataclass
from typing import assert_never

from PIL import Image

from course.errors import Invalid
from course.models.lesson import (
    Bullets,
    Comparison,
    Definition,
    Process,
    Question,
    Recap,
    SlideBody,
    SpokenSlide,
    Statement,
    TitleSlide,
)
from course.models.rendering import RenderOrder
from render_service import theme
from render_service.fonts import missing, printable
from render_service.slides import cards, large, lists
from render_service.slides.canvas import Canvas, Margin
from render_service.slides.flow import Page


@dataclass(frozen=True)
class Picture:
    """One page of a slide as drawn, and the share of the slide's text it shows."""

    slide: int
    share: float
    image: Image.Image


def draw_deck(order: RenderOrder) -> list[Picture]:
    """Every slide's pages in order, at the order's size. Raises `Invalid` for a sign that cannot be drawn."""
    _refuse_odd_sizes(order)
    _refuse_missing_signs(order)
    return [picture for index in range(len(order.slides)) for picture in draw_slide(order, index)]


def draw_slide(order: RenderOrder, index: int) -> list[Picture]:
    """The pages of the slide at that index."""
    slide = SpokenSlide.model_validate(_printable(order.slides[index].model_dump()))
    margin = Margin(order.lesson_number, printable(order.lesson_title), index + 1, len(order.slides))
    return [
        Picture(index, page.share, _drawn(page, margin, order.width, order.height))
        for page in lay_out(slide.title, slide.body, place=printable(order.module_title))
    ]


def lay_out(title: str, body: SlideBody, *, place: str) -> list[Page]:
    """The pages of a slide, not drawn yet; `place` is where in the course the lesson is."""
    match body:
        case TitleSlide():
            return large.title(title, body, place)
        case Statement():
            return large.statement(title, body)
        case Question():
            return large.question(title, body)
        case Bullets():
            return lists.bullets(title, body)
        case Recap():
            return lists.recap(title, body)
        case Process():
            return lists.process(title, body)
        case Definition():
            return cards.definition(title, body)
        case Comparison():
            return cards.comparison(title, body)
        case _:
            assert_never(body)


def _drawn(page: Page, margin: Margin, width: int, height: int) -> Image.Image:
    canvas = Canvas(width, height, page.palette)
    page.draw(canvas)
    canvas.margin(margin)
    return canvas.picture


def _printable(value: object) -> object:
    """The same structure with every text printable; one that was nothing but ornament becomes a dash."""
    if isinstance(value, str):
        return printable(value) or ("–" if value.strip() else "")
    if isinstance(value, dict):
        return {key: item if key in {"layout", "narration"} else _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in items for text in _texts(item)]


def _refuse_missing_signs(order: RenderOrder) -> None:
    for number, slide in enumerate(order.slides, start=1):
        for text in _texts(slide.model_dump(exclude={"narration"})):
            if sign := missing(text):
                raise Invalid(
                    f"Slide {number} of lesson {order.lesson_number} has a character that the video's typefaces "
                    f"lack: “{sign}” (U+{ord(sign):04X}). Please replace it and render again."
                )
    for text in (order.lesson_title, order.module_title):
        if sign := missing(text):
            raise Invalid(
                f"The title “{text}” has a character that the video's typefaces lack: “{sign}” (U+{ord(sign):04X}). "
                f"Please replace it and render again."
            )


def _refuse_odd_sizes(order: RenderOrder) -> None:
    if order.width % 16 or order.height % 2 or order.width * theme.HEIGHT != order.height * theme.WIDTH:
        raise Invalid(f"A video is 16:9, like 1280×720; {order.width}×{order.height} was asked for.")
