"""A document as read: what the converters give, and what is made of it."""

from dataclasses import dataclass

from course.models.lesson import Part


@dataclass(frozen=True)
class Block:
    """A heading (`level` 1 and up) or a paragraph, list or table (`level` 0), and the page it begins on, from 1."""

    text: str
    level: int = 0
    page: int | None = None


@dataclass(frozen=True)
class Converted:
    """What a converter makes of a file: `title` as the file's own properties give it, if they do."""

    blocks: list[Block]
    title: str = ""
    pages: int | None = None


class DocumentSection(Part):
    """A heading and its text; its number is its place in the document, from 1."""

    title: str
    level: int
    text: str


class DocumentPassage(Part):
    """About 120–220 words of one section; `heading` is the path of headings above it."""

    section: int
    heading: str
    page: int | None
    text: str


class Document(Part):
    """A document ready to be attached: nothing of it is stored yet."""

    title: str
    media_type: str
    pages: int | None
    words: int
    sections: list[DocumentSection]
    passages: list[DocumentPassage]
