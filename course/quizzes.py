"""What an instructor may do to quiz items and objectives; each method is one transaction and one revision.

`base` is the revision the author saw when they decided: what changed since is refused with `Conflict`.
Each method answers with the revision it made, or None when nothing had to change.
"""

from typing import TypedDict
from uuid import UUID

from course import parts, quiz_aims
from course.bounds import require_sound
from course.lesson_content import quiz_columns
from course.models.lesson import QuizItemDraft
from course.models.revision import Kind, Revision
from course.revisions import Revisions
from course.tables import ObjectiveRow, QuizItemRow


class QuizWords(TypedDict, total=False):
    """What may be set of a quiz item; what is left out stays byte for byte."""

    question: str
    choices: list[str]
    answer: int
    explanation: str
    objective: int


class Quizzes:
    """Use cases of single quiz items and of the objectives they test."""

    def __init__(self, revisions: Revisions) -> None:
        self._revisions = revisions

    async def add(
        self,
        actor: UUID,
        course_id: UUID,
        lesson_id: UUID,
        item: QuizItemDraft,
        sentence: str,
        *,
        after: UUID | None = None,
    ) -> Revision | None:
        """Adds a quiz item, last, after another, or first with `course.edit.START`."""
        async with self._revisions.edit(actor, course_id, sentence) as edit:
            await edit.insert(Kind.QUIZ_ITEM, lesson_id, after=after, **quiz_columns(item))
            await require_sound(edit, [lesson_id])
        return edit.revision

    async def change(
        self, actor: UUID, course_id: UUID, item_id: UUID, words: QuizWords, sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Sets what a quiz item says; `answer` and `objective` are indices from 0."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            row = await edit.part(Kind.QUIZ_ITEM, item_id)
            await edit.update(Kind.QUIZ_ITEM, item_id, **words)
            if isinstance(row, QuizItemRow):
                await require_sound(edit, [row.lesson_id])
        return edit.revision

    async def objectives(self, actor: UUID, course_id: UUID, lesson_id: UUID) -> list[UUID]:
        """The ids of a lesson's objectives in their order, for those who edit the course."""
        async with self._revisions.edit(actor, course_id, "") as edit:
            below = await parts.children(edit.session, Kind.LESSON, (await edit.part(Kind.LESSON, lesson_id)).id)
        return [row.id for kind, row in below if kind is Kind.OBJECTIVE]

    async def add_objective(
        self, actor: UUID, course_id: UUID, lesson_id: UUID, text: str, sentence: str, *, after: UUID | None = None
    ) -> Revision | None:
        """Adds an objective, last, after another, or first; quiz items keep the objectives they test."""
        async with self._revisions.edit(actor, course_id, sentence) as edit:
            async with quiz_aims.kept(edit, [lesson_id]):
                await edit.insert(Kind.OBJECTIVE, lesson_id, after=after, text=text)
            await require_sound(edit, [lesson_id])
        return edit.revision

    async def change_objective(
        self, actor: UUID, course_id: UUID, objective_id: UUID, text: str, sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Says an objective in other words."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            row = await edit.part(Kind.OBJECTIVE, objective_id)
            await edit.update(Kind.OBJECTIVE, objective_id, text=text)
            if isinstance(row, ObjectiveRow):
                await require_sound(edit, [row.lesson_id])
        return edit.revision
