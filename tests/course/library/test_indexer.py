"""The indexer: what waits is indexed, once, whatever is down meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy import delete, select, text

from course.authoring import Authoring
from course.database import Database
from course.embeddings import Embeddings
from course.errors import ModelUnavailable, Unavailable
from course.lessons import Lessons
from course.library import Indexer, Library
from course.publishing import Publishing
from course.sources.attached import Sources
from course.tables import EditionRow, SourceRow, UsageRow
from local_cloud.ports import free_port
from tests.course.sources import files
from tests.fixtures.course import lesson_draft
from tests.fixtures.models import ModelServer


async def _publish(database: Database, authoring: Authoring, lessons: Lessons, ann: UUID, course: UUID) -> int:
    """Writes the first lesson once more and publishes; returns the edition's revision."""
    lesson = (await authoring.outline(ann, course)).lessons[0]
    revision = (await authoring.outline(ann, course)).revision
    await lessons.write(ann, course, lesson.id, lesson_draft("Membranes", f"Edition after {revision}"), "Wrote it")
    published = (await Publishing(database).publish(ann, course)).published_revision
    assert published is not None
    return published


async def test_a_source_is_indexed_once(
    sources: Sources, indexer: Indexer, library: Library, database: Database, ann: UUID, cells: UUID
) -> None:
    """An attached source is found after one pass, marked, paid for, and not touched by the next."""
    await sources.attach(ann, cells, "bread.md", files.markdown())
    assert await indexer.index_pending() == 1
    assert await indexer.index_pending() == 0
    assert await library.count(cells) == 3
    assert "yeast" in (await sources.search(ann, cells, "what lifts the dough?"))[0].text
    async with database.transaction() as session:
        assert await session.scalar(select(SourceRow.indexed_at)) is not None
        used = (await session.scalars(select(UsageRow))).one()
    assert (used.purpose, used.model, used.course_id) == ("embedding", "all-minilm-l6-v2", cells)
    assert used.input_units > 50


async def test_a_new_edition_takes_the_place_of_the_old(
    indexer: Indexer,
    library: Library,
    database: Database,
    authoring: Authoring,
    lessons: Lessons,
    ann: UUID,
    cells: UUID,
) -> None:
    """Only the newest edition is indexed, and what the one before had is gone."""
    first = await _publish(database, authoring, lessons, ann, cells)
    assert await indexer.index_pending() == 1
    second = await _publish(database, authoring, lessons, ann, cells)
    third = await _publish(database, authoring, lessons, ann, cells)
    assert await indexer.index_pending() == 1
    assert await library.search_slides(cells, first, "membranes") == []
    assert await library.search_slides(cells, second, "membranes") == []
    assert len(await library.search_slides(cells, third, "membranes")) == 2
    async with database.transaction() as session:
        marked = await session.scalars(select(EditionRow.revision).where(EditionRow.indexed_at.is_not(None)))
        assert set(marked) == {first, third}


async def test_a_slow_indexer_takes_nothing_from_a_newer_edition(
    indexer: Indexer,
    library: Library,
    database: Database,
    authoring: Authoring,
    lessons: Lessons,
    ann: UUID,
    cells: UUID,
) -> None:
    """Whoever ends with an edition after another process indexed the next leaves the next one's slides alone."""
    await _publish(database, authoring, lessons, ann, cells)
    late = await indexer._waiting_editions()
    newest = await _publish(database, authoring, lessons, ann, cells)
    assert await Indexer(database, library).index_pending() == 1
    for one in late:
        await one()
    assert len(await library.search_slides(cells, newest, "membranes")) == 2


class _Interrupted(Indexer):
    """Stops before it looks up which sources there are, and after: something else happens then."""

    before = after = staticmethod(lambda: asyncio.sleep(0))

    async def _sources(self, course_id: UUID) -> set[UUID]:
        await self.before()
        found = await super()._sources(course_id)
        await self.after()
        return found


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_two_indexers_take_nothing_from_each_other(
    moment: str, sources: Sources, library: Library, database: Database, ann: UUID, cells: UUID
) -> None:
    """A source attached and indexed by another process while this one tidies up keeps its passages."""
    await sources.attach(ann, cells, "bread.md", files.markdown())
    indexer = _Interrupted(database, library)

    async def meanwhile() -> None:
        await sources.attach(ann, cells, "more.txt", b"Bees dance to tell where the flowers are. " * 20)
        assert await Indexer(database, library).index_pending() == 1

    setattr(indexer, moment, meanwhile)
    assert await indexer.index_pending() == 1
    assert len(await library.sources(cells)) == 2
    assert "dance" in (await sources.search(ann, cells, "how do bees tell where flowers are?"))[0].text


async def test_what_a_removal_left_goes_with_the_next_indexing(
    sources: Sources, indexer: Indexer, library: Library, database: Database, ann: UUID, cells: UUID
) -> None:
    """Passages whose source left the course while the index was down are removed later; other sources stay."""
    await sources.attach(ann, cells, "bread.md", files.markdown())
    await indexer.index_pending()
    async with database.transaction() as session:
        await session.execute(delete(SourceRow))
    kept = await sources.attach(ann, cells, "bees.txt", b"Bees dance to tell where the flowers are. " * 20)
    await indexer.index_pending()
    assert await library.sources(cells) == {kept.id}


async def test_what_cannot_be_indexed_holds_up_no_other(
    indexer: Indexer,
    library: Library,
    database: Database,
    authoring: Authoring,
    lessons: Lessons,
    ann: UUID,
    cells: UUID,
) -> None:
    """An edition that cannot be read any more is told of, and another course's is indexed all the same."""
    other = await authoring.create(ann, "Bread")
    async with database.transaction() as session:
        session.add(EditionRow(course_id=other, revision=0, content={"title": "of an older Lectern"}, published_by=ann))
    await _publish(database, authoring, lessons, ann, cells)
    with pytest.raises(ValidationError):
        await indexer.index_pending()
    assert await library.count(cells) > 0


async def test_what_fails_is_tried_again(
    sources: Sources, indexer: Indexer, library: Library, model_server: ModelServer, ann: UUID, cells: UUID
) -> None:
    """While the model fails, the source waits and nothing is marked; then it is indexed."""
    await indexer.index_pending()
    await sources.attach(ann, cells, "bread.md", files.markdown())
    rule = {"kind": "status", "path": "embeddings", "status": 503}
    async with httpx.AsyncClient(base_url=model_server.url) as control:
        (await control.put("/faults", json={"rules": [rule]})).raise_for_status()
        try:
            with pytest.raises(ModelUnavailable):
                await indexer.index_pending()
        finally:
            (await control.delete("/faults")).raise_for_status()
    assert await library.count(cells) == 0
    assert await indexer.index_pending() == 1
    assert await library.count(cells) == 3


async def test_a_lost_index_is_made_again(
    sources: Sources,
    indexer: Indexer,
    database: Database,
    embeddings: Embeddings,
    tmp_path: Path,
    ann: UUID,
    cells: UUID,
) -> None:
    """With an empty folder, or another embedding model, everything is indexed anew."""
    await sources.attach(ann, cells, "bread.md", files.markdown())
    assert await indexer.index_pending() == 1
    fresh = Library(embeddings, folder=tmp_path / "another")
    assert await Indexer(database, fresh).index_pending() == 1
    assert await fresh.count(cells) == 3
    assert await Indexer(database, fresh).index_pending() == 0
    await fresh.close()


async def test_the_loop_is_woken_and_stops(
    sources: Sources, library: Library, database: Database, ann: UUID, cells: UUID
) -> None:
    """An attached source is indexed at once though the next look is a minute away; the loop ends when told to."""
    async with _running(Indexer(database, library, seconds=60)):
        await _until_listening(database)
        await sources.attach(ann, cells, "bread.md", files.markdown())
        await _until_counted(library, cells, 3)


async def test_the_loop_outlives_an_outage_of_postgres(
    sources: Sources, library: Library, database: Database, ann: UUID, cells: UUID
) -> None:
    """When Postgres cuts every connection, the loop comes back, listens again and indexes what comes."""
    async with _running(Indexer(database, library, seconds=60)):
        first = await _until_listening(database)
        async with database.transaction() as session:
            others = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
            )
            await session.execute(text(others + "current_database()"))
        assert await _until_listening(database, other_than=first) != first
        await sources.attach(ann, cells, "bread.md", files.markdown())
        await _until_counted(library, cells, 3)


async def test_the_loop_outlives_an_outage_of_the_index(
    sources: Sources, embeddings: Embeddings, database: Database, ann: UUID, cells: UUID
) -> None:
    """While Qdrant is down the loop waits and does not end; a chat can attach meanwhile."""
    nowhere = Library(embeddings, url=f"http://127.0.0.1:{free_port()}")
    async with _running(Indexer(database, nowhere, seconds=0.05)) as loop:
        source = await sources.attach(ann, cells, "bread.md", files.markdown())
        await asyncio.sleep(0.5)
        assert not loop.done()
    async with database.transaction() as session:
        assert await session.scalar(select(SourceRow.indexed_at).where(SourceRow.id == source.id)) is None
    await nowhere.close()


@asynccontextmanager
async def _running(indexer: Indexer) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    loop = asyncio.create_task(indexer.run(stop))
    yield loop
    stop.set()
    await asyncio.wait_for(loop, 5)


async def _until_listening(database: Database, *, other_than: int = 0) -> int:
    """The process id of the server's side of the connection that listens."""
    query = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")
    async with asyncio.timeout(20):
        while True:
            with suppress(Unavailable):
                async with database.transaction() as session:
                    pid = await session.scalar(query)
                if pid and pid != other_than:
                    return int(pid)
            await asyncio.sleep(0.05)


async def _until_counted(library: Library, course_id: UUID, expected: int) -> None:
    async with asyncio.timeout(20):
        while await library.count(course_id) != expected:  # noqa: ASYNC110 - there is nothing to be told by
            await asyncio.sleep(0.05)
