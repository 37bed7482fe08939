"""A lesson as the checks look at it: with its course, its language and the passages its sources have."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from course.models.lesson import (
    Bullets,
    Comparison,
    Definition,
    Lesson,
    Process,
    Question,
    Recap,
    Slide,
    SlideBody,
    Statement,
    TitleSlide,
)
from course.models.quality import Check, Finding, Severity
from course.models.revision import Kind
from course.models.source import Passage
from course.quality.words import Words, words_of
from course.sentences import split_sentences


@dataclass(frozen=True)
class Examined:
    """One lesson and what is needed to judge it.

    `passages` are those its slides cite, by reference; `sourced` says whether the course has sources at all.
    `before` and `after` are the titles of the lessons beside it, if there are any. `drawing` are sentences of the
    drawing code on slides with something wrong in their pictures; None when it was not asked.
    """

    lesson: Lesson
    course_title: str
    audience: str
    language: str
    passages: Mapping[str, Passage]
    sourced: bool = True
    before: str | None = None
    after: str | None = None
    drawing: Mapping[UUID, list[str]] | None = None

    @cached_property
    def words(self) -> Words:
        """The words of its language."""
        return words_of(self.language)

    @cached_property
    def frame(self) -> frozenset[str]:
        """Stems of what it says of itself and its place: titles, objectives, audience, the lessons beside it."""
        lesson = self.lesson
        texts = [self.course_title, self.audience, self.before or "", self.after or "", lesson.title]
        texts += [*lesson.objectives, *(slide.title for slide in lesson.slides)]
        return self.words.topic("\n".join(texts))

    @cached_property
    def shown(self) -> list[frozenset[str]]:
        """For each slide the stems of its title and body."""
        return [self.words.topic("\n".join([slide.title, *lines(slide.body)])) for slide in self.lesson.slides]

    @cached_property
    def sentences(self) -> list[list[str]]:
        """For each slide the sentences of its narration."""
        return [split_sentences(slide.narration) for slide in self.lesson.slides]

    @cached_property
    def spoken(self) -> list[frozenset[str]]:
        """For each slide the stems of its narration."""
        return [self.words.topic(slide.narration) for slide in self.lesson.slides]

    @cached_property
    def said(self) -> frozenset[str]:
        """Stems of everything the lesson shows and says."""
        return frozenset().union(*self.shown, *self.spoken)

    def drawn(self, slide: Slide) -> list[str]:
        """What the drawing code says of the slide's picture."""
        return self.drawing.get(slide.id, []) if self.drawing else []

    @property
    def name(self) -> str:
        """How to speak of it: “lesson 1.2”."""
        return f"lesson {self.lesson.number}"

    def finding(
        self,
        check: Check,
        severity: Severity,
        sentence: str,
        remedy: str,
        *,
        kind: Kind = Kind.LESSON,
        part_id: UUID | None = None,
    ) -> Finding:
        """A finding in this lesson; about the lesson itself unless a part is named."""
        return Finding(
            check=check,
            severity=severity,
            lesson_id=self.lesson.id,
            lesson_number=self.lesson.number,
            kind=kind,
            part_id=part_id or self.lesson.id,
            sentence=sentence,
            remedy=remedy,
        )

    def slides(self) -> list[tuple[int, Slide]]:
        """The slides, numbered from 1 as people do."""
        return list(enumerate(self.lesson.slides, start=1))


def lines(body: SlideBody) -> list[str]:
    """The text lines a slide shows below its title; a term and its meaning are one line."""
    match body:
        case Bullets() | Recap():
            return list(body.points)
        case Process():
            return list(body.steps)
        case Comparison():
            return [line for side in (body.left, body.right) for line in (side.heading, *side.points)]
        case Definition():
            return [f"{body.term}: {body.meaning}"]
        case Statement():
            return [body.text]
        case Question():
            return [body.question]
        case TitleSlide():
            return [body.subtitle] if body.subtitle else []


def clipped(text: str, most: int = 90) -> str:
    """The text in quotation marks without its full stop, cut between words when it is long."""
    text = " ".join(text.split()).removesuffix(".")
    return f"“{text if len(text) <= most else text[:most].rsplit(' ', 1)[0].rstrip(' ,;:') + ' …'}”"
