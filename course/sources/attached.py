"""The sources of a course: attached, read in parts, found in and removed by those who edit it."""

import hashlib
import logging
import re
from collections.abc import Sequence
from pathlib import PurePath
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.errors import LecternError, NotFound
from course.library import Library
from course.library.indexer import CHANNEL, passage_of
from course.models.source import Passage, Section, Source
from course.models.text import clean
from course.sources.document import Document
from course.sources.reading import SIZE_LIMIT_MB, read_document
from course.storage import Storage
from course.tables import PassageRow, SectionRow, SourceRow

_log = logging.getLogger(__name__)


class Sources:
    """Use cases of the documents a course is made from; all of them for its editors only."""

    def __init__(
        self,
        database: Database,
        storage: Storage,
        library: Library,
        *,
        limit_mb: int = SIZE_LIMIT_MB,
    ) -> None:
        self._database = database
        self._storage = storage
        self._library = library
        self._limit_mb = limit_mb

    async def attach(
        self,
        actor: UUID,
        course_id: UUID,
        filename: str,
        data: bytes,
        *,
        document: Document | None = None,
    ) -> Source:
        """Reads the file and stores it with its sections and passages; the same file twice is one source.

        `document` is what `read_document` made of these very bytes, to not read them again. Raises
        `UnreadableDocument`, and then nothing is stored. It can be searched a little later: the indexer does that.
        """
        digest = hashlib.sha256(data).hexdigest()
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            if known := await _with_digest(session, course_id, digest):
                return known
        document = document or await read_document(filename, data, limit_mb=self._limit_mb)
        name = f"sources/{course_id}/{digest}"
        await self._storage.upload(data, name, document.media_type)
        return await self._store(actor, course_id, filename, document, digest, name)

    async def _store(
        self, actor: UUID, course_id: UUID, filename: str, document: Document, digest: str, name: str
    ) -> Source:
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            if known := await _with_digest(session, course_id, digest):
                return known
            course.sources_numbered += 1
            source = SourceRow(
                id=uuid4(),
                course_id=course_id,
                number=course.sources_numbered,
                title=document.title,
                filename=_safe_name(filename),
                media_type=document.media_type,
                sha256=digest,
                object_name=name,
                words=document.words,
                attached_by=actor,
            )
            session.add(source)
            await session.flush()
            session.add_all(_section_rows(source.id, document))
            session.add_all(_passage_rows(source.id, document))
            await session.execute(text("SELECT pg_notify(:channel, :id)"), {"channel": CHANNEL, "id": str(course_id)})
        return _source(source, len(document.sections), len(document.passages))

    async def list(self, actor: UUID, course_id: UUID) -> Sequence[Source]:
        """The course's sources in the order they were attached."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return await _sources(session, SourceRow.course_id == course_id)

    async def sections(self, actor: UUID, course_id: UUID, refs: Sequence[str] | None = None) -> Sequence[Section]:
        """The sections of all sources, or those with these references (`S1.3`), in order.

        References that do not exist are left out: a model may have made them up.
        """
        query = select(SourceRow.number, SectionRow).join(SectionRow, SectionRow.source_id == SourceRow.id)
        query = query.where(SourceRow.course_id == course_id).order_by(SourceRow.number, SectionRow.number)
        if refs is not None:
            query = query.where(tuple_(SourceRow.number, SectionRow.number).in_(_places(refs, "S")))
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return [section_of(number, row) for number, row in await session.execute(query)]

    async def passages(self, actor: UUID, course_id: UUID, section_refs: Sequence[str]) -> Sequence[Passage]:
        """The passages of these sections (`S1.3`), in order; sections that do not exist have none."""
        places = _places(section_refs, "S")
        return await self._passages(actor, course_id, tuple_(SourceRow.number, PassageRow.section).in_(places))

    async def passage(self, actor: UUID, course_id: UUID, ref: str) -> Passage:
        """The passage with this reference (`P1.12`)."""
        found = await self._by_refs(actor, course_id, [ref])
        if not found:
            raise NotFound(f"There is no passage {ref} in this course's sources. Look it up again by its words.")
        return found[0]

    async def search(self, actor: UUID, course_id: UUID, query: str, *, limit: int = 8) -> Sequence[Passage]:
        """The passages that fit the query best, the best first. Raises `Unavailable` without model or index."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
        hits = await self._library.search_passages(course_id, query, limit=limit)
        # What was removed a moment ago may still be in the index: only what the database has counts.
        stored = {passage.ref: passage for passage in await self._by_refs(actor, course_id, [hit.ref for hit in hits])}
        return [stored[hit.ref] for hit in hits if hit.ref in stored]

    async def remove(self, actor: UUID, course_id: UUID, source_id: UUID) -> None:
        """Takes a source away with its sections and passages. What was written from it stays."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            gone = delete(SourceRow).where(SourceRow.id == source_id, SourceRow.course_id == course_id)
            name = await session.scalar(gone.returning(SourceRow.object_name))
        if name is None:
            raise NotFound("This source is not there any more.")
        try:
            await self._library.remove_source(course_id, source_id)
            await self._storage.delete(name)
        except LecternError as problem:
            # It is out of the course; the index forgets it with the next indexing, the bucket keeps a file nobody has.
            _log.warning("source %s of course %s left remains: %s", source_id, course_id, problem.sentence)

    async def _by_refs(self, actor: UUID, course_id: UUID, refs: Sequence[str]) -> Sequence[Passage]:
        places = _places(refs, "P")
        return await self._passages(actor, course_id, tuple_(SourceRow.number, PassageRow.number).in_(places))

    async def _passages(self, actor: UUID, course_id: UUID, which: ColumnElement[bool]) -> Sequence[Passage]:
        query = select(SourceRow.number, PassageRow).join(PassageRow, PassageRow.source_id == SourceRow.id)
        query = query.where(SourceRow.course_id == course_id, which).order_by(SourceRow.number, PassageRow.number)
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return [passage_of(number, row) for number, row in await session.execute(query)]


def section_of(source_number: int, row: SectionRow) -> Section:
    """A stored section with the reference it has in its course."""
    return Section(ref=f"S{source_number}.{row.number}", title=row.title, level=row.level, text=row.text)


def _places(refs: Sequence[str], letter: str) -> list[tuple[int, int]]:
    """`S1.3` as (1, 3); what is no such reference is left out."""
    pattern = re.compile(rf"\s*{letter}(\d{{1,6}})\.(\d{{1,6}})\s*", re.IGNORECASE)
    return [(int(found[1]), int(found[2])) for ref in refs if (found := pattern.fullmatch(ref))]


async def _with_digest(session: AsyncSession, course_id: UUID, digest: str) -> Source | None:
    found = await _sources(session, (SourceRow.course_id == course_id) & (SourceRow.sha256 == digest))
    return found[0] if found else None


async def _sources(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[Source]:
    sections = select(func.count()).where(SectionRow.source_id == SourceRow.id).scalar_subquery()
    passages = select(func.count()).where(PassageRow.source_id == SourceRow.id).scalar_subquery()
    query = select(SourceRow, sections, passages).where(which).order_by(SourceRow.number)
    return [_source(*row) for row in await session.execute(query)]


def _source(row: SourceRow, sections: int, passages: int) -> Source:
    return Source(
        id=row.id,
        number=row.number,
        title=row.title,
        filename=row.filename,
        media_type=row.media_type,
        words=row.words,
        sections=sections,
        passages=passages,
    )


def _section_rows(source_id: UUID, document: Document) -> list[SectionRow]:
    return [
        SectionRow(source_id=source_id, number=number, title=one.title, level=one.level, text=one.text)
        for number, one in enumerate(document.sections, 1)
    ]


def _passage_rows(source_id: UUID, document: Document) -> list[PassageRow]:
    return [
        PassageRow(
            source_id=source_id,
            number=number,
            section=one.section,
            heading=one.heading,
            page=one.page,
            text=one.text,
        )
        for number, one in enumerate(document.passages, 1)
    ]


def _safe_name(filename: str) -> str:
    """The last part of a path, as people see it."""
    name = clean(PurePath(filename.replace("\\", "/")).name.encode("utf-8", "ignore").decode("utf-8"))
    return name[-200:] or "document"
