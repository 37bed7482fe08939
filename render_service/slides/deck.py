"""A lesson's slides as pictures, page by page."""

from dataclasses import dataclass

from PIL import Image

from course.errors import Invalid
from course.models.rendering import RenderOrder
from course.rendering.sheets import order_sheets
from render_service import theme
from render_service.fonts import missing
from render_service.slides.findings import sign_sentence
from render_service.slides.sheet import draw_sheet
from render_service.slides.texts import texts


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
    return [
        Picture(sheet.index, page.share, page.image)
        for sheet in order_sheets(order)
        for page in draw_sheet(sheet).pages
    ]


def _refuse_missing_signs(order: RenderOrder) -> None:
    for number, slide in enumerate(order.slides, start=1):
        for text in texts(slide.model_dump()):
            if sign := missing(text):
                raise Invalid(sign_sentence(f"Slide {number} of lesson {order.lesson_number}", sign))
    for text in (order.lesson_title, order.module_title):
        if sign := missing(text):
            raise Invalid(sign_sentence(f"The title “{text}”", sign))


def _refuse_odd_sizes(order: RenderOrder) -> None:
    if order.width % 16 or order.height % 2 or order.width * theme.HEIGHT != order.height * theme.WIDTH:
        raise Invalid(f"A video is 16:9, like 1280×720; {order.width}×{order.height} was asked for.")
