"""What was spent, by course, purpose and lesson, for those who may know."""

from uuid import UUID, uuid4

import pytest

from course.authoring import Authoring
from course.database import Database
from course.errors import NotFound
from course.usage import Usage


async def test_spending_adds_up_by_purpose(database: Database, cells: UUID, ann: UUID, eve: UUID) -> None:
    """Every use is priced when it happens and counted for its course alone, the dearest purpose first."""
    usage = Usage(database)
    for _ in range(2):
        await usage.record("writer", "gpt-4o-mini", 1_000_000, 500_000, course_id=cells, user_id=ann)
    await usage.record("speech", "tts-1", 100_000, course_id=cells)
    await usage.record("tutor", "built-in-author", 5_000, 100, course_id=cells)
    await usage.record("writer", "gpt-4o", 1_000_000, 0)
    spent = await usage.spending(ann, cells)
    assert spent.cost_usd == pytest.approx(2 * (0.15 + 0.30) + 1.5)
    assert [(one.purpose, one.uses, one.input_units) for one in spent.by_purpose] == [
        ("speech", 1, 100_000),
        ("writer", 2, 2_000_000),
        ("tutor", 1, 5_000),
    ]
    assert (spent.unpriced, spent.budget, spent.lessons) == ([], None, [])
    with pytest.raises(NotFound):
        await usage.spending(eve, cells)


async def test_spending_lesson_by_lesson(database: Database, authoring: Authoring, cells: UUID, ann: UUID) -> None:
    """What was spent on a lesson is told with the lesson, in the course's order; removed ones keep their cost."""
    usage, lessons = Usage(database), (await authoring.outline(ann, cells)).lessons
    gone = uuid4()
    for lesson_id, tokens in ((lessons[2].id, 1_000_000), (lessons[0].id, 2_000_000), (gone, 3_000_000), (None, 10)):
        await usage.record("writer", "gpt-4o-mini", tokens, course_id=cells, lesson_id=lesson_id)
    await usage.record("reviewer", "gpt-4o", 100_000, course_id=cells, lesson_id=lessons[0].id)
    spent = await usage.spending(ann, cells)
    assert [(one.number, one.title, round(one.cost_usd, 6)) for one in spent.lessons] == [
        ("1.1", "Lipids", 0.55),
        ("2.1", "Diffusion", 0.15),
        ("", "a lesson that was removed", 0.45),
    ]
    assert [one.purpose for one in spent.lessons[0].by_purpose] == ["writer", "reviewer"]


async def test_what_has_no_price_is_said_and_not_free(database: Database, cells: UUID, ann: UUID) -> None:
    """A model without a price is counted as unknown beside the known sums."""
    usage = Usage(database)
    await usage.record("writer", "house-model", 1_000, 200, course_id=cells)
    await usage.record("writer", "gpt-4o", 1_000_000, course_id=cells)
    spent = await usage.spending(ann, cells)
    assert (spent.cost_usd, spent.unpriced) == (2.5, ["house-model"])
    assert [(one.model, one.cost_usd) for one in spent.by_purpose] == [("gpt-4o", 2.5), ("house-model", None)]


async def test_a_few_tokens_do_not_vanish(database: Database, cells: UUID, ann: UUID) -> None:
    """Many uses that each cost less than a millionth of a dollar add up to what they are."""
    usage = Usage(database)
    for _ in range(10):
        await usage.record("embedding", "text-embedding-3-small", 12, course_id=cells)
    assert (await usage.spending(ann, cells)).cost_usd == pytest.approx(120 * 0.02 / 1e6)


async def test_course_without_use_costs_nothing(database: Database, cells: UUID, ann: UUID) -> None:
    """A new course has cost 0."""
    spent = await Usage(database).spending(ann, cells)
    assert (spent.cost_usd, spent.by_purpose) == (0.0, [])
