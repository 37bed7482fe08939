"""Taking a course away as a file: made once for the same content, kept in the bucket, linked to at each view."""

import asyncio
import hashlib
import json
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from sqlalchemy import select

from course import access
from course.database import Database
from course.errors import NotFound
from course.exports import drawing
from course.exports.apart import apart
from course.exports.archive import Entry, write_archive
from course.exports.cartridge import cartridge_entries
from course.exports.excerpt import excerpt, filename, written
from course.exports.films import Films, films
from course.exports.gaps import left_out, refuse_nothing
from course.exports.markdown import course_markdown
from course.exports.scorm import scorm_entries
from course.exports.videos import video_entries
from course.models.export import Export, Format, MadeExport
from course.models.outline import Course
from course.models.picture import LessonPictures
from course.outline import load_course
from course.storage import Storage
from course.tables import ExportRow

# Raise it when the same course becomes another file.
VERSION = 1
_MINUTES = 60
_NO_EXPORT = "There is no such file, or it is not yours to see. Ask me to export the course again."
_ARCHIVES = {Format.VIDEOS: video_entries, Format.SCORM: scorm_entries, Format.CARTRIDGE: cartridge_entries}

Progress = Callable[[float], None]
"""Told the share done, from 0 to 1."""

PicturesOf = Callable[[UUID, UUID, UUID], Awaitable[LessonPictures]]
"""The pictures of a lesson's slides, for an actor, a course and a lesson."""


@dataclass(frozen=True)
class _Material:
    """What a file is made from."""

    course: Course
    films: Films
    form: Format
    filename: str
    pictures: dict[UUID, str]
    """Object names, by slide."""

    @property
    def key(self) -> str:
        """The same for the same content, whatever the revision it was reached by."""
        content = self.course.model_dump(mode="json", exclude={"revision", "published_revision"})
        for lesson in (lesson for module in content["modules"] for lesson in module["lessons"]):
            del lesson["revision"]
        shown = {lesson.id for lesson in self.course.lessons}
        used = sorted(film.video for lesson_id, film in self.films.current.items() if lesson_id in shown)
        whole = [VERSION, self.form, self.filename, content, used, sorted(self.pictures.values())]
        return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Exports:
    """Files of courses, for those who edit them."""

    def __init__(self, database: Database, storage: Storage, pictures: PicturesOf | None = None) -> None:
        """`pictures` draws slides for the handout; without it, and for slides it has none of, they are set as text."""
        self._database = database
        self._storage = storage
        self._pictures = pictures
        # Two at a time: a film passes through every piece of an archive, and drawing a handout takes a processor.
        self._places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    async def make(
        self, actor: UUID, course_id: UUID, form: Format, part_id: UUID | None = None, *, tell: Progress | None = None
    ) -> MadeExport:
        """The course, or one module or lesson of it, as a file; the same content again is the same file.

        Raises `Invalid` when there is nothing to make it from. Cancelling it leaves nothing behind.
        """
        tell = tell or (lambda _: None)
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            course = await load_course(session, course_id)
            found = await films(session, course)
        part = excerpt(course, part_id)
        notes = left_out(part, form, found)
        shown = part if form is Format.MARKDOWN else written(part)
        refuse_nothing(shown, form, found)
        pictures, trouble = await self._drawn(actor, shown) if form is Format.HANDOUT else ({}, None)
        material = _Material(shown, found, form, filename(course, part_id, form), pictures)
        export, more = await self._made(actor, material, tell)
        tell(1.0)
        return MadeExport(export=export, notes=[*notes, *([trouble] if trouble else []), *more])

    async def export(self, actor: UUID, export_id: UUID) -> Export:
        """A file made before; `NotFound` for those who do not edit its course."""
        return _export(await self._row(actor, export_id))

    async def link(self, actor: UUID, export_id: UUID) -> str:
        """A link to the file, for an hour, under the name it should be saved by."""
        row = await self._row(actor, export_id)
        return await self._storage.signed_url(row.object_name, minutes=_MINUTES, download_as=row.filename)

    async def _row(self, actor: UUID, export_id: UUID) -> ExportRow:
        async with self._database.transaction() as session:
            row = await session.get(ExportRow, export_id)
            if row is None:
                raise NotFound(_NO_EXPORT)
            try:
                await access.editor(session, actor, row.course_id)
            except NotFound as error:
                raise NotFound(_NO_EXPORT) from error
            return row

    async def _made(self, actor: UUID, material: _Material, tell: Progress) -> tuple[Export, list[str]]:
        name = f"exports/{material.course.id}/{material.form}-{material.key[:40]}{material.form.extension}"
        async with self._database.transaction() as session:
            query = select(ExportRow).where(ExportRow.course_id == material.course.id, ExportRow.object_name == name)
            if (row := await session.scalar(query.limit(1))) is not None:
                return _export(row), []
        async with self._place():
            if material.form in _ARCHIVES:
                notes: list[str] = []
                generation, size = await self._stream(material, name, tell)
            else:
                content, notes = await self._bytes(material, tell)
                generation = await self._storage.upload(
                    content, name, material.form.media_type, download_as=material.filename
                )
                size = len(content)
        return await self._store(actor, material, name, generation, size), notes

    async def _stream(self, material: _Material, name: str, tell: Progress) -> tuple[int, int]:
        entries: list[Entry] = _ARCHIVES[material.form](material.course, material.films.current)
        loop, stop = asyncio.get_running_loop(), threading.Event()
        shown = 0.0

        def told(share: float) -> None:
            nonlocal shown
            if share - shown >= 0.01:
                shown = share
                loop.call_soon_threadsafe(tell, share)

        try:
            return await self._storage.upload_stream(
                lambda out, open_object: write_archive(out, entries, open_object, stop, told),
                name,
                material.form.media_type,
                download_as=material.filename,
            )
        finally:
            stop.set()

    async def _bytes(self, material: _Material, tell: Progress) -> tuple[bytes, list[str]]:
        course = material.course
        if material.form is Format.MARKDOWN:
            return course_markdown(course).encode(), []
        if material.form is Format.SLIDES:
            return await apart(drawing.deck, course), []
        pictures: dict[UUID, bytes] = {}
        for slide_id, name in material.pictures.items():
            pictures[slide_id] = await self._storage.download(name)
            tell(0.6 * len(pictures) / len(material.pictures))
        content, unknown = await apart(drawing.handout, course, pictures)
        return content, [f"No typeface here has these signs: {' '.join(unknown[:40])}"] if unknown else []

    async def _drawn(self, actor: UUID, course: Course) -> tuple[dict[UUID, str], str | None]:
        """The first picture of each slide, and why some are missing."""
        names: dict[UUID, str] = {}
        trouble: str | None = None
        for lesson in course.lessons if self._pictures else ():
            assert self._pictures is not None  # noqa: S101 - for the type checker
            found = await self._pictures(actor, course.id, lesson.id)
            trouble = trouble or found.trouble
            names |= {one.slide_id: one.picture.pages[0].name for one in found.slides if one.picture}
        return names, trouble

    async def _store(self, actor: UUID, material: _Material, name: str, generation: int, size: int) -> Export:
        async with self._database.transaction() as session:
            # Its course may have gone meanwhile.
            course = await access.editor(session, actor, material.course.id)
            row = ExportRow(
                id=uuid4(),
                course_id=course.id,
                user_id=actor,
                format=material.form.value,
                revision=material.course.revision,
                filename=material.filename,
                media_type=material.form.media_type,
                object_name=name,
                generation=generation,
                size_bytes=size,
            )
            session.add(row)
            await session.flush()
            return _export(row)

    def _place(self) -> asyncio.Semaphore:
        return self._places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(2))


def _export(row: ExportRow) -> Export:
    return Export(
        id=row.id,
        course_id=row.course_id,
        format=Format(row.format),
        revision=row.revision,
        filename=row.filename,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        created_at=row.created_at,
    )
