"""What an instructor may do to the order and cut of things; each method is one transaction and one revision.

`base` is the revision the author saw when they decided: parts changed since are refused with `Conflict`.
Each method answers with the revision it made, or None when nothing had to change. What holds modules holds whatever
the course is made of: a `Part` is any kind with its id.
"""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

from course import parts, quiz_aims
from course.bounds import require_sound
from course.copying import duplicate
from course.edit import START, Edit
from course.errors import Invalid
from course.merging import merge_lessons, merge_modules, merge_slides
from course.models.revision import Kind, Revision
from course.revisions import Revisions
from course.splitting import split_lesson, split_module, split_slide

Part = tuple[Kind, UUID]

_MERGE = {Kind.MODULE: merge_modules, Kind.LESSON: merge_lessons, Kind.SLIDE: merge_slides}


class Arranging:
    """Use cases of order, for parts of every kind."""

    def __init__(self, revisions: Revisions) -> None:
        self._revisions = revisions

    async def remove(
        self, actor: UUID, course_id: UUID, several: Sequence[Part], sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Removes parts and all below them; each lesson keeps an objective and, if it is written, a slide."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            lessons = await _lessons_of(edit, several)
            async with quiz_aims.kept(edit, lessons):
                for kind, part_id in several:
                    await edit.delete(kind, part_id)
            await require_sound(edit, lessons, emptied=True)
        return edit.revision

    async def move(
        self,
        actor: UUID,
        course_id: UUID,
        several: Sequence[Part],
        parent_id: UUID,
        sentence: str,
        *,
        after: UUID | None = None,
        base: int | None = None,
    ) -> Revision | None:
        """Moves parts below `parent_id`, one behind the other: last, after a sibling, or first with `START`."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            lessons = await _lessons_of(edit, several)
            lessons += [parent_id] if lessons and parent_id not in lessons else []
            async with quiz_aims.kept(edit, lessons):
                for kind, part_id in several:
                    await edit.move(kind, part_id, parent_id, after=after)
                    after = part_id if after is not None else None
            await require_sound(edit, lessons, emptied=True)
        return edit.revision

    async def swap(
        self, actor: UUID, course_id: UUID, one: Part, other: Part, sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Puts two parts of a kind in each other's place, wherever they stand."""
        if one[0] is not other[0]:
            raise Invalid("Only two of a kind can change places: two modules, two lessons, two slides.")
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            lessons = await _lessons_of(edit, [one, other])
            async with quiz_aims.kept(edit, lessons):
                places = [_place(one[0], await edit.part(*part)) for part in (one, other)]
                await edit.update(*one, **places[1])
                await edit.update(*other, **places[0])
            await require_sound(edit, lessons)
        return edit.revision

    async def merge(
        self,
        actor: UUID,
        course_id: UUID,
        kind: Kind,
        ids: Sequence[UUID],
        sentence: str,
        *,
        title: str | None = None,
        base: int | None = None,
    ) -> Revision | None:
        """Makes modules, lessons or slides one, which stands where the first of `ids` stood.

        Without a title it is called by those of all.
        """
        if kind not in _MERGE or len(set(ids)) < 2:
            raise Invalid("Name two or more modules, lessons or slides to merge.")
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            lessons = await _lessons_of(edit, [(kind, one) for one in ids])
            await _MERGE[kind](edit, ids, title)
            await require_sound(edit, lessons or (ids[:1] if kind is Kind.LESSON else []))
        return edit.revision

    async def split(
        self,
        actor: UUID,
        course_id: UUID,
        part: Part,
        sentence: str,
        *,
        after: int | None = None,
        title: str | None = None,
        base: int | None = None,
    ) -> Revision | None:
        """Makes two of a module, lesson or slide, cut after the lesson, slide or point of that number.

        Without a number the cut is in the middle; without a title the second is called “…, continued”.
        """
        kind, part_id = part
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            if kind is Kind.MODULE:
                await split_module(edit, part_id, after, title)
            elif kind is Kind.LESSON:
                await require_sound(edit, [part_id, await split_lesson(edit, part_id, after, title)])
            elif kind is Kind.SLIDE:
                await split_slide(edit, part_id, after, title)
                await require_sound(edit, await _lessons_of(edit, [part]))
            else:
                raise Invalid("Only a module, a lesson or a slide can be split.")
        return edit.revision

    async def duplicate(
        self,
        actor: UUID,
        course_id: UUID,
        part: Part,
        sentence: str,
        *,
        title: str | None = None,
        base: int | None = None,
    ) -> Revision | None:
        """Puts a copy of a part, with everything in it, right behind it."""
        kind, part_id = part
        if kind is Kind.COURSE:
            raise Invalid("A whole course is copied in another way. Name a module, a lesson or a slide.")
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            lessons = await _lessons_of(edit, [part])
            async with AsyncExitStack() as stack:
                if lessons:
                    await stack.enter_async_context(quiz_aims.kept(edit, lessons))
                await duplicate(edit, kind, part_id, title)
            await require_sound(edit, lessons)
        return edit.revision


async def _lessons_of(edit: Edit, several: Sequence[Part]) -> list[UUID]:
    """The lessons that these parts stand in; none for modules and lessons themselves."""
    found: list[UUID] = []
    for kind, part_id in several:
        if parts.PARENT.get(kind, ("", None))[1] is Kind.LESSON:
            row: Any = await edit.part(kind, part_id)
            found.append(row.lesson_id)
    return list(dict.fromkeys(found))


def _place(kind: Kind, row: parts.PartRow) -> dict[str, Any]:
    """Where a part stands, as columns another could take over."""
    column = parts.PARENT[kind][0]
    here: dict[str, Any] = {"rank": getattr(row, "rank", START)}
    return here | ({} if kind is Kind.MODULE else {column: getattr(row, column)})
