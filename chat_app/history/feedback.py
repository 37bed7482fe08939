"""Thumbs on messages."""

from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course.errors import NotFound
from course.tables import FeedbackRow, StepRow, ThreadRow


async def save(session: AsyncSession, actor: UUID, step_id: str, value: int, comment: str | None) -> str:
    """Sets the thumb on a step; `NotFound` unless it stands in a conversation of the actor's."""
    thread_id = await session.scalar(
        select(StepRow.thread_id)
        .join(ThreadRow, ThreadRow.id == StepRow.thread_id)
        .where(StepRow.id == step_id, ThreadRow.user_id == actor),
    )
    if thread_id is None:
        raise NotFound("There is no such message in your conversations.")
    statement = insert(FeedbackRow).values(
        id=str(uuid4()), for_id=step_id, thread_id=thread_id, user_id=actor, value=value, comment=comment
    )
    statement = statement.on_conflict_do_update(
        index_elements=[FeedbackRow.for_id],
        set_={"value": statement.excluded.value, "comment": statement.excluded.comment},
    )
    return str(await session.scalar(statement.returning(FeedbackRow.id)))


async def delete_one(session: AsyncSession, actor: UUID, feedback_id: str) -> None:
    """Takes a thumb of the actor's back."""
    found = await session.scalar(
        delete(FeedbackRow)
        .where(FeedbackRow.id == feedback_id, FeedbackRow.user_id == actor)
        .returning(FeedbackRow.id),
    )
    if found is None:
        raise NotFound("There is no such feedback of yours.")
