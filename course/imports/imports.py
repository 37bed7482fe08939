"""Bringing in a course saved by Lectern, as a new one; and a deck, as a lesson of a course."""

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from course import access, lesson_content
from course.database import Database
from course.edit import Edit
from course.errors import NotFound, UnreadableDocument
from course.imports.deck import Answer, Deck
from course.imports.markdown import read_course
from course.models.lesson import Lesson
from course.models.outline import Course, LessonPlan
from course.models.revision import Kind, Revision
from course.outline_plan import insert_lesson
from course.records import record
from course.revisions import Revisions
from course.sources.plain import decoded
from course.sources.reading import in_child
from course.storage import Storage
from course.tables import CourseRow, ModuleRow, SourceRow

_WORDS_A_MINUTE = 140
_LONGEST_LESSON = 60
_SOURCE = re.compile(r"[SP](\d{1,6})\.\d{1,6}")


class Imports:
    """Courses and decks from files, for those who may create and edit courses."""

    def __init__(self, database: Database, revisions: Revisions, storage: Storage) -> None:
        self._database = database
        self._revisions = revisions
        self._storage = storage

    def on(self, revisions: Revisions) -> "Imports":
        """The same with other revisions."""
        return Imports(self._database, revisions, self._storage)

    async def course(self, actor: UUID, data: bytes) -> Revision:
        """A new course of the actor's from a file that `course.exports.markdown` wrote; its first revision.

        Raises `UnreadableDocument`, which names the line, and then there is no new course.
        """
        course = read_course(decoded(data))
        async with self._database.transaction() as session:
            await access.instructor(session, actor)
            row = _row(actor, course)
            session.add(row)
            await session.flush()
            edit = Edit(session, row, None, actor=actor)
            # So that there is a revision even of a course without modules.
            await edit.update(Kind.COURSE, row.id, title=course.title)
            for module in course.modules:
                module_id = await edit.insert(Kind.MODULE, row.id, title=module.title)
                for lesson in module.lessons:
                    await _insert(edit, module_id, lesson)
            await record(session, actor, edit, f"Imported the course “{course.title}”")
        assert edit.revision is not None  # noqa: S101 - the title was changed
        return edit.revision

    async def deck(
        self,
        actor: UUID,
        course_id: UUID,
        source_number: int,
        *,
        module_id: UUID | None = None,
        after: UUID | None = None,
        base: int | None = None,
    ) -> tuple[Revision, Deck]:
        """A new lesson from a PowerPoint deck among the course's documents; and what the deck was.

        It stands last in the module, or after another lesson of it; without a module given, at the end of the course.
        Raises `UnreadableDocument`.
        """
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            which = (SourceRow.course_id == course_id) & (SourceRow.number == source_number)
            source = await session.scalar(select(SourceRow).where(which))
        if source is None:
            raise NotFound(f"There is no document S{source_number}. Attach the deck and ask again.")
        deck = await read_deck_apart(source.filename, await self._storage.download(source.object_name))
        sentence = f"Added the deck “{deck.title}” as a lesson"
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            plan = LessonPlan(title=deck.title, objectives=[], minutes=_minutes(deck), sections=[])
            parent = module_id or await _last_module(edit, deck.title)
            lesson_id = await insert_lesson(edit, parent, plan, after=after)
            for slide in deck.slides:
                await edit.insert(Kind.SLIDE, lesson_id, **lesson_content.slide_columns(slide))
        assert edit.revision is not None  # noqa: S101 - a lesson was added
        return edit.revision, deck


async def _last_module(edit: Edit, title: str) -> UUID:
    """Where a lesson without a place goes; a course without modules gets its first."""
    query = select(ModuleRow.id).where(ModuleRow.course_id == edit.course.id)
    last = await edit.session.scalar(query.order_by(ModuleRow.rank.desc(), ModuleRow.id.desc()).limit(1))
    return last or await edit.insert(Kind.MODULE, edit.course.id, title=title)


async def read_deck_apart(filename: str, data: bytes) -> Deck:
    """The deck, read in a process that can be killed; `UnreadableDocument` when it cannot be."""
    answer = Answer.model_validate(await in_child("course.imports.deck", filename, data))
    if answer.deck is None:
        raise UnreadableDocument(answer.refused)
    return answer.deck


def _row(actor: UUID, course: Course) -> CourseRow:
    return CourseRow(
        id=course.id,
        # The real one comes with the first revision.
        title="",
        summary=course.summary,
        audience=course.audience,
        language=course.language,
        tone=course.tone,
        revision=0,
        owner_id=actor,
        # The file's citations name documents that are not here: those attached later must not take their numbers.
        sources_numbered=_highest_source(course.lessons),
    )


def _highest_source(lessons: Sequence[Lesson]) -> int:
    cited = [one.passage for lesson in lessons for slide in lesson.slides for one in slide.citations]
    sections = [section for lesson in lessons for section in lesson.sections]
    return max((int(found[1]) for ref in (*cited, *sections) if (found := _SOURCE.fullmatch(ref))), default=0)


async def _insert(edit: Edit, module_id: UUID, lesson: Lesson) -> None:
    plan = LessonPlan(
        title=lesson.title, objectives=lesson.objectives, minutes=lesson.minutes, sections=lesson.sections
    )
    lesson_id = await insert_lesson(edit, module_id, plan)
    for slide in lesson.slides:
        await edit.insert(Kind.SLIDE, lesson_id, **lesson_content.slide_columns(slide))
    for item in lesson.quiz:
        await edit.insert(Kind.QUIZ_ITEM, lesson_id, **lesson_content.quiz_columns(item))


def _minutes(deck: Deck) -> int:
    words = sum(len(slide.narration.split()) for slide in deck.slides)
    return max(1, min(_LONGEST_LESSON, round(words / _WORDS_A_MINUTE) or len(deck.slides) // 2))
