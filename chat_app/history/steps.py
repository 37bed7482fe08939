"""Messages and tool steps, between Chainlit's dictionaries and our rows."""

import json
from typing import Any, cast

from chainlit.step import StepDict
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from course.tables import FeedbackRow, StepRow

_COLUMNS = {
    "id": "id",
    "threadId": "thread_id",
    "parentId": "parent_id",
    "name": "name",
    "type": "type",
    "input": "input",
    "output": "output",
    "isError": "is_error",
    "createdAt": "created_at",
}


def without_nul(value: Any) -> Any:
    """JSON-able, and without the one character Postgres cannot store."""
    return json.loads(json.dumps(value, default=str, ensure_ascii=False).replace("\\u0000", ""))


def as_columns(step: StepDict) -> dict[str, Any]:
    """The row's columns; keys we have no column for go into `extra`, so that a newer Chainlit loses nothing."""
    plain = without_nul(dict(step))
    columns = {column: plain.pop(key, None) for key, column in _COLUMNS.items()}
    columns |= {name: columns[name] or "" for name in ("name", "type", "input", "output")}
    plain.pop("feedback", None)
    return columns | {"is_error": bool(columns["is_error"]), "extra": plain}


def as_dict(row: StepRow, feedback: FeedbackRow | None) -> StepDict:
    """The step as Chainlit sent it."""
    step = row.extra | {key: getattr(row, column) for key, column in _COLUMNS.items()}
    if feedback is not None:
        step["feedback"] = {
            "id": feedback.id,
            "forId": feedback.for_id,
            "value": feedback.value,
            "comment": feedback.comment,
        }
    return cast("StepDict", step)


async def delete_one(session: AsyncSession, thread_id: str, step_id: str) -> None:
    """Removes a step with the thumb on it."""
    found = await session.scalar(
        delete(StepRow).where(StepRow.id == step_id, StepRow.thread_id == thread_id).returning(StepRow.id),
    )
    if found:
        await session.execute(delete(FeedbackRow).where(FeedbackRow.for_id == step_id))


async def of_thread(session: AsyncSession, thread_id: str) -> list[StepDict]:
    """All steps of a conversation in order, each with the thumb on it."""
    query = (
        select(StepRow, FeedbackRow)
        .outerjoin(FeedbackRow, FeedbackRow.for_id == StepRow.id)
        .where(StepRow.thread_id == thread_id)
        .order_by(StepRow.created_at, StepRow.id)
    )
    return [as_dict(row, feedback) for row, feedback in await session.execute(query)]
