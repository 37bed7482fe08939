"""Sources as they are stored, and the references people and agents know their parts by."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from course.errors import NotFound
from course.library.indexer import CHANNEL
from course.models.source import Section, Source
from course.models.text import clean
from course.sources.document import Document
from course.tables import PassageRow, SectionRow, SourceRow

NO_SOURCE = "This document is not there any more. Ask which documents the course has."


def section_of(source_number: int, row: SectionRow) -> Section:
    """A stored section with the reference it has in its course."""
    return Section(ref=f"S{source_number}.{row.number}", title=row.title, level=row.level, text=row.text)


def places(refs: Sequence[str], letter: str) -> list[tuple[int, int]]:
    """`S1.3` as (1, 3); what is no such reference is left out."""
    pattern = re.compile(rf"\s*{letter}(\d{{1,6}})\.(\d{{1,6}})\s*", re.IGNORECASE)
    return [(int(found[1]), int(found[2])) for ref in refs if (found := pattern.fullmatch(ref))]


async def read_sources(session: AsyncSession, which: ColumnElement[bool]) -> list[Source]:
    """The sources with their numbers of sections and passages, in the order they were attached."""
    newer = aliased(SourceRow)
    sections = select(func.count()).where(SectionRow.source_id == SourceRow.id).scalar_subquery()
    passages = select(func.count()).where(PassageRow.source_id == SourceRow.id).scalar_subquery()
    query = select(SourceRow, sections, passages, newer.number).outerjoin(newer, newer.id == SourceRow.replaced_by)
    found = await session.execute(query.where(which).order_by(SourceRow.number))
    return [source_of(*row) for row in found]


async def source(session: AsyncSession, course_id: UUID, source_id: UUID) -> Source:
    """One source of the course, also a removed one. Raises `NotFound`."""
    found = await read_sources(session, (SourceRow.course_id == course_id) & (SourceRow.id == source_id))
    if not found:
        raise NotFound(NO_SOURCE)
    return found[0]


async def with_digest(session: AsyncSession, course_id: UUID, digest: str) -> Source | None:
    """The course's source made of the very same file, also if it was removed."""
    found = await read_sources(session, (SourceRow.course_id == course_id) & (SourceRow.sha256 == digest))
    return found[0] if found else None


async def revive(session: AsyncSession, course_id: UUID, source_id: UUID) -> Source:
    """Makes a removed source one that is written from again. The course's row must be locked."""
    row = update(SourceRow).where(SourceRow.id == source_id)
    await session.execute(row.values(removed_at=None, replaced_by=None, indexed_at=None))
    await wake(session, course_id)
    return await source(session, course_id, source_id)


async def wake(session: AsyncSession, course_id: UUID) -> None:
    """Tells the indexer that there is work, once the transaction is committed."""
    await session.execute(text("SELECT pg_notify(:channel, :id)"), {"channel": CHANNEL, "id": str(course_id)})


def source_of(row: SourceRow, sections: int, passages: int, replaced_by: int | None = None) -> Source:
    """The source of a row."""
    return Source(
        id=row.id,
        number=row.number,
        title=row.title,
        filename=row.filename,
        media_type=row.media_type,
        words=row.words,
        sections=sections,
        passages=passages,
        removed=row.removed_at is not None,
        replaced_by=replaced_by,
    )


def section_rows(source_id: UUID, document: Document) -> list[SectionRow]:
    """The document's sections, numbered from 1."""
    return [
        SectionRow(source_id=source_id, number=number, title=one.title, level=one.level, text=one.text)
        for number, one in enumerate(document.sections, 1)
    ]


def passage_rows(source_id: UUID, document: Document) -> list[PassageRow]:
    """The document's passages, numbered from 1."""
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


def safe_name(filename: str) -> str:
    """The last part of a path, as people see it."""
    name = clean(PurePath(filename.replace("\\", "/")).name.encode("utf-8", "ignore").decode("utf-8"))
    return name[-200:] or "document"
