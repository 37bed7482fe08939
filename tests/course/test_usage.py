"""What was spent, by course and purpose, for those who may know."""

from decimal import Decimal
from uuid import UUID

import pytest

from course.database import Database
from course.errors import NotFound
from course.prices import cost
from course.usage import Usage


async def test_course_total_adds_up_by_purpose(database: Database, cells: UUID, ann: UUID, eve: UUID) -> None:
    """Every use is priced when it happens and counted for its course alone, the dearest purpose first."""
    usage = Usage(database)
    for _ in range(2):
        await usage.record("writer", "gpt-4o-mini", 1_000_000, 500_000, course_id=cells, user_id=ann)
    await usage.record("speech", "tts-1", 100_000, course_id=cells)
    await usage.record("tutor", "built-in-author", 5_000, 100, course_id=cells)
    await usage.record("writer", "gpt-4o", 1_000_000, 0)
    total = await usage.course_total(ann, cells)
    assert total.cost_usd == pytest.approx(2 * (0.15 + 0.30) + 1.5)
    assert [(one.purpose, one.uses, one.input_units) for one in total.by_purpose] == [
        ("speech", 1, 100_000),
        ("writer", 2, 2_000_000),
        ("tutor", 1, 5_000),
    ]
    with pytest.raises(NotFound):
        await usage.course_total(eve, cells)


async def test_course_without_use_costs_nothing(database: Database, cells: UUID, ann: UUID) -> None:
    """A new course has cost 0."""
    total = await Usage(database).course_total(ann, cells)
    assert (total.cost_usd, total.by_purpose) == (0.0, [])


@pytest.mark.parametrize(
    ("model", "units", "dollars"),
    [
        ("gpt-4o-mini", (1_000_000, 1_000_000), "0.75"),
        ("gpt-4o-mini-2024-07-18", (1_000_000, 0), "0.15"),
        ("gpt-4o-2024-08-06", (1_000_000, 0), "2.50"),
        ("gpt-4o-mini-tts", (1_000, 0), "0.0167"),
        ("text-embedding-3-small", (1_000_000, 0), "0.02"),
        ("built-in-author", (10**9, 10**9), "0"),
        ("piper-joe", (10**9, 0), "0"),
    ],
)
def test_prices(model: str, units: tuple[int, int], dollars: str) -> None:
    """Dated versions cost what their model does; the local models nothing."""
    assert cost(model, *units) == Decimal(dollars)


def test_unknown_price_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    """A model we have no price for counts as 0, and the log says so instead of hiding it."""
    assert cost("house-model-of-this-test", 10, 10) == 0
    assert cost("house-model-of-this-test", 10, 10) == 0
    assert caplog.text.count("house-model-of-this-test") == 1
