"""A course's budget: what may be spent on it in all, kept by setting money aside before each piece of work.

Spent is what `usage` says; set aside is a hold for each call to a model under way (in any process), and what the
speech of each video in the queue takes. Whoever wants to begin asks for a hold with the course's row locked, so
two that ask at once cannot both have the last dollar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.errors import Invalid, OverBudget
from course.models.rendering import JobState, RenderOrder
from course.models.usage import Budget
from course.money import dollars
from course.prices import Prices, bundled
from course.rendering.orders import speech_characters
from course.tables import CourseRow, HoldRow, RenderJobRow, UsageRow

_LIMIT = select(CourseRow.__table__.c.budget_usd).where(CourseRow.__table__.c.id == bindparam("course"))
_MOST = Decimal(1_000_000)
_CENT = Decimal("0.01")


class Budgets:
    """Use cases of budgets."""

    def __init__(self, database: Database, prices: Prices | None = None) -> None:
        self._database = database
        self.prices = prices or bundled()

    async def set(self, actor: UUID, course_id: UUID, usd: Decimal | None) -> Budget | None:
        """What may be spent on the course in all, counting what is spent already; None is no limit."""
        if usd is not None and not 0 <= usd <= _MOST:
            raise Invalid(f"A budget is between $0 and {dollars(_MOST)}.")
        limit = None if usd is None else usd.quantize(_CENT)
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            await session.execute(update(CourseRow).where(CourseRow.id == course_id).values(budget_usd=limit))
            return await standing(session, course_id, self.prices)

    async def standing(self, actor: UUID, course_id: UUID) -> Budget | None:
        """The budget and what is left of it; None for a course without."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return await standing(session, course_id, self.prices)

    async def require(self, course_id: UUID, usd: Decimal | None, doing: str) -> None:
        """Raises `OverBudget` when that much is not left; sets nothing aside. None is a price that is not known."""
        if usd == 0 or not await self._limited(course_id):
            return
        async with self._database.transaction() as session:
            await require(session, course_id, usd, doing, self.prices)

    async def hold(
        self, course_id: UUID, model: str, most_in: int, most_out: int, doing: str, *, seconds: float
    ) -> UUID | None:
        """Sets aside what so many units of the model cost, for a call that takes so long at most.

        None for a course without budget, and for a model that costs nothing. Give the hold to `Usage.record`, or to
        `release` when nothing was used. Raises `OverBudget`. `doing` is like “writing a lesson”.
        """
        if self.prices.is_free(model) or not await self._limited(course_id):
            return None
        usd = self.prices.cost(model, most_in, most_out)
        async with self._database.transaction() as session:
            await session.execute(delete(HoldRow).where(HoldRow.course_id == course_id, HoldRow.until <= func.now()))
            await require(session, course_id, usd, doing, self.prices)
            row = HoldRow(id=uuid4(), course_id=course_id, usd=usd, until=func.now() + timedelta(seconds=seconds))
            session.add(row)
        return row.id

    async def release(self, hold: UUID) -> None:
        """Gives back what was set aside."""
        await self._database.run(delete(HoldRow).where(HoldRow.id == hold))

    async def _limited(self, course_id: UUID) -> bool:
        """Asked alone and without a lock: most courses have no budget."""
        rows = await self._database.run(_LIMIT, {"course": course_id})
        return bool(rows) and rows[0][0] is not None


@dataclass(frozen=True)
class _State:
    limit: Decimal
    spent: Decimal
    held: Decimal


async def require(session: AsyncSession, course_id: UUID, usd: Decimal | None, doing: str, prices: Prices) -> None:
    """Raises `OverBudget` when that much is not left; the course's row stays locked for this transaction.

    `usd` None is a price that is not known: under a budget that cannot be begun. `doing` says what would be,
    like “writing a lesson”.
    """
    if usd == 0:
        return
    state = await _state(session, course_id, prices, lock=True)
    if state is None:
        return
    if usd is None:
        raise OverBudget(
            f"This course has a budget of {dollars(state.limit)}, and the price of the model for {doing} is not known, "
            "so it cannot be kept. Say “no budget” to go on without, or ask your operator to add the price."
        )
    taken = state.spent + state.held
    if taken + usd > state.limit:
        enough = (taken + usd).to_integral_value(ROUND_CEILING)
        raise OverBudget(
            f"That would pass the budget of this course: {dollars(taken)} of {dollars(state.limit)} is spent or set "
            f"aside, and {doing} may take {dollars(usd)}. Say “set the budget to ${enough}” to go on, or “no budget”."
        )


async def standing(session: AsyncSession, course_id: UUID, prices: Prices) -> Budget | None:
    """The budget and what is taken of it; None for a course without."""
    state = await _state(session, course_id, prices)
    if state is None:
        return None
    return Budget(limit_usd=float(state.limit), spent_usd=float(state.spent), held_usd=float(state.held))


async def _state(session: AsyncSession, course_id: UUID, prices: Prices, *, lock: bool = False) -> _State | None:
    query = select(CourseRow.budget_usd).where(CourseRow.id == course_id)
    # Edits and other holds wait for a moment; what only refers to the course does not.
    limit = await session.scalar(query.with_for_update(key_share=True) if lock else query)
    if limit is None:
        return None
    spent = await session.scalar(select(func.sum(UsageRow.cost_usd)).where(UsageRow.course_id == course_id))
    alive = HoldRow.course_id == course_id, HoldRow.until > func.now()
    held = await session.scalar(select(func.sum(HoldRow.usd)).where(*alive))
    return _State(limit, spent or Decimal(0), (held or Decimal(0)) + await _queued(session, course_id, prices))


async def _queued(session: AsyncSession, course_id: UUID, prices: Prices) -> Decimal:
    """What the videos will take that are asked for and not made yet; a price that is not known cannot be counted."""
    under_way = RenderJobRow.state.in_([JobState.QUEUED, JobState.RUNNING])
    orders = await session.scalars(select(RenderJobRow.order).where(RenderJobRow.course_id == course_id, under_way))
    return sum((speech_cost(order, prices) or Decimal(0) for order in map(_order, orders)), Decimal(0))


def speech_cost(order: RenderOrder, prices: Prices) -> Decimal | None:
    """What the speech of a video takes; None when the voice's price is not known."""
    return prices.cost(order.speech_model, speech_characters(order))


def _order(stored: Mapping[str, Any]) -> RenderOrder:
    return RenderOrder.model_validate(stored)
