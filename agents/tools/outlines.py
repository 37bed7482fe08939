"""Tools that plan a course and replan it."""

from typing import Annotated

from pydantic import Field

from agents.material import outline_text
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.outline import Outline
from course.models.text import Prose


@tool("Planning the course", needs_course=False)
async def outline_course(
    turn: Turn,
    brief: Annotated[Prose, Field(description="what the person wants, complete, in their own words and language")],
    modules: Annotated[
        int | None, Field(description="how many modules they asked for; null if they did not say")
    ] = None,
    audience: Annotated[str | None, Field(description="who it is for; null if they did not say")] = None,
) -> str:
    """Plan the outline of the course from the brief and the attached documents: modules, lessons, objectives.

    For a new course, or one with nothing written yet. It is shown to the person at once.
    """
    if turn.seen and any(lesson.drafted for lesson in turn.seen.lessons):
        raise Invalid(
            "Lessons of this course are written already. Change its outline with revise_outline, or tell the person to "
            "start a new conversation for another course."
        )
    whole = brief
    if modules:
        whole += f"\nMake exactly {modules} modules."
    if audience:
        whole += f"\nAudience: {audience}"
    draft = await turn.planning.plan(turn, whole)
    course_id = turn.account.course_id
    if course_id is None:
        authoring = turn.cases.authoring
        course_id = await authoring.create(turn.actor, draft.title, audience=draft.audience, language=draft.language)
        await turn.open_course(course_id)
    sentence = f"Planned the course “{draft.title}”"
    await turn.changed(await turn.cases.authoring.plan(turn.actor, course_id, draft, sentence, base=turn.base))
    return _planned(turn, "Planned")


@tool("Changing the outline: {instruction}")
async def revise_outline(
    turn: Turn,
    instruction: Annotated[Prose, Field(description="what to change, complete, in the person's own words")],
) -> str:
    """Change several things of the outline at once, or its order: merge, split, shorten, reorder, add what is missing.

    Lessons that keep their title keep all that is written in them.
    """
    before = turn.outline
    if not before.modules:
        raise Invalid("There is no outline yet. Plan it with outline_course first.")
    base = turn.base
    draft = await turn.planning.plan(turn, f"{before.title}: {before.summary}", instruction)
    sentence = f"Changed the outline: {instruction[:200]}"
    revision = await turn.cases.authoring.plan(turn.actor, before.id, draft, sentence, base=base)
    if not await turn.changed(revision):
        return "The outline is like that already; nothing was changed."
    return _lost(before, turn) + _planned(turn, "Changed")


def _planned(turn: Turn, verb: str) -> str:
    outline = turn.now
    if outline is None:
        return f"{verb}."
    waiting = [lesson for lesson in outline.lessons if not lesson.drafted]
    head = f"{verb} “{outline.title}”: {_count(len(outline.modules), 'module')}, "
    head += f"{_count(len(outline.lessons), 'lesson')}, {outline.minutes} minutes.\n\n{outline_text(outline)}"
    if not waiting:
        return head
    turn.offers.writing(lesson.id for lesson in waiting)
    return (
        f"{head}\n\nWriting the {_count(len(waiting), 'planned lesson')} takes {turn.drafting.expense(len(waiting))}."
    )


def _lost(before: Outline, turn: Turn) -> str:
    stay = {lesson.id for lesson in turn.now.lessons} if turn.now else set()
    gone = [lesson.title for lesson in before.lessons if lesson.drafted and lesson.id not in stay]
    names = ", ".join(f"“{title}”" for title in gone)
    return f"This removed written lessons: {names}. Undo brings them back.\n\n" if gone else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
