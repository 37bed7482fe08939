"""A course, or a part of it, made into a file to take away."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from course.models.lesson import Part


class Format(StrEnum):
    """What a course can be taken away as."""

    MARKDOWN = "markdown"
    HANDOUT = "handout"
    SLIDES = "slides"
    VIDEOS = "videos"
    SCORM = "scorm"
    CARTRIDGE = "cartridge"

    @property
    def media_type(self) -> str:
        """Of the file."""
        return _KINDS[self][0]

    @property
    def extension(self) -> str:
        """Of the file's name, with its dot."""
        return _KINDS[self][1]

    @property
    def words(self) -> str:
        """What a teacher calls it."""
        return _KINDS[self][2]


_KINDS = {
    Format.MARKDOWN: ("text/markdown; charset=utf-8", ".md", "Markdown"),
    Format.HANDOUT: ("application/pdf", ".pdf", "PDF handout"),
    Format.SLIDES: (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".pptx",
        "PowerPoint",
    ),
    Format.VIDEOS: ("application/zip", ".zip", "videos"),
    Format.SCORM: ("application/zip", ".zip", "SCORM 1.2 package"),
    Format.CARTRIDGE: ("application/zip", ".imscc", "Common Cartridge"),
}


class Export(Part):
    """A finished file. Its bytes are in the bucket; links to them are made anew at each view."""

    id: UUID
    course_id: UUID
    format: Format
    revision: int
    filename: str
    media_type: str
    size_bytes: int
    created_at: datetime


class MadeExport(Part):
    """A finished file, and what a person must know of it: a sentence each."""

    export: Export
    notes: list[str]
