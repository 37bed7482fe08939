"""What learners find, and what their questions are answered from."""

from uuid import UUID

from course.models.lesson import Part
from course.models.text import OptionalProse, Title


class CitedPassage(Part):
    """A place in a course that an answer rests on: `number` is what the answer calls it; `slide` counts from 1."""

    number: int
    lesson_id: UUID
    lesson_number: str
    lesson_title: str
    slide: int
    slide_title: str
    text: str


class PublishedCourse(Part):
    """A published course in a learner's list."""

    id: UUID
    title: Title
    summary: OptionalProse
    audience: str
    language: str
    lessons: int
    minutes: int
    enrolled: bool


class SlideEvidence(Part):
    """A slide of the course that speaks to the question. `slide` is its index in the lesson, from 0."""

    lesson_id: UUID
    lesson_number: str
    lesson_title: str
    slide_id: UUID
    slide: int
    slide_title: str
    text: str


class LessonName(Part):
    """A lesson by its number and title."""

    number: str
    title: str


class Evidence(Part):
    """What a course has on a question, the best first.

    `covered` says whether the slides speak to it well enough to answer; if not, `nearest` are the
    lessons that come closest. `confidence` is what `covered` was decided on.
    """

    question: str
    covered: bool
    confidence: float
    slides: list[SlideEvidence]
    nearest: list[LessonName]
