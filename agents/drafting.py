"""Lessons written, several at once, and each stored as soon as it is done; what failed says why."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from agents.events import DraftProgress, DraftState
from agents.expense import Expense, Reckoning
from agents.metering import Bill
from agents.model import Model
from agents.model_errors import ModelLimited, ModelNonsense, ModelRefused
from agents.pace import Gate
from agents.reading import passages_for
from agents.scope import WHOLE, Scope, sourced, within
from agents.turn import Turn
from agents.writing import Assignment, Writing
from course.errors import LecternError, ModelUnavailable, OverBudget
from course.models.lesson import Lesson, LessonDraft
from course.models.outline import LessonLine
from course.models.revision import Revision

logger = logging.getLogger(__name__)

_GIVE_UP_AFTER = 3
# Of a lesson the service puts off; how long to wait before the next, it says itself.
_MOST_TRIES = 6
_FAULT = "Something went wrong in Lectern itself while it was written. Try again."


@dataclass(frozen=True)
class Outcome:
    """How a lesson ended: written, or the reason why not."""

    lesson: LessonLine
    reason: str = ""

    @property
    def written(self) -> bool:
        """Whether it is stored."""
        return not self.reason


@dataclass(frozen=True)
class Drafted:
    """How a batch of lessons ended, and what it took; `usd` is None when the model's price is not known."""

    outcomes: list[Outcome]
    seconds: float
    usd: Decimal | None


@dataclass
class _Batch:
    """Lessons being written together."""

    turn: Turn
    base: int
    total: int
    gate: Gate
    done: int = 0
    unanswered: int = 0
    hopeless: str = ""
    """Why trying the others makes no sense."""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)

    def may_try_again(self, lesson: LessonLine, problem: LecternError) -> bool:
        """Whether what stopped the lesson passes by itself.

        Money set aside for lessons under way comes back with them; a service that wants fewer questions says when.
        """
        if isinstance(problem, OverBudget):
            return self.gate.crowded
        self.tries[lesson.number] += 1
        return self.tries[lesson.number] < _MOST_TRIES

    def consider(self, problem: LecternError) -> None:
        """Gives up the lessons that wait when the model refuses us, or has not answered for any of several."""
        if isinstance(problem, OverBudget):
            self.hopeless = problem.sentence
        if not isinstance(problem, ModelUnavailable) or isinstance(problem, ModelNonsense):
            return
        self.unanswered += 1
        if isinstance(problem, ModelRefused) or (self.unanswered >= _GIVE_UP_AFTER and not self.done):
            self.hopeless = problem.sentence

    def tell(self, lesson: LessonLine, state: DraftState, reason: str = "", usd: Decimal | None = None) -> None:
        self.turn.emit(
            DraftProgress(lesson.id, lesson.number, lesson.title, state, self.done, self.total, reason, usd),
        )


class Drafting:
    """Writes lessons with the writer and the reviewer; `at_once` bounds how many of them are at work."""

    def __init__(self, model: Model, *, at_once: int = 6) -> None:
        self._writing = Writing(model)
        self._at_once = at_once
        self._reckoning = Reckoning(model.name, model.prices)

    def expense(self, lessons: int) -> Expense:
        """What writing that many lessons will take, by the pace of those before."""
        return self._reckoning.expense(lessons, self._at_once)

    async def write(self, turn: Turn, lessons: Sequence[LessonLine]) -> Drafted:
        """Writes the lessons and stores each as soon as it is done; a failed one does not hold up the others.

        When stopped, what is stored stays, and the next call is for the rest.
        """
        start, before = time.monotonic(), turn.account.bill.usd
        batch = _Batch(turn, turn.base, len(lessons), Gate(self._at_once))
        await turn.cases.drafts.begin(turn.actor, turn.outline.id, [lesson.id for lesson in lessons])
        for lesson in lessons:
            batch.tell(lesson, DraftState.WAITING)
        async with asyncio.TaskGroup() as group:
            for lesson in lessons:
                group.create_task(self._write_one(batch, lesson))
        bill = turn.account.bill
        usd = None if bill.unpriced else bill.usd - before
        return Drafted([batch.outcomes[lesson.number] for lesson in lessons], time.monotonic() - start, usd)

    async def rewrite(
        self,
        turn: Turn,
        lesson: Lesson,
        instruction: str,
        *,
        base: int,
        scope: Scope = WHOLE,
        minutes: int | None = None,
    ) -> Revision | None:
        """Changes a written lesson as told, within the scope; None when nothing had to change."""
        order = f"{instruction}\n{scope.order}".strip()
        planned = lesson if minutes is None else lesson.model_copy(update={"minutes": minutes})
        passages = await passages_for(turn, lesson, instruction)
        before = _as_draft(lesson)
        assignment = Assignment(planned, turn.outline, passages, order, before)
        account = replace(turn.account, lesson_id=lesson.id)
        written = sourced(before, await self._writing.write(assignment, account), {one.ref for one in passages})
        draft = within(scope, before, written)
        sentence = f"Rewrote lesson {lesson.number}, “{lesson.title}”: {instruction[:200]}"
        if turn.account.course_id is None:
            return None
        return await turn.cases.lessons.write(
            turn.actor, turn.account.course_id, lesson.id, draft, sentence, minutes=minutes, base=base
        )

    async def _write_one(self, batch: _Batch, lesson: LessonLine) -> None:
        bill = Bill(batch.turn.account.bill)
        reason = await self._reason(batch, lesson, bill)
        batch.outcomes[lesson.number] = Outcome(lesson, reason)
        if reason:
            await _remember(batch.turn, lesson, reason)
        batch.tell(lesson, DraftState.FAILED if reason else DraftState.DONE, reason, bill.cost)

    async def _reason(self, batch: _Batch, lesson: LessonLine, bill: Bill) -> str:
        """Why the lesson could not be written; empty once it is stored."""
        try:
            while not batch.hopeless:
                async with batch.gate.entered():
                    if await self._tried(batch, lesson, bill):
                        return ""
                batch.tell(lesson, DraftState.WAITING)
        except LecternError as problem:
            batch.consider(problem)
            return problem.sentence
        except Exception:  # a fault of ours in one lesson must not take the others with it
            logger.exception("a lesson could not be written", extra={"lesson": str(lesson.id)})
            return _FAULT
        return batch.hopeless

    async def _tried(self, batch: _Batch, lesson: LessonLine, bill: Bill) -> bool:
        """Whether it is written; False when it should be tried again, with fewer others beside it."""
        if batch.hopeless:
            return False
        try:
            await self._written(batch, lesson, bill)
        except (OverBudget, ModelLimited) as problem:
            again = batch.may_try_again(lesson, problem)
            batch.gate.narrow()
            if not again:
                raise
            return False
        batch.gate.widen()
        return True

    async def _written(self, batch: _Batch, lesson: LessonLine, bill: Bill) -> None:
        turn, start = batch.turn, time.monotonic()
        course_id = turn.outline.id
        assignment = Assignment(lesson, turn.outline, await passages_for(turn, lesson))
        account = replace(turn.account, lesson_id=lesson.id, bill=bill)
        draft = await self._writing.write(assignment, account, lambda state: batch.tell(lesson, state))
        sentence = f"Wrote lesson {lesson.number}, “{lesson.title}”"
        # At once in review mode too: nothing is overwritten.
        revision = await turn.stored.lessons.write(turn.actor, course_id, lesson.id, draft, sentence, base=batch.base)
        batch.done += 1
        self._reckoning.learn(time.monotonic() - start, bill)
        if revision is not None:
            turn.note(revision)


async def _remember(turn: Turn, lesson: LessonLine, reason: str) -> None:
    try:
        await turn.cases.drafts.fail(turn.actor, turn.outline.id, lesson.id, reason)
    except LecternError as problem:
        logger.warning("why a lesson failed was not kept: %s", problem.sentence)


def _as_draft(lesson: Lesson) -> LessonDraft:
    whole = lesson.model_dump(mode="json")
    return LessonDraft.model_validate(
        {
            "objectives": whole["objectives"],
            "slides": [{key: value for key, value in slide.items() if key != "id"} for slide in whole["slides"]],
            "quiz": [{key: value for key, value in item.items() if key != "id"} for item in whole["quiz"]],
        },
    )
