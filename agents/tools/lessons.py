"""Tools that write lessons, change what they say, and read them."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from agents.drafting import Drafted
from agents.expense import lasting
from agents.lesson_text import lesson_text
from agents.tools import places, targets
from agents.tools.scoping import scoped
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.outline import LessonLine, Minutes
from course.models.revision import Kind
from course.models.text import Line, OptionalLine, Prose
from course.money import dollars
from course.wording import Spoken

_LessonName = Annotated[str, Field(description="like “1.2”, or its title")]
_MOST_SHOWN = 12_000
_A_CENT = Decimal("0.01")


@tool("Writing lessons: {lessons}")
async def draft_lessons(
    turn: Turn,
    lessons: Annotated[list[str], Field(description='["all"], or lessons and modules like ["1.2", "module 2"]')],
) -> str:
    """Write the planned lessons: slides, narration, quiz and sources. Several at once; it takes a few minutes.

    Skips what is written already, so it also continues after a stop. Only when the person has approved the outline.
    """
    wanted = targets.lessons(turn.outline, lessons)
    if not wanted:
        raise Invalid("There are no lessons to write yet. Plan the outline with outline_course first.")
    missing = [lesson for lesson in wanted if not lesson.drafted]
    if not missing:
        return "All of these lessons are written already. To change one, use rewrite_lesson."
    await _require_stored(turn, missing)
    await _settle_cost(turn, missing)
    drafted = await turn.drafting.write(turn, missing)
    await turn.look_again()
    return _summary(drafted, len(wanted) - len(missing))


@tool("Rewriting lesson {lesson}")
async def rewrite_lesson(
    turn: Turn,
    lesson: _LessonName,
    instruction: Annotated[Prose, Field(description="what to change, complete, in the person's own words")],
    scope: Annotated[
        str | None,
        Field(
            description="what alone may change: “slide 3”, “narration of slide 3”, “sentence 2 of slide 3”, “new slide "
            "after slide 3”, “quiz”, “objectives”; null for the whole lesson"
        ),
    ] = None,
    minutes: Annotated[Minutes | None, Field(description="how long it is to take from now on; null to keep")] = None,
) -> str:
    """Have the writer change a written lesson or a part of it: simpler, shorter, another example, more questions, …

    Nothing outside the scope changes. For exact words use change_text, insert_text or replace_text instead.
    """
    line, base = targets.lesson(turn.outline, lesson), turn.base
    if not line.drafted:
        raise Invalid(f"Lesson {line.number} is not written yet. Write it with draft_lessons first.")
    now = await turn.cases.authoring.lesson(turn.actor, turn.outline.id, line.id)
    limits = await scoped(turn, now, scope)
    before = turn.account.bill.usd
    revision = await turn.drafting.rewrite(turn, now, instruction, base=base, scope=limits, minutes=minutes)
    if revision is None or not await turn.changed(revision):
        return (
            f"Lesson {line.number} is as it was: the writer found nothing to change for this wish. Tell the person so."
        )
    parts = len({change.id for change in revision.changes})
    changed = "1 part" if parts == 1 else f"{parts} parts"
    spent = turn.account.bill.usd - before
    cost = f" It cost {dollars(spent)}." if spent >= _A_CENT else ""
    return f"Rewrote lesson {line.number}, “{line.title}”: {changed} changed.{cost} Undo takes it back."


@tool("Replacing “{find}” by “{replace}”")
async def replace_text(
    turn: Turn,
    find: Line,
    replace: OptionalLine,
    where: Annotated[
        str | None,
        Field(
            description="“lesson 1.2”, “module 2” or “slide 3 of 1.2” to do it only there; null for the whole course"
        ),
    ] = None,
    only: Annotated[
        Spoken | None, Field(description="only in titles, on slides, in the narration, …; null for all of them")
    ] = None,
) -> str:
    """Replace a word or phrase everywhere it stands as whole words: titles, slides, narration, quiz, objectives."""
    found = await places.find(turn, where) if where else []
    within = None if not found or found[0].kind is Kind.COURSE else [part.within for part in found]
    there = f"in {', '.join(part.label for part in found)}" if within else "throughout the course"
    sentence = f"Replaced “{find}” by “{replace}” {there}" + (f", {only} only" if only else "")
    revision = await turn.cases.lessons.replace_text(
        turn.actor, turn.outline.id, within, find, replace, sentence, only=only, base=turn.base
    )
    parts = len(revision.changes) if revision else 0
    await turn.changed(revision)
    return f"{sentence}: {parts} {'part' if parts == 1 else 'parts'} changed."


@tool("Reading lesson {lesson}")
async def show_lesson(turn: Turn, lesson: _LessonName) -> str:
    """Read what a lesson says, slide by slide, with narration and quiz."""
    line = targets.lesson(turn.outline, lesson)
    found = await turn.cases.authoring.lesson(turn.actor, turn.outline.id, line.id)
    text = lesson_text(found)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]} … (the rest is left out here)"


async def _require_stored(turn: Turn, lessons: list[LessonLine]) -> None:
    """Raises `Invalid` for lessons that are themselves only proposed."""
    if not turn.reviewing:
        return
    stored = {line.id for line in (await turn.stored.authoring.outline(turn.actor, turn.outline.id)).lessons}
    if new := [f"{line.number}, “{line.title}”" for line in lessons if line.id not in stored]:
        raise Invalid(f"Lesson {new[0]} is only proposed. Once the person has applied it, it can be written.")


async def _settle_cost(turn: Turn, lessons: list[LessonLine]) -> None:
    """Raises when the course may not spend it, or when the person has not been told yet that it costs so much."""
    expense = turn.drafting.expense(len(lessons))
    count = "the lesson" if len(lessons) == 1 else f"the {len(lessons)} lessons"
    await turn.cases.budgets.require(turn.outline.id, expense.usd, f"writing {count}")
    untold = [lesson.id for lesson in lessons if not turn.offers.told_of_writing(lesson.id)]
    share = turn.drafting.expense(len(untold)).usd if untold else None
    if share is None or share <= turn.offers.ask_above_usd:
        return
    turn.offers.writing(lesson.id for lesson in lessons)
    raise Invalid(
        f"Writing {count} takes {expense}. The person has not been told that yet: tell them and ask; their yes comes "
        "next."
    )


def _summary(drafted: Drafted, written_before: int) -> str:
    outcomes = drafted.outcomes
    written = [one.lesson for one in outcomes if one.written]
    failed = [one for one in outcomes if not one.written]
    lines = []
    if written:
        lines.append(f"Wrote {len(written)} of {len(outcomes)} lessons: {', '.join(one.number for one in written)}.")
        lines.append(f"It took {lasting(drafted.seconds)} and cost {dollars(drafted.usd)}.")
    if failed:
        lines.append("Not written:")
        lines += [f"- lesson {one.lesson.number}, “{one.lesson.title}”: {one.reason}" for one in failed]
        lines.append("What is missing can be written by asking again.")
    if written_before:
        lines.append(f"{written_before} were written before and stayed as they are.")
    return "\n".join(lines)
