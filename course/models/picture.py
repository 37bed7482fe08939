"""Pictures of slides: what is drawn, where the pictures are kept, and what the drawing found wanting."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from course.models.lesson import Part, SlideBody
from course.models.text import Title

MOST_SLIDES = 60
"""In one order: as many as a lesson may have."""


class SlideSheet(Part):
    """All that is drawn of one slide: the same values give the same pictures, in a preview and in a film.

    `module_title` is drawn on opening cards only and empty elsewhere; `index` counts from 0.
    """

    title: Title
    body: SlideBody
    module_title: str
    lesson_number: str
    lesson_title: str
    index: int
    slides: int
    width: Annotated[int, Field(ge=320, le=3840)] = 1280
    height: Annotated[int, Field(ge=180, le=2160)] = 720


class PictureProblem(StrEnum):
    """What can be wrong with a picture."""

    OVERFLOW = "overflow"
    SMALL = "small"
    CONTRAST = "contrast"
    UNSUPPORTED = "unsupported"


class PictureFinding(Part):
    """Something the drawing code saw: `sentence` is what a teacher reads, `text` the words it is about (shortened).

    `measure` of an overflow: the pictures the slide takes, or 0 for words left out or outside their place; of
    small text: its size in pixels of a 1280×720 picture; of contrast: the ratio by WCAG 2; else 0.
    """

    kind: PictureProblem
    text: str
    measure: float
    sentence: str


class PicturePage(Part):
    """One picture in the bucket: object name and generation, never a URL."""

    name: str
    generation: int


class SlidePicture(Part):
    """A slide as drawn: usually one page, more when its text does not fit one. `key` names the sheet's content."""

    key: str
    pages: list[PicturePage]
    findings: list[PictureFinding]


class PictureOrder(Part):
    """To the press: the sheets to draw for a course."""

    course_id: UUID
    sheets: Annotated[list[SlideSheet], Field(min_length=1, max_length=MOST_SLIDES)]


class SlidePreview(Part):
    """A slide of a lesson and its picture, or None when there is none yet."""

    slide_id: UUID
    picture: SlidePicture | None


class LessonPictures(Part):
    """A lesson's slides in order; `trouble` says in a sentence why pictures are missing, if any are."""

    slides: list[SlidePreview]
    trouble: str | None
