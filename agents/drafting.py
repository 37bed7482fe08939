"""Lessons written, several at once: passages → writer → reviewer → one repair → stored, each as soon as it is done."""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agents.citations import checked
from agents.events import DraftProgress, DraftState
from agents.material import block, lesson_block, passages_block
from agents.model import Account, Model
from agents.model_errors import ModelNonsense, ModelRefused
from agents.reading import passages_for
from agents.roles import ask
from agents.scope import WHOLE, Scope, within
from agents.turn import Turn
from course.errors import LecternError, ModelUnavailable
from course.models.lesson import Lesson, LessonDraft, ReviewDraft
from course.models.outline import LessonLine
from course.models.revision import Revision
from course.models.source import Passage
from course.prices import cost

logger = logging.getLogger(__name__)

# Of one lesson: writer, reviewer and every other repair, with prompts and passages.
_TOKENS_IN = 24_000
_TOKENS_OUT = 4_500
_SECONDS_AT_FIRST = 40.0
_GIVE_UP_AFTER = 3
_FAULT = "Something went wrong in Lectern itself while it was written. Try again."


@dataclass(frozen=True)
class Expense:
    """What writing some lessons will take."""

    seconds: float
    usd: float

    def __str__(self) -> str:
        time_needed = f"about {round(self.seconds / 60)} minutes" if self.seconds >= 90 else "about a minute"
        return f"{time_needed}, at {f'about ${self.usd:.2f}' if self.usd else 'no cost'} for the model"


@dataclass(frozen=True)
class Outcome:
    """How a lesson ended: written, or the reason why not."""

    lesson: LessonLine
    reason: str = ""

    @property
    def written(self) -> bool:
        """Whether it is stored."""
        return not self.reason


@dataclass
class _Batch:
    """Lessons being written together."""

    turn: Turn
    base: int
    total: int
    done: int = 0
    unanswered: int = 0
    hopeless: str = ""
    """Why trying the others makes no sense."""
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def consider(self, problem: LecternError) -> None:
        """Gives up the lessons that wait when the model refuses us, or has not answered for any of several."""
        if not isinstance(problem, ModelUnavailable) or isinstance(problem, ModelNonsense):
            return
        self.unanswered += 1
        if isinstance(problem, ModelRefused) or (self.unanswered >= _GIVE_UP_AFTER and not self.done):
            self.hopeless = problem.sentence

    def tell(self, lesson: LessonLine, state: DraftState, reason: str = "") -> None:
        self.turn.emit(
            DraftProgress(lesson.id, lesson.number, lesson.title, state, self.done, self.total, reason),
        )


class Drafting:
    """Writes lessons with the writer and the reviewer; `at_once` bounds how many of them are at work."""

    def __init__(self, model: Model, *, at_once: int = 4) -> None:
        self._model = model
        self._at_once = at_once
        self._seconds = _SECONDS_AT_FIRST

    def expense(self, lessons: int) -> Expense:
        """What writing that many lessons will take, by the pace of those before."""
        rounds = -(-lessons // self._at_once)
        return Expense(rounds * self._seconds, float(cost(self._model.name, _TOKENS_IN, _TOKENS_OUT)) * lessons)

    async def write(self, turn: Turn, lessons: Sequence[LessonLine]) -> list[Outcome]:
        """Writes the lessons and stores each as soon as it is done; a failed one does not hold up the others.

        When stopped, what is stored stays, and the next call is for the rest.
        """
        batch = _Batch(turn, turn.base, len(lessons))
        for lesson in lessons:
            batch.tell(lesson, DraftState.WAITING)
        gate = asyncio.Semaphore(self._at_once)
        async with asyncio.TaskGroup() as group:
            for lesson in lessons:
                group.create_task(self._write_one(batch, lesson, gate))
        return [batch.outcomes[lesson.number] for lesson in lessons]

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
        material = _material(turn, planned, passages, instruction=order, current=before)
        account = replace(turn.account, lesson_id=lesson.id)
        draft = within(scope, before, await self._drafted(account, material, passages))
        sentence = f"Rewrote lesson {lesson.number}, “{lesson.title}”: {instruction[:200]}"
        if turn.account.course_id is None:
            return None
        return await turn.cases.lessons.write(
            turn.actor, turn.account.course_id, lesson.id, draft, sentence, minutes=minutes, base=base
        )

    async def _write_one(self, batch: _Batch, lesson: LessonLine, gate: asyncio.Semaphore) -> None:
        async with gate:
            reason = batch.hopeless
            try:
                if not reason:
                    await self._written(batch, lesson)
            except LecternError as problem:
                reason = problem.sentence
                batch.consider(problem)
            except Exception:  # a fault of ours in one lesson must not take the others with it
                logger.exception("a lesson could not be written", extra={"lesson": str(lesson.id)})
                reason = _FAULT
            batch.outcomes[lesson.number] = Outcome(lesson, reason)
            batch.tell(lesson, DraftState.FAILED if reason else DraftState.DONE, reason)

    async def _written(self, batch: _Batch, lesson: LessonLine) -> None:
        turn, start = batch.turn, time.monotonic()
        course_id = turn.outline.id
        batch.tell(lesson, DraftState.WRITING)
        passages = await passages_for(turn, lesson)
        material = _material(turn, lesson, passages)
        draft = await self._drafted(replace(turn.account, lesson_id=lesson.id), material, passages, (batch, lesson))
        sentence = f"Wrote lesson {lesson.number}, “{lesson.title}”"
        revision = await turn.cases.lessons.write(turn.actor, course_id, lesson.id, draft, sentence, base=batch.base)
        batch.done += 1
        self._seconds += (time.monotonic() - start - self._seconds) * 0.3
        if revision is not None:
            turn.note(revision)

    async def _drafted(
        self,
        account: Account,
        material: str,
        passages: Sequence[Passage],
        progress: tuple[_Batch, LessonLine] | None = None,
    ) -> LessonDraft:
        """Written, reviewed, and repaired once if the reviewer says so."""
        draft = checked(await ask(self._model, "writer", account, LessonDraft, material), passages)
        if progress:
            progress[0].tell(progress[1], DraftState.REVIEWING)
        findings = await self._findings(account, material, draft)
        if not findings:
            return draft
        if progress:
            progress[0].tell(progress[1], DraftState.REPAIRING)
        repair = "\n\n".join([material, _current(draft), block("findings", "\n".join(f"- {one}" for one in findings))])
        try:
            return checked(await ask(self._model, "writer", account, LessonDraft, repair), passages)
        except ModelUnavailable:
            # A lesson with a flaw is worth more to a teacher than none.
            logger.warning("a repair failed; the lesson is kept as it was first written")
            return draft

    async def _findings(self, account: Account, material: str, draft: LessonDraft) -> list[str]:
        asked = "\n\n".join([material, block("draft", draft.model_dump_json())])
        try:
            review = await ask(self._model, "reviewer", account, ReviewDraft, asked)
        except ModelUnavailable:
            logger.warning("a review failed; the lesson is kept unreviewed")
            return []
        return list(review.findings) if review.verdict == "repair" else []


def _material(
    turn: Turn,
    lesson: LessonLine | Lesson,
    passages: Sequence[Passage],
    *,
    instruction: str = "",
    current: LessonDraft | None = None,
) -> str:
    parts = [lesson_block(lesson, turn.outline), passages_block(passages)]
    if instruction:
        parts.append(block("instruction", instruction))
    if current is not None:
        parts.append(_current(current))
    return "\n\n".join(parts)


def _current(draft: LessonDraft) -> str:
    return block("current", draft.model_dump_json())


def _as_draft(lesson: Lesson) -> LessonDraft:
    whole = lesson.model_dump(mode="json")
    return LessonDraft.model_validate(
        {
            "objectives": whole["objectives"],
            "slides": [{key: value for key, value in slide.items() if key != "id"} for slide in whole["slides"]],
            "quiz": [{key: value for key, value in item.items() if key != "id"} for item in whole["quiz"]],
        },
    )
