"""A course's documents: stored whole or not at all, once, for its editors only."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import func, select

from course.authoring import Authoring
from course.database import Database
from course.errors import NotFound, StorageUnavailable, UnreadableDocument
from course.library import Indexer, Library
from course.sources.attached import Sources
from course.sources.changes import SourceChanges
from course.sources.reading import read_document
from course.storage import Storage
from course.tables import PassageRow, SectionRow, SourceRow
from tests.course.sources import files


async def _rows(database: Database) -> list[int]:
    async with database.transaction() as session:
        counts = [await session.scalar(select(func.count()).select_from(table)) for table in _TABLES]
    return [count or 0 for count in counts]


_TABLES = (SourceRow, SectionRow, PassageRow)


async def test_attached_is_stored_with_its_file(
    sources: Sources, object_store: Storage, database: Database, ann: UUID, cells: UUID
) -> None:
    """The file is in the bucket under its hash, the rows are there, and references count from one."""
    data = files.markdown()
    source = await sources.attach(ann, cells, "C:\\papers\\bread.md", data)
    assert (source.number, source.title, source.filename) == (1, files.TITLE, "bread.md")
    assert (source.sections, source.passages) == (4, 3)
    assert await object_store.download(f"sources/{cells}/{hashlib.sha256(data).hexdigest()}") == data
    assert await _rows(database) == [1, 4, 3]
    assert [section.ref for section in await sources.sections(ann, cells)] == ["S1.1", "S1.2", "S1.3", "S1.4"]
    passages = await sources.passages(ann, cells, ["S1.3"])
    assert [(passage.ref, passage.section, passage.text) for passage in passages] == [
        ("P1.2", "S1.3", files.CHAPTERS["Leaven"]),
    ]
    assert (await sources.passage(ann, cells, "p1.2")).heading == f"{files.TITLE} › Leaven"


async def test_the_same_file_twice_is_one_source(sources: Sources, database: Database, ann: UUID, cells: UUID) -> None:
    """Again, under another name, or twice at the same moment: one source, one set of passages."""
    data = files.markdown()
    both = await asyncio.gather(*(sources.attach(ann, cells, f"{name}.md", data) for name in ("one", "two")))
    again = await sources.attach(ann, cells, "three.md", data)
    assert both[0].id == both[1].id == again.id
    assert await _rows(database) == [1, 4, 3]


async def test_numbers_are_never_used_again(
    sources: Sources, source_changes: SourceChanges, ann: UUID, cells: UUID
) -> None:
    """A removed source's number stays its own: references in lessons must not come to mean something else."""
    first = await sources.attach(ann, cells, "one.md", files.markdown())
    await source_changes.remove(ann, cells, first.id)
    second = await sources.attach(ann, cells, "two.html", files.html())
    assert [source.number for source in await sources.list(ann, cells)] == [2]
    assert (await sources.passages(ann, cells, ["S2.2"]))[0].ref == "P2.1"
    assert second.number == 2


async def test_a_document_read_before_there_was_a_course(sources: Sources, authoring: Authoring, ann: UUID) -> None:
    """What was read in the conversation is attached to the course made after, without reading it again."""
    data = files.markdown()
    document = await read_document("bread.md", data)
    course_id = await authoring.create(ann, document.title)
    source = await sources.attach(ann, course_id, "bread.md", data, document=document)
    assert source.passages == len(document.passages)


async def test_an_unreadable_file_leaves_nothing(
    sources: Sources, object_store: Storage, database: Database, ann: UUID, cells: UUID
) -> None:
    """No row and no object is left of a file that cannot be read."""
    data = files.scan()
    with pytest.raises(UnreadableDocument):
        await sources.attach(ann, cells, "scan.pdf", data)
    assert await _rows(database) == [0, 0, 0]
    assert not await object_store.exists(f"sources/{cells}/{hashlib.sha256(data).hexdigest()}")


async def test_without_the_store_nothing_is_attached(
    database: Database, library: Library, absent_store: Storage, ann: UUID, cells: UUID
) -> None:
    """When the file cannot be kept, there is no source that points nowhere."""
    with pytest.raises(StorageUnavailable):
        await Sources(database, absent_store, library).attach(ann, cells, "bread.md", files.markdown())
    assert await _rows(database) == [0, 0, 0]


async def test_the_limit_is_the_one_that_is_set(
    database: Database, object_store: Storage, library: Library, ann: UUID, cells: UUID
) -> None:
    """A smaller limit than 30 MB holds."""
    small = Sources(database, object_store, library, limit_mb=1)
    with pytest.raises(UnreadableDocument, match="takes up to 1 MB"):
        await small.attach(ann, cells, "long.txt", b"word " * 300_000)


async def test_nobody_else_sees_or_touches_it(
    sources: Sources, source_changes: SourceChanges, ann: UUID, eve: UUID, lee: UUID, cells: UUID
) -> None:
    """Another instructor and a learner are told there is no such course, whatever they try."""
    source = await sources.attach(ann, cells, "bread.md", files.markdown())
    other = await sources.attach(ann, cells, "bread.html", files.html())
    tries: list[Callable[[UUID], Awaitable[object]]] = [
        lambda who: sources.attach(who, cells, "more.md", files.html()),
        lambda who: sources.list(who, cells),
        lambda who: sources.sections(who, cells),
        lambda who: sources.passages(who, cells, ["S1.1"]),
        lambda who: sources.passage(who, cells, "P1.1"),
        lambda who: sources.search(who, cells, "bread"),
        lambda who: source_changes.remove(who, cells, source.id),
        lambda who: source_changes.restore(who, cells, source.id),
        lambda who: source_changes.replace(who, cells, source.id, other.id),
        lambda who: source_changes.stale(who, cells),
    ]
    for who in (eve, lee):
        for attempt in tries:
            with pytest.raises(NotFound, match="no such course"):
                await attempt(who)
    assert len(await sources.list(ann, cells)) == 2


async def test_one_course_cannot_reach_into_another(
    sources: Sources,
    source_changes: SourceChanges,
    authoring: Authoring,
    indexer: Indexer,
    ann: UUID,
    cells: UUID,
) -> None:
    """References, ids and searches stay within the course, also for someone who edits both."""
    other = await authoring.create(ann, "Another")
    source = await sources.attach(ann, cells, "bread.md", files.markdown())
    await indexer.index_pending()
    assert await sources.sections(ann, other) == []
    assert await sources.passages(ann, other, ["S1.1", "S1.2"]) == []
    assert await sources.search(ann, other, "yeast lifts the dough") == []
    with pytest.raises(NotFound, match=r"no passage P1\.1"):
        await sources.passage(ann, other, "P1.1")
    with pytest.raises(NotFound):
        await source_changes.remove(ann, other, source.id)


async def test_made_up_references_are_left_out(sources: Sources, ann: UUID, cells: UUID) -> None:
    """What a model made up is ignored; what exists is found, whatever its case and blanks."""
    await sources.attach(ann, cells, "bread.md", files.markdown())
    refs = ["S1.99", "P1.1", "S9.1", " s1.2 ", "S1.2; DROP TABLE sources", "", "S99999999999.1"]
    assert [section.ref for section in await sources.sections(ann, cells, refs)] == ["S1.2"]
    assert [passage.ref for passage in await sources.passages(ann, cells, refs)] == ["P1.1"]
    assert await sources.sections(ann, cells, []) == []
