"""What a course is made from: documents, their sections and passages."""

from uuid import UUID

from course.models.lesson import Part
from course.models.revision import Revision
from course.models.text import Title

SIZE_LIMIT_MB = 30
"""How large a document may be, unless the settings say otherwise."""


class Passage(Part):
    """About 120–220 words of a source. `ref` is `P<source>.<passage>`, unique in its course."""

    ref: str
    section: str
    heading: str
    page: int | None
    text: str


class Section(Part):
    """A heading and its text. `ref` is `S<source>.<section>`, unique in its course."""

    ref: str
    title: str
    level: int
    text: str


class Source(Part):
    """A document attached to a course; `number` is its place among the course's sources and never reused.

    A removed one is written from no more. `replaced_by` is the number of the newer document that took its place.
    """

    id: UUID
    number: int
    title: Title
    filename: str
    media_type: str
    words: int
    sections: int
    passages: int
    removed: bool = False
    replaced_by: int | None = None


class CitedPassage(Passage):
    """A passage as it is shown to whoever asks where a statement comes from.

    `replaced_by` is the title of the document that took its document's place.
    """

    document: Title
    filename: str
    removed: bool
    replaced_by: Title | None


class StaleLesson(Part):
    """A written lesson that cites what the course's documents no longer say; `reason` is a sentence."""

    id: UUID
    number: str
    title: Title
    reason: str


class Replacement(Part):
    """What came of a newer document: citations moved to it, sections that differ, lessons to be looked at."""

    old: Source
    new: Source
    moved: int
    added: list[str]
    changed: list[str]
    gone: list[str]
    stale: list[StaleLesson]
    revision: Revision | None


class SourceLine(Part):
    """A document as agents see it at the start of a turn; its reference is `S<number>`."""

    number: int
    title: Title
    filename: str
    words: int
