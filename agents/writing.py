"""One lesson: written from its passages, looked at by reviewer and machine, mended once, the better of the two kept."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agents import checking
from agents.citations import checked
from agents.events import DraftState
from agents.material import block, lesson_block, passages_block
from agents.metering import Account
from agents.model import Model
from agents.roles import ask
from course.errors import ModelUnavailable, OverBudget
from course.models.lesson import Lesson, LessonDraft, ReviewDraft
from course.models.outline import LessonLine, Outline
from course.models.quality import Check, Finding
from course.models.source import Passage

logger = logging.getLogger(__name__)

_MOST_MEASURED = 12


@dataclass(frozen=True)
class Assignment:
    """A lesson to write, or to change as `instruction` says; `current` is how it stands."""

    lesson: LessonLine | Lesson
    outline: Outline
    passages: Sequence[Passage]
    instruction: str = ""
    current: LessonDraft | None = None

    @property
    def material(self) -> str:
        """What writer and reviewer are given to read."""
        before, after = checking.beside(self.lesson, self.outline)
        parts = [lesson_block(self.lesson, self.outline, before=before, after=after), passages_block(self.passages)]
        if self.instruction:
            parts.append(block("instruction", self.instruction))
        if self.current is not None:
            parts.append(_current(self.current))
        return "\n\n".join(parts)

    def findings(self, draft: LessonDraft) -> list[Finding]:
        """What a machine finds in the draft; of a change only what was not so before."""
        found = checking.findings(draft, self.lesson, self.outline, self.passages)
        if self.current is None:
            return found
        known = {one.sentence for one in checking.findings(self.current, self.lesson, self.outline, self.passages)}
        # How long it takes is the author's wish when they ask for a change.
        return [one for one in found if one.sentence not in known and one.check is not Check.TIME]


class Writing:
    """Writer and reviewer at work on one lesson at a time."""

    def __init__(self, model: Model) -> None:
        self._model = model

    async def write(
        self, assignment: Assignment, account: Account, tell: Callable[[DraftState], None] = lambda _: None
    ) -> LessonDraft:
        """The lesson, mended once if reviewer or machine found what a careful teacher would not let pass.

        Raises `ModelUnavailable` and `OverBudget` when not even a first draft came of it.
        """
        tell(DraftState.WRITING)
        material = assignment.material
        first = checked(await ask(self._model, "writer", account, LessonDraft, material), assignment.passages)
        tell(DraftState.REVIEWING)
        found = await asyncio.to_thread(assignment.findings, first)
        measured = checking.problems(found)[:_MOST_MEASURED]
        reviewed = await self._reviewed(account, material, first, measured)
        if not (reviewed or measured):
            return first
        tell(DraftState.REPAIRING)
        mended = await self._mended(account, material, first, [*reviewed, *measured], assignment.passages)
        if mended is None:
            return first
        before, after = checking.flaws(found), checking.flaws(await asyncio.to_thread(assignment.findings, mended))
        # What the reviewer found no machine can count: then as many flaws as before are better.
        return mended if after < before or (reviewed and after == before) else first

    async def _reviewed(self, account: Account, material: str, draft: LessonDraft, measured: list[str]) -> list[str]:
        """What the reviewer wants mended; they are told what was measured already."""
        parts = [material, block("draft", draft.model_dump_json())]
        if measured:
            parts.append(block("measured", _listed(measured)))
        try:
            review = await ask(self._model, "reviewer", account, ReviewDraft, "\n\n".join(parts))
        except (ModelUnavailable, OverBudget):
            logger.warning("a review failed; the lesson is looked at by machine alone")
            return []
        return list(review.findings) if review.verdict == "repair" else []

    async def _mended(
        self, account: Account, material: str, draft: LessonDraft, findings: list[str], passages: Sequence[Passage]
    ) -> LessonDraft | None:
        order = "\n\n".join([material, _current(draft), block("findings", _listed(findings))])
        try:
            return checked(await ask(self._model, "writer", account, LessonDraft, order), passages)
        except (ModelUnavailable, OverBudget):
            # A lesson with a flaw is worth more to a teacher than none.
            logger.warning("a repair failed; the lesson is kept as it was first written")
            return None


def _current(draft: LessonDraft) -> str:
    return block("current", draft.model_dump_json())


def _listed(findings: Sequence[str]) -> str:
    return "\n".join(f"- {one}" for one in dict.fromkeys(findings))
