"""What is drawn of a lesson, slide by slide, and the name of each picture: a hash of its content."""

import hashlib
import json

from course.models.lesson import Lesson, TitleSlide
from course.models.picture import SlideSheet

DRAWING_VERSION = 1
"""Raise it when the press draws another picture of the same sheet, or finds other things about it."""


def lesson_sheets(module_title: str, lesson: Lesson) -> list[SlideSheet]:
    """The lesson's slides as they are drawn, at a film's size."""
    return [
        SlideSheet(
            title=slide.title,
            body=slide.body,
            module_title=module_title if isinstance(slide.body, TitleSlide) else "",
            lesson_number=lesson.number,
            lesson_title=lesson.title,
            index=index,
            slides=len(lesson.slides),
        )
        for index, slide in enumerate(lesson.slides)
    ]


def sheet_key(sheet: SlideSheet) -> str:
    """SHA-256 over the sheet's canonical JSON and the drawing code's version, in hex."""
    canonical = json.dumps(sheet.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{DRAWING_VERSION}\n{canonical}".encode()).hexdigest()
