"""Money made visible: every use of a model and of the press, priced when it happens, by course and lesson."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from course import access, budget
from course.database import Database
from course.models.usage import CourseSpending, LessonSpending, Spending
from course.outline import load_outline
from course.prices import Prices, bundled
from course.tables import HoldRow, UsageRow

_RECORD = insert(UsageRow.__table__)  # type: ignore[arg-type]  # a mapped class's table is a Table
_NAMES = ("purpose", "model", "uses", "input_units", "output_units", "cost_usd")


class Usage:
    """The record of what was used."""

    def __init__(self, database: Database, prices: Prices | None = None) -> None:
        self._database = database
        self.prices = prices or bundled()

    async def record(
        self,
        purpose: str,
        model: str,
        input_units: int,
        output_units: int = 0,
        *,
        course_id: UUID | None = None,
        lesson_id: UUID | None = None,
        user_id: UUID | None = None,
        hold: UUID | None = None,
    ) -> None:
        """Notes one use. `purpose` is the role that used it: director, outliner, writer, reviewer, tutor, embedding.

        `hold` is the money that was set aside for it; it is free again from the same moment on.
        """
        row = {
            "purpose": purpose,
            "model": model,
            "input_units": input_units,
            "output_units": output_units,
            "cost_usd": self.prices.cost(model, input_units, output_units),
        }
        row |= {"course_id": course_id, "lesson_id": lesson_id, "user_id": user_id}
        if hold is None:
            await self._database.run(_RECORD, row)
            return
        async with self._database.transaction() as session:
            await session.execute(_RECORD, row)
            await session.execute(delete(HoldRow).where(HoldRow.id == hold))

    async def spending(self, actor: UUID, course_id: UUID) -> CourseSpending:
        """What the course has cost so far, as a whole and lesson by lesson; for those who may edit it."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            rows = await _sums(session, course_id)
            outline = await load_outline(session, course_id)
            standing = await budget.standing(session, course_id, self.prices)
        names = {lesson.id: (lesson.number, lesson.title) for lesson in outline.lessons}
        whole = _by_purpose(rows)
        return CourseSpending(
            cost_usd=_total(whole),
            by_purpose=whole,
            lessons=_by_lesson(rows, names),
            unpriced=sorted({one.model for one in whole if one.cost_usd is None}),
            budget=standing,
            prices_as_of=self.prices.as_of,
        )


def usage_row(
    purpose: str, model: str, input_units: int, output_units: int = 0, *, prices: Prices | None = None
) -> UsageRow:
    """One use, priced now: prices change, what was paid does not."""
    return UsageRow(
        purpose=purpose,
        model=model,
        input_units=input_units,
        output_units=output_units,
        cost_usd=(prices or bundled()).cost(model, input_units, output_units),
    )


class _Sum(NamedTuple):
    lesson_id: UUID | None
    purpose: str
    model: str
    unknown: bool
    uses: int
    input_units: int
    output_units: int
    usd: Decimal | None


async def _sums(session: AsyncSession, course_id: UUID) -> list[_Sum]:
    """By lesson, purpose and model; unknown costs stay apart from known ones of the same model."""
    keys = UsageRow.lesson_id, UsageRow.purpose, UsageRow.model, UsageRow.cost_usd.is_(None)
    sums = func.count(), func.sum(UsageRow.input_units), func.sum(UsageRow.output_units), func.sum(UsageRow.cost_usd)
    query = select(*keys, *sums).where(UsageRow.course_id == course_id).group_by(*keys)
    return [_Sum(*row) for row in await session.execute(query)]


def _by_purpose(rows: Sequence[_Sum]) -> list[Spending]:
    found: dict[tuple[str, str, bool], list[Any]] = {}
    for row in rows:
        sums = found.setdefault((row.purpose, row.model, row.unknown), [0, 0, 0, None if row.unknown else 0])
        sums[0] += row.uses
        sums[1] += row.input_units
        sums[2] += row.output_units
        if row.usd is not None:
            sums[3] += row.usd
    made_of = [
        Spending.model_validate(dict(zip(_NAMES, (purpose, model, *sums), strict=True)))
        for (purpose, model, _), sums in found.items()
    ]
    return sorted(made_of, key=lambda one: (-(one.cost_usd or 0), one.purpose, one.model))


def _by_lesson(rows: Sequence[_Sum], names: dict[UUID, tuple[str, str]]) -> list[LessonSpending]:
    used = {row.lesson_id for row in rows if row.lesson_id is not None}
    ordered = [*(one for one in names if one in used), *sorted(used - names.keys())]
    lessons = []
    for lesson_id in ordered:
        number, title = names.get(lesson_id, ("", "a lesson that was removed"))
        spent = _by_purpose([row for row in rows if row.lesson_id == lesson_id])
        lessons.append(
            LessonSpending(lesson_id=lesson_id, number=number, title=title, cost_usd=_total(spent), by_purpose=spent)
        )
    return lessons


def _total(spent: Sequence[Spending]) -> float:
    return float(sum(one.cost_usd or 0 for one in spent))
