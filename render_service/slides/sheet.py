"""One slide as pictures, page by page, with what drawing them showed to be wanting."""

from dataclasses import dataclass
from typing import assert_never

from PIL import Image

from course.models.lesson import (
    Bullets,
    Comparison,
    Definition,
    Process,
    Question,
    Recap,
    SlideBody,
    Statement,
    TitleSlide,
)
from course.models.picture import PictureFinding, SlideSheet
from render_service import theme
from render_service.slides import cards, large, lists
from render_service.slides.canvas import Canvas, Margin
from render_service.slides.findings import findings
from render_service.slides.flow import Page
from render_service.slides.texts import in_print

_CHECKED = {"width": theme.WIDTH // 4, "height": theme.HEIGHT // 4}


@dataclass(frozen=True)
class DrawnPage:
    """A picture, and the share of the slide's text it shows."""

    share: float
    image: Image.Image


@dataclass(frozen=True)
class DrawnSheet:
    """A slide's pages, at least one."""

    pages: list[DrawnPage]
    findings: list[PictureFinding]


def draw_sheet(sheet: SlideSheet) -> DrawnSheet:
    """The slide as it is seen in a film. A sign no typeface has is an empty box, and a finding."""
    printed = SlideSheet.model_validate(in_print(sheet.model_dump()))
    margin = Margin(sheet.lesson_number, printed.lesson_title, sheet.index + 1, sheet.slides)
    pages = lay_out(printed.title, printed.body, place=printed.module_title)
    canvases = [_drawn(page, margin, sheet.width, sheet.height) for page in pages]
    return DrawnSheet(
        [DrawnPage(page.share, canvas.picture) for page, canvas in zip(pages, canvases, strict=True)],
        findings(sheet, [canvas.inks for canvas in canvases]),
    )


def check(sheet: SlideSheet) -> list[PictureFinding]:
    """What drawing the slide would show, told by drawing it small: text is set the same at every size."""
    return draw_sheet(sheet.model_copy(update=_CHECKED)).findings


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


def _drawn(page: Page, margin: Margin, width: int, height: int) -> Canvas:
    canvas = Canvas(width, height, page.palette)
    page.draw(canvas)
    canvas.margin(margin)
    return canvas
