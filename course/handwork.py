"""What an instructor changes by hand, one part at a time; each method is one transaction and one revision.

`base` is the revision the author saw: what others changed since is refused with `Conflict`, column by column.
Each method answers with the revision it made, or None when nothing had to change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from course import access, bodies, handwork_words, parts, quiz_aims
from course.arranging import Arranging
from course.bounds import require_sound
from course.database import Database
from course.edit import START, Edit
from course.errors import Invalid, NotFound
from course.models.lesson import Lesson
from course.models.revision import Kind, Revision
from course.outline import load_lesson, read_slide
from course.places import place
from course.revisions import Revisions
from course.tables import SlideRow


@dataclass(frozen=True)
class LessonPage:
    """A lesson to be edited: as it was at a revision of the course or later, with its objectives' ids in order."""

    lesson: Lesson
    objectives: list[UUID]
    revision: int


class Handwork:
    """Use cases of the course panel."""

    def __init__(self, database: Database, revisions: Revisions) -> None:
        self._database = database
        self._revisions = revisions
        self._arranging = Arranging(revisions)

    async def page(self, actor: UUID, course_id: UUID, lesson_id: UUID) -> LessonPage:
        """The lesson with all that editing it needs, for those who edit the course."""
        async with self._database.transaction() as session:
            # The number first: content that is newer than its number can be refused once too often, never overwritten.
            course = await access.editor(session, actor, course_id)
            lesson = await load_lesson(session, course_id, lesson_id)
            below = await parts.children(session, Kind.LESSON, lesson_id)
            ids = [row.id for kind, row in below if kind is Kind.OBJECTIVE]
            return LessonPage(lesson, ids, course.revision)

    async def change(
        self, actor: UUID, course_id: UUID, kind: Kind, part_id: UUID, words: Mapping[str, Any], *, base: int
    ) -> Revision | None:
        """Sets what a part says; a slide's `layout` lays out anew what stands on it. Raises `Invalid` for bad words."""
        new = handwork_words.checked(kind, words)
        sentence = handwork_words.changed(kind, await self._place(actor, course_id, kind, part_id), new)
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            if "layout" in new:
                new = new | {"body": await _laid_out(edit, part_id, new["layout"])}
                del new["layout"]
            await edit.update(kind, part_id, **new)
            await require_sound(edit, await _lesson_of(edit, kind, part_id))
        return edit.revision

    async def add(
        self,
        actor: UUID,
        course_id: UUID,
        kind: Kind,
        parent_id: UUID,
        words: Mapping[str, Any],
        *,
        after: UUID | None = None,
    ) -> Revision | None:
        """Adds a part below another: last, after a sibling, or first with `course.edit.START`."""
        columns = handwork_words.whole(kind, words)
        where = await self._place(actor, course_id, parts.PARENT[kind][1], parent_id)
        aims = [parent_id] if kind is Kind.OBJECTIVE else []
        async with self._revisions.edit(actor, course_id, handwork_words.added(kind, columns, where)) as edit:
            async with quiz_aims.kept(edit, aims):
                objectives = columns.pop("objectives", [])
                part_id = await edit.insert(kind, parent_id, after=after, **columns)
                for text in objectives:
                    await edit.insert(Kind.OBJECTIVE, part_id, text=text)
            await require_sound(edit, [parent_id] if parts.PARENT[kind][1] is Kind.LESSON else [])
        return edit.revision

    async def remove(self, actor: UUID, course_id: UUID, kind: Kind, part_id: UUID, *, base: int) -> Revision | None:
        """Removes a part and all below it."""
        if kind is Kind.COURSE:
            raise Invalid("A whole course is removed by asking for it in the conversation.")
        sentence = f"Removed {await self._place(actor, course_id, kind, part_id)}"
        return await self._arranging.remove(actor, course_id, [(kind, part_id)], sentence, base=base)

    async def duplicate(self, actor: UUID, course_id: UUID, kind: Kind, part_id: UUID) -> Revision | None:
        """Puts a copy of a part right behind it."""
        sentence = f"Copied {await self._place(actor, course_id, kind, part_id)}"
        return await self._arranging.duplicate(actor, course_id, (kind, part_id), sentence)

    async def move(
        self,
        actor: UUID,
        course_id: UUID,
        kind: Kind,
        part_id: UUID,
        parent_id: UUID,
        *,
        after: UUID | None = None,
        base: int,
    ) -> Revision | None:
        """Moves a part below `parent_id`: last, after a sibling, or first with `course.edit.START`."""
        if kind is Kind.COURSE:
            raise Invalid("A course stands in nothing it could be moved in.")
        what = await self._place(actor, course_id, kind, part_id)
        if after is None or after == START:
            around = await self._place(actor, course_id, parts.PARENT[kind][1], parent_id)
            where = "to the end" if after is None else "to the beginning"
            where += "" if what.endswith(f" of {around.partition(',')[0]}") else f" of {around}"
        else:
            where = f"behind {await self._place(actor, course_id, kind, after)}"
        sentence = f"Moved {handwork_words.aside(what)} {where}"
        return await self._arranging.move(
            actor, course_id, [(kind, part_id)], parent_id, sentence, after=after, base=base
        )

    async def _place(self, actor: UUID, course_id: UUID, kind: Kind, part_id: UUID) -> str:
        """What the part is called; a module or lesson with its title."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            row = await parts.find(session, kind, part_id, course_id)
            # Who removed it, the edit itself finds out.
            if row is None:
                return f"a {parts.WORD[kind]}"
            named = f", “{parts.state(kind, row)['title']}”" if kind in (Kind.MODULE, Kind.LESSON) else ""
            return f"{await place(session, kind, row)}{named}"


async def _laid_out(edit: Edit, slide_id: UUID, layout: bodies.Layout) -> dict[str, Any]:
    row = await edit.part(Kind.SLIDE, slide_id)
    if not isinstance(row, SlideRow):
        raise NotFound("That slide is not there any more.")
    slide = read_slide(row)
    return bodies.laid_out(slide.body, layout, slide.title).model_dump(mode="json")


async def _lesson_of(edit: Edit, kind: Kind, part_id: UUID) -> list[UUID]:
    if parts.PARENT.get(kind, ("", None))[1] is not Kind.LESSON:
        return []
    row: Any = await parts.find(edit.session, kind, part_id, edit.course.id)
    return [row.lesson_id] if row is not None else []
