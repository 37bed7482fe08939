"""What an instructor may do to a lesson as a whole; each method is one transaction and one revision.

`base` is the revision the author saw when they decided: parts changed since are refused with `Conflict`.
Each method answers with the revision it made, or None when nothing had to change.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from course import lesson_content, quiz_aims
from course.models.lesson import LessonDraft
from course.models.outline import LessonPlan
from course.models.revision import Kind, Revision
from course.outline_plan import insert_lesson
from course.revisions import Revisions
from course.wording import Spoken, replace_words


class Lessons:
    """Use cases of a lesson's content."""

    def __init__(self, revisions: Revisions) -> None:
        self._revisions = revisions

    async def write(
        self,
        actor: UUID,
        course_id: UUID,
        lesson_id: UUID,
        draft: LessonDraft,
        sentence: str,
        *,
        minutes: int | None = None,
        base: int | None = None,
    ) -> Revision | None:
        """Makes the lesson say what `draft` says: objectives, slides and quiz; and take that many minutes."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            # The lesson itself counts as touched: what was written for an older plan is stale.
            await edit.part(Kind.LESSON, lesson_id)
            await lesson_content.write(edit, lesson_id, draft)
            if minutes is not None:
                await edit.update(Kind.LESSON, lesson_id, minutes=minutes)
        return edit.revision

    async def add(
        self,
        actor: UUID,
        course_id: UUID,
        module_id: UUID,
        plan: LessonPlan,
        sentence: str,
        *,
        after: UUID | None = None,
    ) -> Revision | None:
        """Adds a planned lesson to a module: last, after another, or first with `course.edit.START`."""
        async with self._revisions.edit(actor, course_id, sentence) as edit:
            await insert_lesson(edit, module_id, plan, after=after)
        return edit.revision

    async def set_minutes(
        self,
        actor: UUID,
        course_id: UUID,
        minutes: Mapping[UUID, int],
        sentence: str,
        *,
        base: int | None = None,
    ) -> Revision | None:
        """Sets how long lessons, by their ids, are meant to take."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            for lesson_id, each in minutes.items():
                await edit.update(Kind.LESSON, lesson_id, minutes=each)
        return edit.revision

    async def set_objectives(
        self, actor: UUID, course_id: UUID, lesson_id: UUID, texts: list[str], sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Sets what the learner can do after the lesson."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await edit.part(Kind.LESSON, lesson_id)
            async with quiz_aims.kept(edit, [lesson_id]):
                await lesson_content.set_objectives(edit, lesson_id, texts)
        return edit.revision

    async def replace_text(
        self,
        actor: UUID,
        course_id: UUID,
        within: Sequence[tuple[Kind, UUID]] | None,
        find: str,
        replace: str,
        sentence: str,
        *,
        only: Spoken | None = None,
        base: int | None = None,
    ) -> Revision | None:
        """Puts `replace` wherever `find` stands as whole words, in these parts or in the whole course.

        `only` limits it to what is spoken, shown, asked, or to titles.
        """
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await replace_words(edit, within, find, replace, only)
        return edit.revision
