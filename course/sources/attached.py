"""The sources of a course: attached, read in parts and found in by those who edit it."""

import hashlib
from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import aliased

from course import access
from course.database import Database
from course.errors import NotFound
from course.library import Library
from course.library.indexer import passage_of
from course.models.source import CitedPassage, Passage, Section, Source
from course.sources.document import Document
from course.sources.reading import SIZE_LIMIT_MB, read_document
from course.sources.rows import (
    passage_rows,
    places,
    read_sources,
    revive,
    safe_name,
    section_of,
    section_rows,
    source_of,
    wake,
    with_digest,
)
from course.storage import Storage
from course.tables import PassageRow, SectionRow, SourceRow


class Sources:
    """Use cases of the documents a course is made from; all of them for its editors only.

    What was removed is not written from any more: it has no sections and passages here, and is not found.
    """

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

        One that was removed is back with its number.

        `document` is what `read_document` made of these very bytes, to not read them again. Raises
        `UnreadableDocument`, and then nothing is stored. It can be searched a little later: the indexer does that.
        """
        digest = hashlib.sha256(data).hexdigest()
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            if (known := await with_digest(session, course_id, digest)) and not known.removed:
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
            if known := await with_digest(session, course_id, digest):
                return await revive(session, course_id, known.id) if known.removed else known
            course.sources_numbered += 1
            source = SourceRow(
                id=uuid4(),
                course_id=course_id,
                number=course.sources_numbered,
                title=document.title,
                filename=safe_name(filename),
                media_type=document.media_type,
                sha256=digest,
                object_name=name,
                words=document.words,
                attached_by=actor,
            )
            session.add(source)
            await session.flush()
            session.add_all(section_rows(source.id, document))
            session.add_all(passage_rows(source.id, document))
            await wake(session, course_id)
        return source_of(source, len(document.sections), len(document.passages))

    async def list(self, actor: UUID, course_id: UUID, *, removed: bool = False) -> Sequence[Source]:
        """The course's sources in the order they were attached; with `removed` those that were removed, instead."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            which = SourceRow.removed_at.is_not(None) if removed else SourceRow.removed_at.is_(None)
            return await read_sources(session, (SourceRow.course_id == course_id) & which)

    async def sections(self, actor: UUID, course_id: UUID, refs: Sequence[str] | None = None) -> Sequence[Section]:
        """The sections of all sources, or those with these references (`S1.3`), in order.

        References that do not exist are left out: a model may have made them up.
        """
        query = select(SourceRow.number, SectionRow).join(SectionRow, SectionRow.source_id == SourceRow.id)
        query = query.where(SourceRow.course_id == course_id, SourceRow.removed_at.is_(None))
        query = query.order_by(SourceRow.number, SectionRow.number)
        if refs is not None:
            query = query.where(tuple_(SourceRow.number, SectionRow.number).in_(places(refs, "S")))
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return [section_of(number, row) for number, row in await session.execute(query)]

    async def passages(self, actor: UUID, course_id: UUID, section_refs: Sequence[str]) -> Sequence[Passage]:
        """The passages of these sections (`S1.3`), in order; sections that do not exist have none."""
        which = tuple_(SourceRow.number, PassageRow.section).in_(places(section_refs, "S"))
        return await self._passages(actor, course_id, which)

    async def passage(self, actor: UUID, course_id: UUID, ref: str) -> CitedPassage:
        """The passage with this reference (`P1.12`), also of a document that was removed or replaced."""
        newer = aliased(SourceRow)
        query = (
            select(SourceRow, PassageRow, newer.title)
            .join(PassageRow, PassageRow.source_id == SourceRow.id)
            .outerjoin(newer, newer.id == SourceRow.replaced_by)
            .where(SourceRow.course_id == course_id)
            .where(tuple_(SourceRow.number, PassageRow.number).in_(places([ref], "P")))
        )
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            found = (await session.execute(query)).one_or_none()
        if found is None:
            raise NotFound(f"There is no passage {ref} in this course's sources. Look it up again by its words.")
        source, row, replaced_by = found
        return CitedPassage(
            **passage_of(source.number, row).model_dump(),
            document=source.title,
            filename=source.filename,
            removed=source.removed_at is not None,
            replaced_by=replaced_by,
        )

    async def search(self, actor: UUID, course_id: UUID, query: str, *, limit: int = 8) -> Sequence[Passage]:
        """The passages that fit the query best, the best first. Raises `Unavailable` without model or index."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
        hits = await self._library.search_passages(course_id, query, limit=limit)
        # What was removed a moment ago may still be in the index: only what the database has counts.
        stored = {passage.ref: passage for passage in await self._by_refs(actor, course_id, [hit.ref for hit in hits])}
        return [stored[hit.ref] for hit in hits if hit.ref in stored]

    async def _by_refs(self, actor: UUID, course_id: UUID, refs: Sequence[str]) -> Sequence[Passage]:
        which = tuple_(SourceRow.number, PassageRow.number).in_(places(refs, "P"))
        return await self._passages(actor, course_id, which)

    async def _passages(self, actor: UUID, course_id: UUID, which: ColumnElement[bool]) -> Sequence[Passage]:
        query = select(SourceRow.number, PassageRow).join(PassageRow, PassageRow.source_id == SourceRow.id)
        query = query.where(SourceRow.course_id == course_id, SourceRow.removed_at.is_(None), which)
        query = query.order_by(SourceRow.number, PassageRow.number)
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return [passage_of(number, row) for number, row in await session.execute(query)]
