"""The sources of a course removed, brought back, or replaced by newer editions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.edit import Edit
from course.errors import Invalid, NotFound
from course.models.revision import Kind
from course.models.source import Replacement, Source, StaleLesson
from course.records import record
from course.sources.matching import Matching
from course.sources.rows import NO_SOURCE, places, revive, source, wake
from course.sources.stale import stale_lessons
from course.tables import LessonRow, PassageRow, SectionRow, SlideRow, SourceRow


class SourceChanges:
    """What happens to a course's documents after they were attached; for its editors only.

    What a removed or replaced document said can still be looked up by those lessons that cite it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remove(self, actor: UUID, course_id: UUID, source_id: UUID) -> list[StaleLesson]:
        """Takes a document out of the course; `restore` brings it back. Returns the lessons that are stale now."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id, lock=True)
            await _present(session, course_id, source_id)
            await _put_away(session, course_id, source_id, None)
            return await stale_lessons(session, course_id)

    async def restore(self, actor: UUID, course_id: UUID, source_id: UUID) -> Source:
        """Brings back a document that was removed or replaced. What replaced it stays. Once more changes nothing."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id, lock=True)
            found = await source(session, course_id, source_id)
            return await revive(session, course_id, source_id) if found.removed else found

    async def replace(self, actor: UUID, course_id: UUID, old_id: UUID, new_id: UUID) -> Replacement:
        """Lets an attached document take the place of an older one.

        Citations of passages whose words stand in the new document move there, in one revision; lessons that cite
        others are stale until they are rewritten. Raises `Invalid` when both are the same document.
        """
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id, lock=True)
            if old_id == new_id:
                raise Invalid("A document cannot take its own place. Attach the newer one first.")
            old = await _present(session, course_id, old_id)
            new = await _present(session, course_id, new_id)
            matching = Matching(await _texts(session, old_id), await _texts(session, new_id))
            edit = Edit(session, course, None, actor=actor)
            moved = await _move_citations(edit, matching, old.number, new.number)
            await _move_sections(edit, matching, old.number, new.number)
            await record(session, actor, edit, _sentence(moved, new))
            await _put_away(session, course_id, old_id, new_id)
            return Replacement(
                old=await source(session, course_id, old_id),
                new=new,
                moved=moved,
                added=matching.added,
                changed=matching.changed,
                gone=matching.gone,
                stale=await stale_lessons(session, course_id),
                revision=edit.revision,
            )

    async def stale(self, actor: UUID, course_id: UUID) -> list[StaleLesson]:
        """The lessons that cite what the course's documents no longer say."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return await stale_lessons(session, course_id)


async def _present(session: AsyncSession, course_id: UUID, source_id: UUID) -> Source:
    found = await source(session, course_id, source_id)
    if found.removed:
        raise NotFound(NO_SOURCE)
    return found


async def _put_away(session: AsyncSession, course_id: UUID, source_id: UUID, newer: UUID | None) -> None:
    row = update(SourceRow).where(SourceRow.id == source_id)
    # Not indexed: there is work for the indexer, which takes it out.
    await session.execute(row.values(removed_at=func.now(), replaced_by=newer, indexed_at=None))
    await wake(session, course_id)


async def _texts(session: AsyncSession, source_id: UUID) -> tuple[Sequence[SectionRow], Sequence[PassageRow]]:
    sections = select(SectionRow).where(SectionRow.source_id == source_id).order_by(SectionRow.number)
    passages = select(PassageRow).where(PassageRow.source_id == source_id).order_by(PassageRow.number)
    return (await session.scalars(sections)).all(), (await session.scalars(passages)).all()


async def _move_citations(edit: Edit, matching: Matching, old: int, new: int) -> int:
    """Returns how many citations were moved."""
    moved = 0
    for slide in (await edit.session.scalars(select(SlideRow).where(SlideRow.course_id == edit.course.id))).all():
        citations = []
        for citation in slide.citations:
            [(number, passage)] = places([citation["passage"]], "P") or [(0, 0)]
            place = matching.passage(passage, citation["quote"]) if number == old else None
            citations.append(citation | {"passage": f"P{new}.{place}"} if place else citation)
            moved += place is not None
        await edit.update(Kind.SLIDE, slide.id, citations=citations)
    return moved


async def _move_sections(edit: Edit, matching: Matching, old: int, new: int) -> None:
    """Lessons are written, and rewritten, from the sections that took the place of those they were planned from."""
    for lesson in (await edit.session.scalars(select(LessonRow).where(LessonRow.course_id == edit.course.id))).all():
        sections = []
        for ref in lesson.sections:
            [(number, section)] = places([ref], "S") or [(0, 0)]
            place = matching.section(section) if number == old else None
            sections.append(f"S{new}.{place}" if place else ref)
        await edit.update(Kind.LESSON, lesson.id, sections=list(dict.fromkeys(sections)))


def _sentence(moved: int, new: Source) -> str:
    citations = "1 citation" if moved == 1 else f"{moved} citations"
    return f"Moved {citations} to the new edition, “{new.title}”"
