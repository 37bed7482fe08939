"""Notices on their way into conversations, exactly once, whether or not anyone is looking."""

import itertools
import logging
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course.database import Database
from course.errors import Unavailable
from course.models.notice import Delivery, Notice
from course.tables import Base, ElementRow, NoticeRow, StepRow, ThreadRow
from course.wakeups import listening

CHANNEL = "lectern_notices"

Build = Callable[[Notice], tuple[dict[str, Any], Sequence[dict[str, Any]]]]
"""How a notice looks: columns of its `steps` row and of its `elements` rows. Ids, thread and places are filled in."""

_log = logging.getLogger(__name__)
# A conversation's own row may be written a moment after its first message.
_THREAD_COMES_WITHIN = timedelta(minutes=1)


class Notices:
    """Notices, from the side of the conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def undelivered(self) -> int:
        """How many notices wait to be delivered."""
        async with self._database.transaction() as session:
            count = select(func.count()).select_from(NoticeRow).where(NoticeRow.delivered_at.is_(None))
            return await session.scalar(count) or 0

    async def deliver(self, build: Build, *, limit: int = 50) -> list[Delivery]:
        """Writes waiting notices into their conversations, each in a transaction with its mark; returns them.

        Safe to run anywhere at any time: two deliverers take different notices. One that cannot be built is
        logged, left for the next call, and holds up no other. One for a conversation that was deleted is dropped.
        """
        delivered: list[Delivery] = []
        passed: list[UUID] = []
        while (tried := len(passed)) < limit:
            try:
                async with self._database.transaction() as session:
                    row = await _next(session, passed)
                    if row is None:
                        break
                    passed.append(row.id)
                    delivery = await _deliver(session, row, build)
            except Unavailable:
                raise
            except Exception:  # one notice must not hold up the others
                if len(passed) == tried:
                    raise  # no notice's fault, a missing table say: asking on at once would never end
                _log.exception("A notice cannot be shown", extra={"notice_id": str(passed[-1])})
                continue
            delivered += [delivery] if delivery else []
        return delivered

    async def delivered(self, thread_ids: Collection[str], since: datetime) -> list[Delivery]:
        """What was written into these conversations after `since`, oldest first, by whichever process.

        For showing live conversations what another process delivered. Ask with some seconds of overlap: a
        message shown twice is the same message.
        """
        query = select(NoticeRow).where(NoticeRow.thread_id.in_(thread_ids), NoticeRow.delivered_at > since)
        async with self._database.transaction() as session:
            notices = [_as_notice(row) for row in await session.scalars(query.order_by(NoticeRow.number))]
            steps = await _rows(session, StepRow, StepRow.id.in_([notice.step_id for notice in notices]))
            elements = await _rows(session, ElementRow, ElementRow.for_id.in_(list(steps)))
        return [
            Delivery(notice, steps[notice.step_id], _in_place(notice, elements))
            for notice in notices
            if notice.step_id in steps
        ]

    async def listen(self, *, every: float = 5.0) -> AsyncIterator[None]:
        """Yields at once, then whenever something is to be delivered or was, and every few seconds anyhow."""
        async with listening(self._database, CHANNEL) as wakeups:
            while True:
                yield
                await wakeups.wait(every)


async def tell(
    session: AsyncSession,
    thread_id: str,
    user_id: UUID,
    kind: str,
    payload: dict[str, Any],
    *,
    notice_id: UUID | None = None,
) -> None:
    """Adds a notice within the use case it tells of: they commit together. The same `notice_id` twice is one."""
    row = {"id": notice_id or uuid4(), "thread_id": thread_id, "user_id": user_id, "kind": kind, "payload": payload}
    await session.execute(insert(NoticeRow).values(row).on_conflict_do_nothing())
    await _wake(session)


async def _deliver(session: AsyncSession, row: NoticeRow, build: Build) -> Delivery | None:
    notice = _as_notice(row)
    row.delivered_at = func.now()
    thread = await session.get(ThreadRow, notice.thread_id)
    if thread is None and notice.created_at < datetime.now(UTC) - _THREAD_COMES_WITHIN:
        return None
    delivery = _placed(notice, *build(notice))
    await _upsert(session, StepRow, delivery.step)
    for element in delivery.elements:
        await _upsert(session, ElementRow, element)
    if thread is not None:
        thread.updated_at = func.now()
    await _wake(session)
    return delivery


async def _next(session: AsyncSession, passed: list[UUID]) -> NoticeRow | None:
    return await session.scalar(
        select(NoticeRow)
        .where(NoticeRow.delivered_at.is_(None), NoticeRow.id.not_in(passed))
        .order_by(NoticeRow.number)
        .limit(1)
        .with_for_update(skip_locked=True),
    )


def _placed(notice: Notice, step: dict[str, Any], elements: Sequence[dict[str, Any]]) -> Delivery:
    """With the ids and places that make a repeat harmless."""
    # Chainlit's form of a moment, in which steps are sorted.
    at = notice.created_at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    place = {"id": notice.step_id, "thread_id": notice.thread_id}
    rows = [
        {"extra": {}}
        | element
        | {"id": notice.element_id(number), "thread_id": notice.thread_id, "for_id": notice.step_id}
        for number, element in enumerate(elements)
    ]
    defaults = {"input": "", "is_error": False, "created_at": at, "extra": {}}
    return Delivery(notice, defaults | step | place, rows)


async def _upsert(session: AsyncSession, table: type[Base], values: dict[str, Any]) -> None:
    statement = insert(table).values(values)
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


async def _rows(session: AsyncSession, table: type[Base], which: Any) -> dict[str, dict[str, Any]]:
    result = await session.execute(select(*table.__table__.columns).where(which))
    return {row["id"]: dict(row) for row in result.mappings()}


def _in_place(notice: Notice, elements: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    places = (notice.element_id(number) for number in itertools.count())
    return [elements[element] for element in itertools.takewhile(elements.__contains__, places)]


async def _wake(session: AsyncSession) -> None:
    await session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


def _as_notice(row: NoticeRow) -> Notice:
    names = ("id", "thread_id", "user_id", "kind", "payload", "created_at")
    return Notice.model_validate({name: getattr(row, name) for name in names})
