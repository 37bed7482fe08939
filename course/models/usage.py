"""What was spent on a course."""

from course.models.lesson import Part


class Spending(Part):
    """What one purpose has used of one model. Units are tokens, characters of speech or milliseconds of rendering."""

    purpose: str
    model: str
    uses: int
    input_units: int
    output_units: int
    cost_usd: float


class CourseSpending(Part):
    """What a course has cost so far, the dearest purpose first."""

    cost_usd: float
    by_purpose: list[Spending]
