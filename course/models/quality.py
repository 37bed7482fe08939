"""What examining a lesson or a course by machine found: figures, and findings a teacher can act on."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from course.models.lesson import Part
from course.models.revision import Kind


class Check(StrEnum):
    """What is looked at; the values are short enough for a label."""

    OBJECTIVES = "objectives"
    VERBS = "verbs"
    CITATIONS = "citations"
    SOURCES = "sources"
    LENGTH = "words on slides"
    DRAWING = "drawing"
    TIME = "speaking time"
    NARRATION = "narration"
    READING = "reading level"
    QUIZ = "quiz"
    REPETITION = "repetition"
    TERMS = "terms"
    SIGNS = "stray signs"


Severity = Literal["problem", "hint"]
"""A problem should be mended before learners see it; a hint is worth a look."""


class Finding(Part):
    """One thing to mend, or to look at.

    `kind` and `part_id` say which part it is about: a slide, quiz item, objective, the lesson, or the course
    (then `lesson_id` is null and `lesson_number` empty). `sentence` is for the teacher to read; `remedy` is the
    plain message that, sent in the chat, asks for it to be mended; empty when only the teacher can tell.
    """

    check: Check
    severity: Severity
    lesson_id: UUID | None
    lesson_number: str
    kind: Kind
    part_id: UUID | None
    sentence: str
    remedy: str


class Tally(Part):
    """How many of how many are as they should be."""

    good: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; nothing to look at is nothing wrong."""
        return self.good / self.of if self.of else 1.0


class ReadingLevel(Part):
    """How hard the narration is to read: `formula` names the measure, `words` say it (“school year 9”)."""

    formula: str
    value: float
    words: str


class LessonReport(Part):
    """A written lesson examined at its `revision`; for one that is only planned the tallies are empty.

    `minutes_spoken` is what the narration takes at the usual pace. `reading` is null for languages no formula
    here fits. `pictures_checked` is false while the press has not said whether the slides fit their pictures.
    """

    lesson_id: UUID
    lesson_number: str
    title: str
    revision: int
    drafted: bool
    pictures_checked: bool
    words: int
    minutes_planned: int
    minutes_spoken: float
    reading: ReadingLevel | None
    sentences_cited: Tally
    objectives_covered: Tally
    slides_within_limits: Tally
    quiz_valid: Tally
    findings: list[Finding]


class CourseReport(Part):
    """A course examined at its `revision`.

    `findings` are those of the course as a whole; those of its lessons are in `lessons`.
    """

    course_id: UUID
    title: str
    revision: int
    sentences_cited: Tally
    objectives_covered: Tally
    slides_within_limits: Tally
    quiz_valid: Tally
    sections_used: Tally
    lessons: list[LessonReport]
    findings: list[Finding]

    @property
    def all_findings(self) -> list[Finding]:
        """The course's own findings, then those of its lessons in order."""
        return [*self.findings, *(finding for lesson in self.lessons for finding in lesson.findings)]
