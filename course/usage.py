"""Money made visible: every use of a model and of the press, priced, by course."""

from uuid import UUID

from sqlalchemy import func, insert, select

from course import access
from course.database import Database
from course.models.usage import CourseSpending, Spending
from course.prices import cost
from course.tables import UsageRow

_RECORD = insert(UsageRow.__table__)  # type: ignore[arg-type]  # a mapped class's table is a Table


class Usage:
    """The record of what was used."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
    ) -> None:
        """Notes one use. `purpose` is the role that used it: director, outliner, writer, reviewer, tutor, embedding."""
        row = {
            "purpose": purpose,
            "model": model,
            "input_units": input_units,
            "output_units": output_units,
            "cost_usd": cost(model, input_units, output_units),
        }
        about = {"course_id": course_id, "lesson_id": lesson_id, "user_id": user_id}
        await self._database.run(_RECORD, row | about)

    async def course_total(self, actor: UUID, course_id: UUID) -> CourseSpending:
        """What the course has cost so far; for those who may edit it."""
        total = func.sum(UsageRow.cost_usd)
        sums = func.count(), func.sum(UsageRow.input_units), func.sum(UsageRow.output_units), total
        query = select(UsageRow.purpose, UsageRow.model, *sums).where(UsageRow.course_id == course_id)
        query = query.group_by(UsageRow.purpose, UsageRow.model).order_by(total.desc(), UsageRow.purpose)
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            rows = (await session.execute(query)).all()
        names = ("purpose", "model", "uses", "input_units", "output_units", "cost_usd")
        spent = [Spending.model_validate(dict(zip(names, row, strict=True))) for row in rows]
        return CourseSpending(cost_usd=sum(one.cost_usd for one in spent), by_purpose=spent)


def usage_row(purpose: str, model: str, input_units: int, output_units: int = 0) -> UsageRow:
    """One use, priced now: prices change, what was paid does not."""
    return UsageRow(
        purpose=purpose,
        model=model,
        input_units=input_units,
        output_units=output_units,
        cost_usd=cost(model, input_units, output_units),
    )
