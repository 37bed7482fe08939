"""Files of a course: made by those who edit it, once for the same content, and without what does not fit its words."""

import asyncio
import io
import zipfile
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select

from course.authoring import Authoring
from course.database import Database
from course.errors import Invalid, NotFound
from course.exports.exports import Exports
from course.imports.markdown import read_course
from course.lessons import Lessons
from course.models.export import Format
from course.models.rendering import Film
from course.rendering.jobs import RenderJobs
from course.rendering.requests import RenderRequests
from course.storage import Storage
from course.tables import ExportRow
from tests.fixtures.course import lesson_draft

_VIDEO = bytes(range(256)) * 9_000


@pytest.fixture
def exports(database: Database, object_store: Storage) -> Exports:
    """Use cases of files, without a press to draw slides."""
    return Exports(database, object_store)


@pytest.fixture
async def written(cells: UUID, authoring: Authoring, lessons: Lessons, ann: UUID) -> UUID:
    """Ann's course with lessons 1.1 and 1.2 written, 2.1 planned."""
    for line in (await authoring.outline(ann, cells)).lessons[:2]:
        await lessons.write(ann, cells, line.id, lesson_draft(line.title, "Membranes"), f"Wrote {line.title}")
    return cells


async def _filmed(database: Database, store: Storage, actor: UUID, course_id: UUID, number: str) -> None:
    """The lesson's film, stored."""
    job = await RenderRequests(database, speech_model="piper-joe", voice="alloy").request(
        actor, course_id, number, str(uuid4())
    )
    jobs = RenderJobs(database)
    await jobs.claim(job.id, "press", 60)
    names = {kind: f"films/{job.id}/{kind}" for kind in ("video", "captions", "poster")}
    await store.upload(_VIDEO, names["video"], "video/mp4")
    await store.upload(b"WEBVTT\n", names["captions"], "text/vtt")
    await store.upload(b"\xff\xd8", names["poster"], "image/jpeg")
    film = Film(video_generation=1, duration_seconds=6.5, size_bytes=len(_VIDEO), cues=[], **names)
    assert await jobs.complete(job.id, "press", film, speech_characters=10, render_seconds=1)


async def _bytes(exports: Exports, actor: UUID, export_id: UUID) -> bytes:
    async with httpx.AsyncClient() as outside:
        return (await outside.get(await exports.link(actor, export_id))).content


async def test_markdown_of_a_stored_course_is_that_course(
    exports: Exports, authoring: Authoring, written: UUID, ann: UUID
) -> None:
    """The whole course with its planned lessons, under its own name; one module of it under another."""
    made = await exports.make(ann, written, Format.MARKDOWN)
    assert (made.export.filename, made.notes) == ("Cells.md", [])
    saved = read_course((await _bytes(exports, ann, made.export.id)).decode())
    course = await authoring.course(ann, written)
    assert [lesson.title for lesson in saved.lessons] == [lesson.title for lesson in course.lessons]
    assert [slide.narration for slide in saved.lessons[0].slides] == [one.narration for one in course.lessons[0].slides]
    module = await exports.make(ann, written, Format.MARKDOWN, course.modules[1].id)
    assert module.export.filename == "Cells - module 2.md"
    lesson = await exports.make(ann, written, Format.SLIDES, course.lessons[0].id)
    assert lesson.export.filename == "1.1 Lipids.pptx"


async def test_the_same_content_is_the_same_file(
    exports: Exports, authoring: Authoring, written: UUID, ann: UUID
) -> None:
    """Asked for again nothing is made anew; after a change it is another file, after its undo the first again."""
    first = await exports.make(ann, written, Format.HANDOUT)
    assert (await exports.make(ann, written, Format.HANDOUT)).export == first.export
    await authoring.describe(ann, written, "Set the tone", tone="warm")
    second = await exports.make(ann, written, Format.HANDOUT)
    assert second.export.id != first.export.id
    await authoring.describe(ann, written, "Set the tone back", tone="")
    assert (await exports.make(ann, written, Format.HANDOUT)).export.id == first.export.id


async def test_videos_stream_into_one_archive(
    exports: Exports, database: Database, object_store: Storage, lessons: Lessons, authoring: Authoring, ann: UUID,
    written: UUID,
) -> None:  # fmt: skip
    """With captions, picture and transcript, named for their lessons; lessons without a fitting video are told of."""
    with pytest.raises(Invalid, match=r"render lesson 1\.1"):
        await exports.make(ann, written, Format.VIDEOS)
    await _filmed(database, object_store, ann, written, "1.1")
    told: list[float] = []
    made = await exports.make(ann, written, Format.VIDEOS, tell=told.append)
    assert made.notes == ["Left out, because only planned: 2.1 “Diffusion”.", "Without a video: 1.2 “Proteins”."]
    with zipfile.ZipFile(io.BytesIO(await _bytes(exports, ann, made.export.id))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["1.1 Lipids.mp4", "1.1 Lipids.vtt", "1.1 Lipids.jpg", "1.1 Lipids.txt"]
        assert archive.read("1.1 Lipids.mp4") == _VIDEO
        assert "A cell is the smallest unit of life." in archive.read("1.1 Lipids.txt").decode()
    assert told == sorted(told)
    assert told[-1] == 1.0
    await _filmed(database, object_store, ann, written, "1.2")
    line = (await authoring.outline(ann, written)).lessons[0]
    await lessons.write(ann, written, line.id, lesson_draft("Fats"), "Rewrote lesson 1.1")
    later = await exports.make(ann, written, Format.VIDEOS)
    assert "Changed since their video was made, so it is not in the file: 1.1 “Lipids”." in later.notes


async def test_a_stopped_export_leaves_nothing(
    exports: Exports, database: Database, object_store: Storage, ann: UUID, written: UUID
) -> None:
    """Cancelled on its way there is neither a row nor an object, and asked for again it is made."""
    await _filmed(database, object_store, ann, written, "1.1")

    def stop(_: float) -> None:
        work.cancel()

    work = asyncio.create_task(exports.make(ann, written, Format.SCORM, tell=stop))
    with pytest.raises(asyncio.CancelledError):
        await work
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(ExportRow)) == 0
    made = await exports.make(ann, written, Format.SCORM)
    assert zipfile.ZipFile(io.BytesIO(await _bytes(exports, ann, made.export.id))).testzip() is None


async def test_files_are_for_those_who_edit_the_course(
    exports: Exports, written: UUID, ann: UUID, eve: UUID, lee: UUID
) -> None:
    """Nobody else makes one, sees one or gets a link to one; it is not even there for them."""
    made = await exports.make(ann, written, Format.MARKDOWN)
    for stranger in (eve, lee):
        with pytest.raises(NotFound):
            await exports.make(stranger, written, Format.MARKDOWN)
        with pytest.raises(NotFound, match="no such file"):
            await exports.export(stranger, made.export.id)
        with pytest.raises(NotFound, match="no such file"):
            await exports.link(stranger, made.export.id)
    with pytest.raises(NotFound, match="no such file"):
        await exports.export(ann, uuid4())


async def test_what_is_only_planned_is_not_exported(exports: Exports, cells: UUID, ann: UUID) -> None:
    """Only Markdown takes a plan along; the others say that nothing is written."""
    assert (await exports.make(ann, cells, Format.MARKDOWN)).export.size_bytes > 100
    for form in set(Format) - {Format.MARKDOWN}:
        with pytest.raises(Invalid, match="no lesson of it is written"):
            await exports.make(ann, cells, form)
