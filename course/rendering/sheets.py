"""What is drawn of a lesson, slide by slide, and the name of each picture: a hash of its content."""

import hashlib
import json

from course.models.lesson import Lesson, SpokenSlide, TitleSlide
from course.models.picture import SlideSheet
from course.models.rendering import RenderOrder

DRAWING_VERSION = 1
"""Raise it when the press draws another picture of the same sheet, or finds other things about it."""


def lesson_sheets(module_title: str, lesson: Lesson) -> list[SlideSheet]:
    """The lesson's slides as they are drawn, at a film's size."""
    count = len(lesson.slides)
    return [
        _sheet(slide, index, count, module=module_title, number=lesson.number, lesson=lesson.title)
        for index, slide in enumerate(lesson.slides)
    ]


def order_sheets(order: RenderOrder) -> list[SlideSheet]:
    """The slides of a film as they are drawn: the same sheets as the lesson's, if the sizes agree."""
    size, count = {"width": order.width, "height": order.height}, len(order.slides)
    names = {"module": order.module_title, "number": order.lesson_number, "lesson": order.lesson_title}
    return [_sheet(slide, index, count, **names).model_copy(update=size) for index, slide in enumerate(order.slides)]


def sheet_key(sheet: SlideSheet) -> str:
    """SHA-256 over the sheet's canonical JSON and the drawing code's version, in hex."""
    canonical = json.dumps(sheet.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{DRAWING_VERSION}\n{canonical}".encode()).hexdigest()


def _sheet(slide: SpokenSlide, index: int, count: int, *, module: str, number: str, lesson: str) -> SlideSheet:
    return SlideSheet(
        title=slide.title,
        body=slide.body,
        module_title=module if isinstance(slide.body, TitleSlide) else "",
        lesson_number=number,
        lesson_title=lesson,
        index=index,
        slides=count,
    )
