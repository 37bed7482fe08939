"""Tools for one clear change of the outline."""

from typing import Annotated

from pydantic import Field

from agents.material import outline_text
from agents.tools import targets
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.outline import LessonPlan, Minutes
from course.models.revision import Kind, Revision
from course.models.text import Line, Title

_Target = Annotated[str, Field(description="like “course”, “module 2”, “lesson 1.2”, or a title")]
_LessonName = Annotated[str, Field(description="like “1.2”, or its title")]
_WHERE = {"first": "to the beginning", "last": "to the end"}
_NOTHING = "It is like that already; nothing was changed."


@tool("Renaming {target}")
async def rename(turn: Turn, target: _Target, title: Title) -> str:
    """Give the course, a module or a lesson another title."""
    part = targets.target(turn.outline, target)
    sentence = f"Renamed {part.label} to “{title}”"
    revision = await turn.cases.authoring.rename(
        turn.actor, turn.outline.id, part.kind, part.id, title, sentence, base=turn.base
    )
    return await _told(turn, revision, sentence, numbers=False)


@tool("Adding the module “{title}”")
async def add_module(
    turn: Turn,
    title: Title,
    after: Annotated[str | None, Field(description="the module it comes after; null for last")] = None,
) -> str:
    """Add an empty module."""
    behind = targets.module(turn.outline, after).id if after else None
    sentence = f"Added the module “{title}”"
    revision = await turn.cases.authoring.add_module(turn.actor, turn.outline.id, title, sentence, after=behind)
    return await _told(turn, revision, sentence)


@tool("Adding the lesson “{title}”")
async def add_lesson(
    turn: Turn,
    module: Annotated[str, Field(description="the module it goes into, like “module 2” or its title")],
    title: Title,
    objectives: Annotated[list[Line], Field(description="one to four, each beginning with an observable verb")],
    minutes: Annotated[Minutes | None, Field(description="how long it takes; null for 6")] = None,
) -> str:
    """Add a planned lesson at the end of a module. It is written later by draft_lessons."""
    home = targets.module(turn.outline, module)
    plan = LessonPlan(title=title, objectives=objectives, minutes=minutes or 6, sections=[])
    sentence = f"Added the lesson “{title}” to module {home.number}"
    revision = await turn.cases.lessons.add(turn.actor, turn.outline.id, home.id, plan, sentence)
    return await _told(turn, revision, sentence)


@tool("Removing {target}")
async def remove(turn: Turn, target: _Target) -> str:
    """Remove a module with its lessons, or a lesson. Undo brings it back."""
    part = targets.target(turn.outline, target)
    if part.kind is Kind.COURSE:
        raise Invalid("A whole course cannot be removed here. Name a module or a lesson.")
    sentence = f"Removed {part.label}"
    revision = await turn.cases.authoring.remove(
        turn.actor, turn.outline.id, part.kind, part.id, sentence, base=turn.base
    )
    return await _told(turn, revision, sentence)


@tool("Moving {target}")
async def move(
    turn: Turn,
    target: _Target,
    position: Annotated[str, Field(description="“first”, “last”, “before 1.2”, “after module 3” or “into module 2”")],
) -> str:
    """Move a module, or a lesson within its module or into another. Numbers change with it."""
    part = targets.target(turn.outline, target)
    parent, after = targets.place(turn.outline, part, position)
    sentence = f"Moved {part.label} {_WHERE.get(position.strip().casefold(), position)}"
    revision = await turn.cases.authoring.move(
        turn.actor, turn.outline.id, part.kind, part.id, parent, sentence, after=after, base=turn.base
    )
    return await _told(turn, revision, sentence)


@tool("Setting lesson {lesson} to {minutes} minutes")
async def set_minutes(turn: Turn, lesson: _LessonName, minutes: Minutes) -> str:
    """Set how long a lesson is meant to take. A written lesson keeps its text until it is rewritten."""
    line = targets.lesson(turn.outline, lesson)
    sentence = f"Set lesson {line.number}, “{line.title}”, to {minutes} minutes"
    revision = await turn.cases.lessons.set_minutes(
        turn.actor, turn.outline.id, {line.id: minutes}, sentence, base=turn.base
    )
    return await _told(turn, revision, sentence, numbers=False)


async def _told(turn: Turn, revision: Revision | None, sentence: str, *, numbers: bool = True) -> str:
    """What was done; with the outline when it changed the numbers of things."""
    if not await turn.changed(revision):
        return _NOTHING
    return f"{sentence}.\n\nThe outline now:\n{outline_text(turn.now)}" if numbers else f"{sentence}."
