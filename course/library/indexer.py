"""Puts what is not in the index yet into it, in the background: sources as they are attached, editions as published."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from course.budget import Budgets
from course.database import Database
from course.errors import LecternError
from course.library.library import Library
from course.models.outline import Course
from course.models.source import Passage
from course.prices import Prices
from course.tables import EditionRow, HoldRow, PassageRow, SourceRow
from course.usage import usage_row
from course.wakeups import listening

CHANNEL = "lectern_index"

_log = logging.getLogger(__name__)

# Of money set aside: no language has fewer characters a token in the mean, and no source takes longer.
_CHARACTERS_A_TOKEN = 2
_LONGEST_SECONDS = 900.0


class Indexer:
    """Work is what has no `indexed_at`. Two at once do the same work twice and harm nothing."""

    def __init__(
        self, database: Database, library: Library, *, seconds: float = 5.0, prices: Prices | None = None
    ) -> None:
        """`seconds` between two looks when nothing wakes it; after failures up to twelve times as long."""
        self._database = database
        self._budgets = Budgets(database, prices)
        self._library = library
        self._seconds = seconds
        self._checked = False

    async def run(self, stop: asyncio.Event) -> None:
        """Indexes until told to stop, woken by NOTIFY; outlives any outage of Postgres, Qdrant and the model."""
        pause = self._seconds
        async with listening(self._database, CHANNEL) as wakeups:
            while not stop.is_set():
                pause = self._seconds if await self._pass() else min(pause * 2, self._seconds * 12)
                await _first_of(stop.wait(), wakeups.wait(pause))

    async def index_pending(self) -> int:
        """One look: indexes every source and newest edition that waits; returns how many.

        Raises the first error (after trying the others), so that the caller knows to come back.
        """
        await self._start_over_if_empty()
        work = [*await self._waiting_sources(), *await self._waiting_editions()]
        problems: list[Exception] = []
        for one in work:
            try:
                await one()
            except Exception as problem:  # noqa: BLE001 - one that cannot be indexed must not hold up the others
                problems.append(problem)
        if problems:
            raise problems[0]
        return len(work)

    async def _pass(self) -> bool:
        try:
            await self.index_pending()
        except LecternError as problem:
            _log.warning("indexing waits: %s", problem.sentence)
            return False
        except Exception:  # noqa: BLE001 - a loop in the background outlives what it did not foresee
            _log.exception("indexing failed")
            return False
        return True

    async def _start_over_if_empty(self) -> None:
        """A new, lost or renamed index (another embedding model) has nothing of what is marked as indexed."""
        if self._checked:
            return
        if await self._library.count() == 0:
            async with self._database.transaction() as session:
                await session.execute(update(SourceRow).values(indexed_at=None))
                await session.execute(update(EditionRow).values(indexed_at=None))
        self._checked = True

    async def _waiting_sources(self) -> list[Callable[[], Awaitable[None]]]:
        query = select(SourceRow).where(SourceRow.indexed_at.is_(None)).order_by(SourceRow.created_at)
        async with self._database.transaction() as session:
            rows = list(await session.scalars(query))
        return [partial(self._forget_source if row.removed_at else self._index_source, row) for row in rows]

    async def _waiting_editions(self) -> list[Callable[[], Awaitable[None]]]:
        newer = aliased(EditionRow)
        superseded = exists().where(newer.course_id == EditionRow.course_id, newer.revision > EditionRow.revision)
        query = select(EditionRow).where(EditionRow.indexed_at.is_(None), ~superseded)
        async with self._database.transaction() as session:
            rows = list(await session.scalars(query))
        return [partial(self._index_edition, row) for row in rows]

    async def _index_source(self, source: SourceRow) -> None:
        async with self._database.transaction() as session:
            rows = await session.scalars(
                select(PassageRow).where(PassageRow.source_id == source.id).order_by(PassageRow.number),
            )
            passages = [passage_of(source.number, row) for row in rows]
        mark = update(SourceRow).where(SourceRow.id == source.id)
        async with self._held(source.course_id, sum(len(one.text) + len(one.heading) for one in passages)) as hold:
            tokens = await self._library.index_source(source.course_id, source.id, passages)
            await self._mark(mark, source.course_id, tokens, hold)
        await self._remove_gone(source.course_id)
        _log.info("indexed source %s of course %s: %d passages", source.id, source.course_id, len(passages))

    async def _forget_source(self, source: SourceRow) -> None:
        """Takes what was removed from the course out of the index."""
        await self._library.remove_source(source.course_id, source.id)
        marked = update(SourceRow).where(SourceRow.id == source.id)
        async with self._database.transaction() as session:
            # One that was brought back meanwhile waits to be indexed again.
            await session.execute(marked.values(indexed_at=case((SourceRow.removed_at.is_not(None), func.now()))))
        _log.info("source %s of course %s is out of the index", source.id, source.course_id)

    async def _index_edition(self, edition: EditionRow) -> None:
        course = Course.model_validate(edition.content)
        mark = update(EditionRow).where(
            EditionRow.course_id == edition.course_id,
            EditionRow.revision == edition.revision,
        )
        async with self._held(edition.course_id, len(course.model_dump_json())) as hold:
            tokens = await self._library.index_edition(course, edition.revision)
            await self._mark(mark, edition.course_id, tokens, hold)
        # Learners' searches went to the edition before until just now.
        await self._library.remove_editions_before(edition.course_id, edition.revision)
        _log.info("indexed edition %d of course %s", edition.revision, edition.course_id)

    async def _remove_gone(self, course_id: UUID) -> None:
        """Removes what is left of sources that were taken out of the course.

        In this order no lock is needed: what another process puts into the index meanwhile is not looked at,
        and what was looked at is in the database unless it was taken out.
        """
        indexed = await self._library.sources(course_id)
        for gone in indexed - await self._sources(course_id):
            await self._library.remove_source(course_id, gone)

    @asynccontextmanager
    async def _held(self, course_id: UUID, characters: int) -> AsyncIterator[UUID | None]:
        """With money of the course set aside. Raises `OverBudget`: then it waits until the course may spend more."""
        model, most = self._library.model, characters // _CHARACTERS_A_TOKEN + 1
        doing = "making texts searchable"
        hold = await self._budgets.hold(course_id, model, most, 0, doing, seconds=_LONGEST_SECONDS)
        try:
            yield hold
        except BaseException:
            if hold is not None:
                await self._budgets.release(hold)
            raise

    async def _mark(self, statement: Any, course_id: UUID, tokens: int, hold: UUID | None) -> None:
        async with self._database.transaction() as session:
            marked: Any = await session.execute(statement.values(indexed_at=func.now()))
            # The source, or the whole course, may have gone meanwhile: then there is nobody to charge.
            if tokens and marked.rowcount:
                row = usage_row("embedding", self._library.model, tokens, prices=self._budgets.prices)
                row.course_id = course_id
                session.add(row)
            await session.execute(delete(HoldRow).where(HoldRow.id == hold))

    async def _sources(self, course_id: UUID) -> set[UUID]:
        async with self._database.transaction() as session:
            here = SourceRow.course_id == course_id, SourceRow.removed_at.is_(None)
            return set(await session.scalars(select(SourceRow.id).where(*here)))


def passage_of(source_number: int, row: PassageRow) -> Passage:
    """A stored passage with the references it has in its course."""
    return Passage(
        ref=f"P{source_number}.{row.number}",
        section=f"S{source_number}.{row.section}",
        heading=row.heading,
        page=row.page,
        text=row.text,
    )


async def _first_of(*waits: Coroutine[Any, Any, bool]) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
