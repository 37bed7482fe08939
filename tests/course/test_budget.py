"""A course's budget is never passed, whoever asks, how many at once, and from how many processes."""

import asyncio
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import func, update

from course.authoring import Authoring
from course.budget import Budgets
from course.database import Database
from course.errors import Invalid, NotFound, OverBudget
from course.lessons import Lessons
from course.rendering.requests import RenderRequests
from course.tables import HoldRow
from course.usage import Usage
from tests.fixtures.course import lesson_draft

_A_MILLION = 1_000_000  # tokens into gpt-4o: $2.50


@pytest.fixture
def budgets(database: Database) -> Budgets:
    """Budgets as one process keeps them."""
    return Budgets(database)


async def _hold(budgets: Budgets, course_id: UUID, tokens: int = _A_MILLION, *, seconds: float = 60) -> UUID | None:
    return await budgets.hold(course_id, "gpt-4o", tokens, 0, "writing a lesson", seconds=seconds)


async def test_a_course_without_budget_may_spend(budgets: Budgets, cells: UUID, ann: UUID) -> None:
    """Without a budget nothing is set aside, whatever it costs or whether its price is known."""
    assert await _hold(budgets, cells, 10**12) is None
    assert await budgets.hold(cells, "house-model", 1, 1, "writing", seconds=1) is None
    assert await budgets.standing(ann, cells) is None


async def test_what_was_spent_and_is_under_way_counts(
    budgets: Budgets, database: Database, cells: UUID, ann: UUID
) -> None:
    """Spent and set aside together stay within the budget; recording a use frees what was set aside for it."""
    usage = Usage(database)
    await usage.record("writer", "gpt-4o", _A_MILLION, course_id=cells)
    await budgets.set(ann, cells, Decimal(6))
    first = await _hold(budgets, cells)
    with pytest.raises(OverBudget) as refused:
        await _hold(budgets, cells)
    assert refused.value.sentence == (
        "That would pass the budget of this course: $5.00 of $6.00 is spent or set aside, and writing a lesson may "
        "take $2.50. Say “set the budget to $8” to go on, or “no budget”."
    )
    await usage.record("writer", "gpt-4o", 100_000, course_id=cells, hold=first)
    standing = await budgets.standing(ann, cells)
    assert standing is not None
    assert (standing.spent_usd, standing.held_usd, standing.left_usd) == (2.75, 0.0, 3.25)
    assert await _hold(budgets, cells) is not None


async def test_many_at_once_cannot_pass_it(postgres_url: str, cells: UUID, ann: UUID, budgets: Budgets) -> None:
    """Of twenty that ask at the same moment in two processes, just as many may begin as the budget pays for."""
    await budgets.set(ann, cells, Decimal(10))
    other = Database(postgres_url, application="another process")
    both = [budgets, Budgets(other)] * 10
    outcomes = await asyncio.gather(*(_hold(one, cells) for one in both), return_exceptions=True)
    assert sum(isinstance(one, UUID) for one in outcomes) == 4
    assert sum(isinstance(one, OverBudget) for one in outcomes) == 16
    await other.close()


async def test_what_a_dead_process_set_aside_is_free_again(
    budgets: Budgets, database: Database, cells: UUID, ann: UUID
) -> None:
    """A hold counts only as long as its call can take; given back it counts no more at once."""
    await budgets.set(ann, cells, Decimal("2.50"))
    hold = await _hold(budgets, cells)
    assert hold is not None
    async with database.transaction() as session:
        await session.execute(update(HoldRow).values(until=func.now()))
    hold = await _hold(budgets, cells)
    assert hold is not None
    await budgets.release(hold)
    assert await _hold(budgets, cells) is not None


async def test_free_work_goes_on_when_the_budget_is_used_up(budgets: Budgets, cells: UUID, ann: UUID) -> None:
    """What costs nothing cannot pass a budget."""
    await budgets.set(ann, cells, Decimal(0))
    assert await budgets.hold(cells, "built-in-author", 10**9, 10**9, "writing", seconds=1) is None
    with pytest.raises(OverBudget):
        await _hold(budgets, cells, 1)


async def test_an_unknown_price_cannot_be_kept_within(budgets: Budgets, cells: UUID, ann: UUID) -> None:
    """Under a budget a model whose price is not known is refused, and what can be done about it is said."""
    await budgets.set(ann, cells, Decimal(5))
    with pytest.raises(OverBudget, match=r"price of the model for writing is not known.*“no budget”"):
        await budgets.hold(cells, "house-model", 1, 1, "writing", seconds=1)
    await budgets.set(ann, cells, None)
    assert await budgets.hold(cells, "house-model", 1, 1, "writing", seconds=1) is None


async def test_only_editors_set_it_and_to_what_makes_sense(budgets: Budgets, cells: UUID, ann: UUID, eve: UUID) -> None:
    """Others are told there is no such course; less than nothing is no budget."""
    with pytest.raises(NotFound):
        await budgets.set(eve, cells, Decimal(5))
    with pytest.raises(NotFound):
        await budgets.standing(eve, cells)
    with pytest.raises(Invalid):
        await budgets.set(ann, cells, Decimal(-1))


async def test_a_video_the_budget_cannot_pay_is_not_queued(
    budgets: Budgets, database: Database, authoring: Authoring, lessons: Lessons, cells: UUID, ann: UUID
) -> None:
    """A render is refused before it is queued; those in the queue count as set aside; the same one again is free."""
    for line in (await authoring.outline(ann, cells)).lessons[:2]:
        await lessons.write(ann, cells, line.id, lesson_draft(line.title, narration="word " * 200), "Wrote it")
    renders = RenderRequests(database, speech_model="tts-1", voice="alloy")
    price = (await renders.estimate(ann, cells, "1.1")).cost_usd
    assert price is not None
    await budgets.set(ann, cells, Decimal("0.02"))
    await renders.request(ann, cells, "1.1", "t1")
    standing = await budgets.standing(ann, cells)
    assert standing is not None
    assert standing.held_usd == pytest.approx(price, abs=1e-4)
    with pytest.raises(OverBudget, match=r"the video of lesson 1.2 may take \$0.0\d"):
        await renders.request(ann, cells, "1.2", "t1")
    assert [job.lesson_number for job in await renders.jobs(ann, cells)] == ["1.1"]
    await renders.request(ann, cells, "1.1", "t1")
