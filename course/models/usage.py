"""What was spent on a course, and what may be."""

from datetime import date
from uuid import UUID

from course.models.lesson import Part


class Spending(Part):
    """What one purpose has used of one model. Units are tokens, characters of speech or milliseconds of rendering.

    `cost_usd` is null when the model's price was not known.
    """

    purpose: str
    model: str
    uses: int
    input_units: int
    output_units: int
    cost_usd: float | None


class LessonSpending(Part):
    """What went into one lesson, the dearest purpose first. `number` is empty for one that was removed."""

    lesson_id: UUID
    number: str
    title: str
    cost_usd: float
    by_purpose: list[Spending]


class Budget(Part):
    """What may be spent on a course in all: what of it is spent, and set aside for work under way."""

    limit_usd: float
    spent_usd: float
    held_usd: float

    @property
    def left_usd(self) -> float:
        """What new work may take."""
        return max(0.0, self.limit_usd - self.spent_usd - self.held_usd)


class CourseSpending(Part):
    """What a course has cost so far, by purpose (the dearest first) and by lesson (in their order).

    `unpriced` names the models that were used and whose price was not known: what they took is not in the sums.
    `prices_as_of` is the date of the table that new work is priced by.
    """

    cost_usd: float
    by_purpose: list[Spending]
    lessons: list[LessonSpending]
    unpriced: list[str]
    budget: Budget | None
    prices_as_of: date
