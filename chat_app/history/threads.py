"""Conversations: whose they are, the list of them, and one of them whole."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chainlit.types import PageInfo, PaginatedResponse, Pagination, ThreadDict, ThreadFilter
from sqlalchemy import ColumnElement, delete, exists, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chat_app.history import elements, steps
from course.errors import Invalid, NotAllowed
from course.tables import (
    ConversationRow,
    ElementRow,
    FeedbackRow,
    NoticeRow,
    RenderRequestRow,
    StepRow,
    ThreadRow,
    UserRow,
)

_LONGEST_NAME = 80
_LARGEST_PAGE = 100


async def author(session: AsyncSession, thread_id: str) -> str:
    """The author's e-mail address, or empty."""
    query = select(UserRow.email).join(ThreadRow, ThreadRow.user_id == UserRow.id).where(ThreadRow.id == thread_id)
    return await session.scalar(query) or ""


async def whole(session: AsyncSession, thread_id: str) -> ThreadDict | None:
    """The conversation with its steps and elements."""
    row = await session.get(ThreadRow, thread_id)
    if row is None:
        return None
    thread = _as_dict(row, await author(session, thread_id), row.created_at)
    thread["steps"] = await steps.of_thread(session, thread_id)
    thread["elements"] = await elements.of_thread(session, thread_id)
    return thread


async def page(
    session: AsyncSession, user_id: UUID, pagination: Pagination, filters: ThreadFilter
) -> PaginatedResponse[ThreadDict]:
    """Conversations by last use. Steps are looked at for a search, and loaded never."""
    size = max(1, min(pagination.first, _LARGEST_PAGE))
    query = (
        select(ThreadRow, UserRow.email)
        .join(UserRow, UserRow.id == ThreadRow.user_id)
        .where(ThreadRow.user_id == user_id, *_conditions(pagination, filters))
        .order_by(ThreadRow.updated_at.desc(), ThreadRow.id.desc())
        .limit(size + 1)
    )
    found = (await session.execute(query)).all()
    rows = found[:size]
    info = PageInfo(
        hasNextPage=len(found) > size,
        startCursor=_cursor(rows[0][0]) if rows else None,
        endCursor=_cursor(rows[-1][0]) if rows else None,
    )
    # The sidebar groups by `createdAt`; by last use is what people look for.
    return PaginatedResponse(pageInfo=info, data=[_as_dict(row, email, row.updated_at) for row, email in rows])


async def save(
    session: AsyncSession,
    thread_id: str,
    name: str | None,
    user_id: UUID | None,
    metadata: dict[str, Any] | None,
    tags: list[str] | None,
) -> None:
    """Changes what is given. Without `user_id` it makes nothing: a deleted conversation stays deleted."""
    given = {"name": _short(name), "details": steps.without_nul(metadata), "tags": tags}
    changes = {getattr(ThreadRow, key): value for key, value in given.items() if value is not None}
    if user_id is None:
        if changes:
            await session.execute(update(ThreadRow).where(ThreadRow.id == thread_id).values(changes))
        return
    new = {ThreadRow.id: thread_id, ThreadRow.user_id: user_id, ThreadRow.details: {}}
    statement = (
        insert(ThreadRow)
        .values(new | changes)
        .on_conflict_do_update(
            index_elements=[ThreadRow.id],
            set_=changes | {ThreadRow.user_id: user_id},
            where=or_(ThreadRow.user_id == user_id, ThreadRow.user_id.is_(None)),
        )
        .returning(ThreadRow.id)
    )
    if await session.scalar(statement) is None:
        raise NotAllowed("That is someone else's conversation.")


async def delete_one(session: AsyncSession, thread_id: str) -> None:
    """Removes everything said in it, and what was still to be told to it."""
    said = select(StepRow.id).where(StepRow.thread_id == thread_id)
    await session.execute(delete(FeedbackRow).where(FeedbackRow.for_id.in_(said)))
    for table in (ElementRow, StepRow, NoticeRow, RenderRequestRow, ConversationRow):
        await session.execute(delete(table).where(table.thread_id == thread_id))
    await session.execute(delete(ThreadRow).where(ThreadRow.id == thread_id))


def _conditions(pagination: Pagination, filters: ThreadFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if pagination.cursor:
        moment, _, thread_id = pagination.cursor.partition("|")
        try:
            before = datetime.fromisoformat(moment)
        except ValueError as error:
            raise Invalid("That page of the list is not there any more. Reload the page.") from error
        conditions.append(tuple_(ThreadRow.updated_at, ThreadRow.id) < tuple_(before, thread_id))
    if filters.search:
        said = exists().where(
            StepRow.thread_id == ThreadRow.id,
            StepRow.type.in_(("user_message", "assistant_message")),
            StepRow.output.icontains(filters.search, autoescape=True),
        )
        conditions.append(or_(ThreadRow.name.icontains(filters.search, autoescape=True), said))
    if filters.feedback is not None:
        rated = exists().where(FeedbackRow.thread_id == ThreadRow.id, FeedbackRow.value == filters.feedback)
        conditions.append(rated)
    return conditions


def _cursor(row: ThreadRow) -> str:
    return f"{row.updated_at.isoformat()}|{row.id}"


def _as_dict(row: ThreadRow, email: str, moment: datetime) -> ThreadDict:
    # Chainlit serves any conversation marked so to anyone who has its address, even with sharing switched off.
    metadata = {key: value for key, value in row.details.items() if key != "is_shared"}
    return ThreadDict(
        id=row.id,
        createdAt=moment.isoformat(),
        name=row.name,
        userId=str(row.user_id) if row.user_id else None,
        userIdentifier=email,
        tags=row.tags,
        metadata=metadata,
        steps=[],
        elements=[],
    )


def _short(name: str | None) -> str | None:
    """A first message as the name of its conversation."""
    if name is None:
        return None
    name = " ".join(name.replace("\x00", "").split())
    if len(name) <= _LONGEST_NAME:
        return name
    return name[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(",;:.– ") + "…"
