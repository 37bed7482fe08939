"""What an instructor may do to slides; each method is one transaction and one revision.

`base` is the revision the author saw when they decided: what changed since is refused with `Conflict`.
Each method answers with the revision it made, or None when nothing had to change.
"""

from collections.abc import Mapping
from typing import TypedDict
from uuid import UUID

from course.bounds import require_sound
from course.edit import Edit
from course.lesson_content import slide_columns
from course.models.lesson import SlideBody, SlideDraft
from course.models.revision import Kind, Revision
from course.revisions import Revisions
from course.tables import SlideRow


class SlideWords(TypedDict, total=False):
    """What may be set of a slide; what is left out stays byte for byte."""

    title: str
    body: SlideBody
    narration: str


class Slides:
    """Use cases of single slides."""

    def __init__(self, revisions: Revisions) -> None:
        self._revisions = revisions

    async def add(
        self,
        actor: UUID,
        course_id: UUID,
        lesson_id: UUID,
        slide: SlideDraft,
        sentence: str,
        *,
        after: UUID | None = None,
    ) -> Revision | None:
        """Adds a slide, last, after another, or first with `course.edit.START`."""
        async with self._revisions.edit(actor, course_id, sentence) as edit:
            await edit.insert(Kind.SLIDE, lesson_id, after=after, **slide_columns(slide))
            await require_sound(edit, [lesson_id])
        return edit.revision

    async def change(
        self,
        actor: UUID,
        course_id: UUID,
        words: Mapping[UUID, SlideWords],
        sentence: str,
        *,
        base: int | None = None,
    ) -> Revision | None:
        """Sets what slides, by their ids, say or show."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            lessons = [await _set(edit, slide_id, one) for slide_id, one in words.items()]
            await require_sound(edit, lessons)
        return edit.revision


async def _set(edit: Edit, slide_id: UUID, words: SlideWords) -> UUID:
    row = await edit.part(Kind.SLIDE, slide_id)
    columns = {**words}
    if "body" in words:
        columns["body"] = words["body"].model_dump(mode="json")
    await edit.update(Kind.SLIDE, slide_id, **columns)
    return row.lesson_id if isinstance(row, SlideRow) else slide_id
