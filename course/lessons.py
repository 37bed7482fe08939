"""What an instructor may do to a lesson and what is in it; each method is one transaction and one revision.

`base` is the revision the author saw when they decided: parts changed since are refused with `Conflict`.
Each method answers with the revision it made, or None when nothing had to change.
"""

from uuid import UUID

from course import lesson_content
from course.models.lesson import LessonDraft, QuizItemDraft, SlideDraft
from course.models.outline import LessonPlan
from course.models.revision import Kind, Revision
from course.outline_plan import insert_lesson
from course.revisions import Revisions
from course.wording import replace_words


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
        base: int | None = None,
    ) -> Revision | None:
        """Makes the lesson say what `draft` says: objectives, slides and quiz."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            # The lesson itself counts as touched: what was written for an older plan is stale.
            await edit.part(Kind.LESSON, lesson_id)
            await lesson_content.write(edit, lesson_id, draft)
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
        """Adds a planned lesson to a module, last or after another."""
        async with self._revisions.edit(actor, course_id, sentence) as edit:
            await insert_lesson(edit, module_id, plan, after=after)
        return edit.revision

    async def set_minutes(
        self, actor: UUID, course_id: UUID, lesson_id: UUID, minutes: int, sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Sets how long a lesson is meant to take."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await edit.update(Kind.LESSON, lesson_id, minutes=minutes)
        return edit.revision

    async def set_objectives(
        self, actor: UUID, course_id: UUID, lesson_id: UUID, texts: list[str], sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Sets what the learner can do after the lesson."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await edit.part(Kind.LESSON, lesson_id)
            await lesson_content.set_objectives(edit, lesson_id, texts)
        return edit.revision

    async def add_slide(
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
            await edit.insert(Kind.SLIDE, lesson_id, after=after, **lesson_content.slide_columns(slide))
        return edit.revision

    async def update_slide(
        self, actor: UUID, course_id: UUID, slide_id: UUID, slide: SlideDraft, sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Makes a slide what `slide` says; columns that stay the same are not touched."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await edit.update(Kind.SLIDE, slide_id, **lesson_content.slide_columns(slide))
        return edit.revision

    async def update_quiz_item(
        self,
        actor: UUID,
        course_id: UUID,
        item_id: UUID,
        item: QuizItemDraft,
        sentence: str,
        *,
        base: int | None = None,
    ) -> Revision | None:
        """Makes a quiz item what `item` says."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await edit.update(Kind.QUIZ_ITEM, item_id, **lesson_content.quiz_columns(item))
        return edit.revision

    async def replace_text(
        self,
        actor: UUID,
        course_id: UUID,
        lesson_ids: list[UUID] | None,
        find: str,
        replace: str,
        sentence: str,
        *,
        base: int | None = None,
    ) -> Revision | None:
        """Puts `replace` wherever `find` stands as whole words, in these lessons or in the whole course."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await replace_words(edit, lesson_ids, find, replace)
        return edit.revision
