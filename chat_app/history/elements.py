"""Cards and attachments of messages, between Chainlit's dictionaries and our rows."""

from typing import Any, cast

from chainlit.element import ElementDict
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chat_app.history.steps import without_nul
from course.errors import NotAllowed
from course.tables import ElementRow

_COLUMNS = {
    "id": "id",
    "threadId": "thread_id",
    "forId": "for_id",
    "type": "type",
    "name": "name",
    "objectKey": "object_name",
    "props": "props",
}


def as_chip(file: dict[str, Any]) -> dict[str, Any]:
    """An uploaded file by its name alone: its text lives on as a source, its bytes in the bucket."""
    props = {"name": file["name"], "mime": file.get("mime")}
    # A key into one process's upload folder means nothing to another.
    return file | {"type": "custom", "name": "Attachment", "props": props, "chainlitKey": None, "url": "#"}


def as_columns(element: ElementDict) -> dict[str, Any]:
    """The row's columns; an uploaded file is kept as a chip."""
    plain = without_nul(dict(element))
    if plain["type"] != "custom" and not plain.get("url"):
        plain = as_chip(plain)
    return {column: plain.pop(key, None) for key, column in _COLUMNS.items()} | {"extra": plain}


def as_dict(row: ElementRow) -> ElementDict:
    """The element as Chainlit sends it to the browser."""
    return cast("ElementDict", row.extra | {key: getattr(row, column) for key, column in _COLUMNS.items()})


async def save(session: AsyncSession, element: ElementDict) -> None:
    """Inserts or updates; `NotAllowed` when the id is that of an element of another conversation."""
    columns = as_columns(element)
    statement = insert(ElementRow).values(columns)
    statement = statement.on_conflict_do_update(
        index_elements=[ElementRow.id],
        set_={name: statement.excluded[name] for name in columns if name not in ("id", "thread_id")},
        where=ElementRow.thread_id == statement.excluded.thread_id,
    )
    if await session.scalar(statement.returning(ElementRow.id)) is None:
        raise NotAllowed("That card belongs to another conversation.")


async def one(session: AsyncSession, thread_id: str, element_id: str) -> ElementDict | None:
    """An element of a conversation."""
    row = await session.scalar(
        select(ElementRow).where(ElementRow.id == element_id, ElementRow.thread_id == thread_id),
    )
    return as_dict(row) if row else None


async def delete_one(session: AsyncSession, thread_id: str, element_id: str) -> None:
    """Removes an element of a conversation."""
    await session.execute(delete(ElementRow).where(ElementRow.id == element_id, ElementRow.thread_id == thread_id))


async def of_thread(session: AsyncSession, thread_id: str) -> list[ElementDict]:
    """All elements of a conversation."""
    rows = await session.scalars(select(ElementRow).where(ElementRow.thread_id == thread_id).order_by(ElementRow.id))
    return [as_dict(row) for row in rows]
