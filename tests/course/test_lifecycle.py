"""Courses duplicated, archived, restored and deleted: whole, told to learners, and their owner's alone to decide."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from course.authoring import Authoring
from course.coauthors import Coauthors
from course.conversations import Conversations
from course.database import Database
from course.duplicates import Duplicates
from course.errors import NotAllowed, NotFound
from course.learning import Learning
from course.lessons import Lessons
from course.library import Indexer, Library
from course.lifecycle import Lifecycle
from course.models.lesson import LessonDraft
from course.models.rendering import JobState
from course.publishing import Publishing
from course.rendering.picture_shelf import PictureShelf
from course.rendering.requests import RenderRequests
from course.sources.attached import Sources
from course.sources.changes import SourceChanges
from course.storage import Storage
from course.tables import CourseRow, MemberRow, NoticeRow, PassageRow, RenderJobRow, RevisionRow, SourceRow
from tests.course.sources import files
from tests.fixtures.course import lesson_draft


@pytest.fixture
def lifecycle(database: Database, object_store: Storage, library: Library) -> Lifecycle:
    """Use cases of a course's owner."""
    return Lifecycle(database, object_store, library)


@pytest.fixture
def duplicates(database: Database) -> Duplicates:
    """Copies of courses."""
    return Duplicates(database)


@pytest.fixture
async def bread(sources: Sources, lessons: Lessons, authoring: Authoring, ann: UUID, cells: UUID) -> UUID:
    """Ann's course with a document, and a lesson that cites it."""
    await sources.attach(ann, cells, "bread.md", files.markdown())
    draft: dict[str, Any] = lesson_draft("Leaven", "Ovens").model_dump()
    draft["slides"][0]["citations"] = [{"passage": "P1.2", "quote": "The yeast turns sugar into gas"}]
    line = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, line.id, LessonDraft.model_validate(draft), "Wrote 1.1")
    return cells


async def _learner(database: Database, learning: Learning, lee: UUID, course_id: UUID) -> None:
    """Lee is enrolled, and talks about the course."""
    await learning.enroll(lee, course_id)
    conversations = Conversations(database)
    await conversations.open(lee, "learning", "learn")
    await conversations.set_course(lee, "learning", course_id)


async def _told(database: Database) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        rows = await session.scalars(
            select(NoticeRow).where(NoticeRow.kind == "course_life").order_by(NoticeRow.number)
        )
        return [(row.thread_id, row.payload["text"]) for row in rows]


def _bare(value: Any) -> Any:
    """Without what makes a course itself: ids, revisions and its own title."""
    if isinstance(value, dict):
        own = ("id", "revision", "published_revision")
        return {name: _bare(one) for name, one in value.items() if name not in own}
    return [_bare(one) for one in value] if isinstance(value, list) else value


async def test_a_copy_says_the_same_and_shares_nothing(
    duplicates: Duplicates,
    authoring: Authoring,
    sources: Sources,
    source_changes: SourceChanges,
    lessons: Lessons,
    indexer: Indexer,
    library: Library,
    database: Database,
    bread: UUID,
    ann: UUID,
) -> None:
    """New ids throughout, no history; changing the copy leaves the original alone, and citations mean the same."""
    newer = await sources.attach(ann, bread, "newer.html", files.html())
    await source_changes.replace(ann, bread, (await sources.list(ann, bread))[0].id, newer.id)
    copy_id = await duplicates.make(ann, bread)
    original, copy = await authoring.course(ann, bread), await authoring.course(ann, copy_id)
    assert copy.title == "Copy of Cells"
    assert _bare(copy.model_dump()) | {"title": ""} == _bare(original.model_dump()) | {"title": ""}
    ids = [{slide.id for lesson in one.lessons for slide in lesson.slides} for one in (original, copy)]
    assert ids[0].isdisjoint(ids[1])
    cited = copy.lessons[0].slides[0].citations[0].passage
    theirs, ours = await sources.passage(ann, bread, cited), await sources.passage(ann, copy_id, cited)
    assert theirs == ours
    [gone] = await sources.list(ann, copy_id, removed=True)
    assert (gone.number, gone.replaced_by) == (1, 2)
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).where(RevisionRow.course_id == copy_id)) == 0
    await lessons.write(ann, copy_id, copy.lessons[0].id, lesson_draft("Other"), "Rewrote 1.1")
    assert await authoring.course(ann, bread) == original
    await indexer.index_pending()
    assert await library.count(copy_id) == 3
    assert (await sources.attach(ann, copy_id, "more.txt", b"A note on butter. It melts.")).number == 3


async def test_who_may_copy(
    duplicates: Duplicates, database: Database, authoring: Authoring, bread: UUID, ann: UUID, eve: UUID, lee: UUID
) -> None:
    """A co-author who is an instructor, and the copy is theirs alone; no learner, and nobody without a right to it."""
    with pytest.raises(NotFound):
        await duplicates.make(eve, bread)
    for email in ("eve@school.test", "lee@school.test"):
        await Coauthors(database).invite(ann, bread, email)
    with pytest.raises(NotAllowed, match="Only instructors"):
        await duplicates.make(lee, bread)
    copy_id = await duplicates.make(eve, bread)
    assert (await authoring.course(eve, copy_id)).title == "Copy of Cells"
    with pytest.raises(NotFound):
        await authoring.course(ann, copy_id)


async def test_archived_and_restored(
    lifecycle: Lifecycle,
    authoring: Authoring,
    learning: Learning,
    database: Database,
    bread: UUID,
    ann: UUID,
    lee: UUID,
) -> None:
    """In no list and closed to learners, who are told; its authors can still open it; restored all is as before."""
    await Publishing(database).publish(ann, bread)
    await _learner(database, learning, lee, bread)
    await lifecycle.archive(ann, bread)
    await lifecycle.archive(ann, bread)
    assert await authoring.courses(ann) == []
    assert [one.id for one in await authoring.courses(ann, archived=True)] == [bread]
    assert await learning.courses(lee) == []
    with pytest.raises(NotFound):
        await learning.edition(lee, bread)
    assert (await authoring.outline(ann, bread)).title == "Cells"
    assert await _told(database) == [("learning", "**Cells** was archived by its author and cannot be opened for now.")]
    await lifecycle.restore(ann, bread)
    assert [one.id for one in await authoring.courses(ann)] == [bread]
    assert (await learning.courses(lee))[0].enrolled
    assert (await learning.edition(lee, bread)).title == "Cells"
    assert (await _told(database))[1:] == [("learning", "**Cells** is open again.")]


async def test_deleted_for_good(
    lifecycle: Lifecycle,
    authoring: Authoring,
    learning: Learning,
    indexer: Indexer,
    library: Library,
    object_store: Storage,
    database: Database,
    bread: UUID,
    ann: UUID,
    lee: UUID,
) -> None:
    """Rows, points, files and pictures go, the render under way is cancelled, and whoever waits is told."""
    await Publishing(database).publish(ann, bread)
    await _learner(database, learning, lee, bread)
    await indexer.index_pending()
    await Conversations(database).open(ann, "studio", "studio")
    requests = RenderRequests(database, speech_model="piper-joe", voice="alloy")
    job = await requests.request(ann, bread, "1.1", "studio")
    shelf = PictureShelf(object_store)
    await shelf.put(bread, "k" * 64, [b"picture"], [])
    left = [
        f"sources/{bread}/{hashlib.sha256(files.markdown()).hexdigest()}",
        f"pictures/{bread}/{'k' * 64}.json",
        f"exports/{bread}/markdown-1.md",
        f"videos/{await _key(database, job.id)}/film.json",
    ]
    for name in left[2:]:
        await object_store.upload(b"made before", name, "text/plain")
    assert all([await object_store.exists(name) for name in left])
    assert await lifecycle.delete(ann, bread) == "Cells"
    assert not any([await object_store.exists(name) for name in left])
    assert await library.count(bread) == 0
    async with database.transaction() as session:
        for table in (CourseRow, SourceRow, PassageRow, RenderJobRow, RevisionRow, MemberRow):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
        kinds = list(await session.scalars(select(NoticeRow.kind).order_by(NoticeRow.number)))
    assert kinds == ["render_cancelled", "course_life"]
    assert (await _told(database))[0][1] == "**Cells** was deleted by its author."
    with pytest.raises(NotFound):
        await authoring.outline(ann, bread)
    assert (await Conversations(database).open(lee, "learning", "learn")).course_id is None


async def _key(database: Database, job_id: UUID) -> str:
    async with database.transaction() as session:
        row = await session.get_one(RenderJobRow, job_id)
        assert row.state == JobState.QUEUED
        return row.key


async def test_what_a_copy_uses_stays(
    lifecycle: Lifecycle, duplicates: Duplicates, sources: Sources, object_store: Storage, bread: UUID, ann: UUID
) -> None:
    """The file of a document is kept as long as one course has it."""
    name = f"sources/{bread}/{hashlib.sha256(files.markdown()).hexdigest()}"
    copy_id = await duplicates.make(ann, bread)
    await lifecycle.delete(ann, bread)
    assert await object_store.download(name) == files.markdown()
    assert len(await sources.passages(ann, copy_id, ["S1.3"])) == 1
    await lifecycle.delete(ann, copy_id)
    assert not await object_store.exists(name)


async def test_deleted_though_the_store_is_down(
    database: Database, library: Library, absent_store: Storage, authoring: Authoring, bread: UUID, ann: UUID
) -> None:
    """The course is gone for everybody; what could not be swept is nobody's."""
    assert await Lifecycle(database, absent_store, library).delete(ann, bread) == "Cells"
    assert await authoring.courses(ann) == []


async def test_only_the_owner_decides(
    lifecycle: Lifecycle,
    database: Database,
    authoring: Authoring,
    bread: UUID,
    ann: UUID,
    eve: UUID,
    lee: UUID,
    oli: UUID,
) -> None:
    """A co-author is told whose it is to decide; others learn of no course, whatever their role."""
    await Coauthors(database).invite(ann, bread, "eve@school.test")
    deeds: list[Callable[[UUID], Awaitable[object]]] = [
        lambda who: lifecycle.archive(who, bread),
        lambda who: lifecycle.restore(who, bread),
        lambda who: lifecycle.delete(who, bread),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed, match="Ask Ann"):
            await deed(eve)
        for who in (lee, oli):
            with pytest.raises(NotFound, match="no such course"):
                await deed(who)
    assert [one.id for one in await authoring.courses(ann)] == [bread]
