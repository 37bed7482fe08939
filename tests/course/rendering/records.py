"""A look at the tables behind the use cases, and what the press hands over."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from course.database import Database
from course.models.rendering import Film
from course.tables import NoticeRow, OutboxRow, RenderJobRow

THREAD = "thread-of-ann"


def film(seconds: float = 61.5) -> Film:
    """What the press hands over."""
    return Film(
        video="videos/k.mp4",
        video_generation=7,
        captions="videos/k.vtt",
        poster="videos/k.jpg",
        duration_seconds=seconds,
        size_bytes=123_456,
        cues=[],
    )


@dataclass
class Records:
    """A look at the tables behind the use cases."""

    database: Database

    async def job(self, job_id: UUID) -> RenderJobRow:
        """The job's row."""
        async with self.database.transaction() as session:
            return await session.get_one(RenderJobRow, job_id)

    async def notices(self) -> list[NoticeRow]:
        """All notices, oldest first."""
        async with self.database.transaction() as session:
            return list(await session.scalars(select(NoticeRow).order_by(NoticeRow.number)))

    async def tasks(self) -> list[OutboxRow]:
        """All rows of the outbox, oldest first."""
        async with self.database.transaction() as session:
            return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.created_at, OutboxRow.number)))

    async def set(self, job_id: UUID, **columns: Any) -> None:
        """Changes columns of the job, to bring about in no time what takes minutes."""
        async with self.database.transaction() as session:
            await session.execute(update(RenderJobRow).where(RenderJobRow.id == job_id).values(**columns))

    async def expire(self, job_id: UUID) -> None:
        """Its worker has not been heard of for long."""
        await self.set(job_id, lease_until=datetime.now(UTC) - timedelta(minutes=5))


def worker() -> str:
    """A new worker's name."""
    return f"press-{uuid4().hex[:8]}"


async def wait_until_sent(records: Records) -> None:
    """Until the outbox has sent everything; `TimeoutError` after 10 s."""
    async with asyncio.timeout(10):
        while not all(task.sent_at for task in await records.tasks()):  # noqa: ASYNC110  # the database has no event
            await asyncio.sleep(0.05)
