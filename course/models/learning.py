"""What a learner is shown for a question."""

from uuid import UUID

from course.models.lesson import Part


class CitedPassage(Part):
    """A place in a course that an answer rests on: `number` is what the answer calls it; `slide` counts from 1."""

    number: int
    lesson_id: UUID
    lesson_number: str
    lesson_title: str
    slide: int
    slide_title: str
    text: str
