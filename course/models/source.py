"""What a course is made from: documents, their sections and passages."""

from uuid import UUID

from course.models.lesson import Part
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
    """A document attached to a course; `number` is its place among the course's sources and never reused."""

    id: UUID
    number: int
    title: Title
    filename: str
    media_type: str
    words: int
    sections: int
    passages: int


class SourceLine(Part):
    """A document as agents see it at the start of a turn; its reference is `S<number>`."""

    number: int
    title: Title
    filename: str
    words: int
