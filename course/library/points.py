"""What is put into the index: slides of an edition and passages of sources, as texts with what they are.

Ids follow from what a point stands for, so that indexing twice changes nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from course.models.lesson import (
    Bullets,
    Comparison,
    Definition,
    Lesson,
    Part,
    Process,
    Question,
    Recap,
    Slide,
    SlideBody,
    Statement,
    TitleSlide,
)
from course.models.outline import Course
from course.models.source import Passage
from course.sentences import count_words, split_sentences

_NAMESPACE = UUID("5f0a3c52-7c1f-4c59-9d0e-1f6c1ab0b8a7")
# Small embedding models read about 250 tokens and ignore the rest.
_CHUNK_WORDS = 170


class SlideHit(Part):
    """A slide of a published edition that was found. `slide` is its index in the lesson, from 0.

    `score` ranks the hits of one search (meaning and words together). `cosine` compares across searches, as does
    `overlap`: the share of the query's own words that it says, from 0 to 1.
    """

    lesson_id: UUID
    lesson_number: str
    lesson_title: str
    slide_id: UUID
    slide: int
    slide_title: str
    text: str
    score: float
    cosine: float
    overlap: float


class PassageHit(Part):
    """A passage of a source that was found; scores as of `SlideHit`."""

    source_id: UUID
    ref: str
    section: str
    heading: str
    page: int | None
    text: str
    score: float
    cosine: float
    overlap: float


@dataclass(frozen=True)
class Entry:
    """A point before it has vectors: `text` is what is searched, `payload` what is given back."""

    id: UUID
    text: str
    payload: dict[str, Any]

    @property
    def digest(self) -> str:
        """Of the searched text: the same digest, the same vectors."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


def entries_of_edition(course: Course, revision: int) -> Iterator[Entry]:
    """A point for each slide of the edition, or several for one with much to say."""
    for lesson in course.lessons:
        for index, slide in enumerate(lesson.slides):
            yield from _entries_of_slide(course.id, revision, lesson, index, slide)


def entries_of_source(course_id: UUID, source_id: UUID, passages: list[Passage]) -> Iterator[Entry]:
    """A point for each passage."""
    for passage in passages:
        yield Entry(
            id=uuid5(_NAMESPACE, f"{course_id}/{source_id}/{passage.ref}"),
            text=searchable(f"{passage.heading}\n{passage.text}"),
            payload={
                "kind": "passage",
                "course_id": str(course_id),
                "source_id": str(source_id),
                **passage.model_dump(mode="json"),
            },
        )


def searchable(text: str) -> str:
    """Without the marks of bold terms, which mean nothing to a search."""
    return text.replace("**", "").strip()


def body_text(body: SlideBody) -> str:
    """What a slide shows, as text."""
    match body:
        case TitleSlide():
            return body.subtitle
        case Bullets() | Recap():
            return "\n".join(body.points)
        case Statement():
            return body.text
        case Definition():
            return f"{body.term}: {body.meaning}"
        case Comparison():
            return "\n".join(f"{side.heading}: {point}" for side in (body.left, body.right) for point in side.points)
        case Process():
            return "\n".join(body.steps)
        case Question():
            return body.question


def _entries_of_slide(course_id: UUID, revision: int, lesson: Lesson, index: int, slide: Slide) -> Iterator[Entry]:
    shown = body_text(slide.body)
    for number, spoken in enumerate(_chunks(shown, slide.narration)):
        yield Entry(
            id=uuid5(_NAMESPACE, f"{course_id}/{revision}/{slide.id}/{number}"),
            text=searchable(f"{lesson.title}. {slide.title}\n{spoken}"),
            payload={
                "kind": "slide",
                "course_id": str(course_id),
                "revision": revision,
                "lesson_id": str(lesson.id),
                "lesson_number": lesson.number,
                "lesson_title": lesson.title,
                "slide_id": str(slide.id),
                "slide": index,
                "slide_title": slide.title,
                "text": spoken,
            },
        )


def _chunks(shown: str, narration: str) -> Iterator[str]:
    """What is shown and said in pieces of at most about 170 words, the first with what is shown."""
    piece = shown
    for sentence in split_sentences(narration):
        if piece and count_words(piece) + count_words(sentence) > _CHUNK_WORDS:
            yield piece
            piece = ""
        piece = f"{piece}\n{sentence}" if piece == shown and piece else f"{piece} {sentence}".strip()
    yield piece
