"""Tools for one clear change of a part's name or place, or of what there is."""

from typing import Annotated

from pydantic import Field

from agents.tools import places, targets
from agents.tools.positions import Position, where
from agents.tools.removal import removed
from agents.tools.telling import told, told_of_lesson
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.outline import LessonPlan, Minutes
from course.models.revision import Kind
from course.models.text import Line, Title

_Target = Annotated[
    str,
    Field(
        description="“course”, “module 2”, “lesson 1.2”, “slide 3 of 1.2”, “bullet 2 of slide 3 of 1.2”, “sentence 1 "
        "of slide 3 of 1.2”, “question 2 of 1.1”, “choice B of question 2 of 1.1”, “objective 1 of 1.2”, or a title"
    ),
]
_WHERE = {"first": "to the beginning", "last": "to the end"}


@tool("Renaming {target}")
async def rename(
    turn: Turn,
    target: Annotated[str, Field(description="“course”, “module 2”, “lesson 1.2”, “slide 3 of 1.2”, or a title")],
    title: Title,
) -> str:
    """Give the course, a module, a lesson or a slide another title."""
    part = await places.one(turn, target)
    if part.kind in (Kind.QUIZ_ITEM, Kind.OBJECTIVE) or part.leaf is not None:
        raise Invalid(f"{part.label} has no title. Change its words with change_text.")
    sentence = f"Renamed {part.label} to “{title}”"
    revision = await turn.cases.authoring.rename(
        turn.actor, turn.outline.id, part.kind, part.id, title, sentence, base=turn.base
    )
    return await told(turn, revision, sentence)


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
    return await told(turn, revision, sentence, outline=True)


@tool("Adding the lesson “{title}”")
async def add_lesson(
    turn: Turn,
    module: Annotated[str, Field(description="the module it goes into, like “module 2” or its title")],
    title: Title,
    objectives: Annotated[list[Line], Field(description="one to four, each beginning with an observable verb")],
    minutes: Annotated[Minutes | None, Field(description="how long it takes; null for 6")] = None,
    position: Annotated[
        str | None, Field(description="“last”, “first”, “before 2.1” or “after 2.3”; null for last")
    ] = None,
) -> str:
    """Add a planned lesson to a module. It is written later by draft_lessons."""
    home = targets.module(turn.outline, module)
    home, after = targets.room(turn.outline, home, position or "last")
    plan = LessonPlan(title=title, objectives=objectives, minutes=minutes or 6, sections=[])
    sentence = f"Added the lesson “{title}” to module {home.number}"
    revision = await turn.cases.lessons.add(turn.actor, turn.outline.id, home.id, plan, sentence, after=after)
    return await told(turn, revision, sentence, outline=True)


@tool("Removing {target}")
async def remove(turn: Turn, target: _Target) -> str:
    """Remove a part, or several of a kind at once (“slides 2 and 4 of 1.2”). Undo brings them back."""
    found = await places.find(turn, target)
    if any(part.kind is Kind.COURSE for part in found):
        raise Invalid("A whole course cannot be removed here. Name a module, a lesson or what is in it.")
    sentence = f"Removed {', '.join(part.label for part in found)}"
    revision = await removed(turn, found, sentence)
    if found[0].lesson is not None:
        return await told_of_lesson(turn, revision, sentence, found[0].lesson)
    return await told(turn, revision, sentence, outline=True)


@tool("Moving {target}")
async def move(turn: Turn, target: _Target, position: Position) -> str:
    """Move a part, or several of a kind, within what it stands in or into another. Numbers change with it."""
    found = await places.find(turn, target)
    sentence = f"Moved {', '.join(part.label for part in found)} {_WHERE.get(position.strip().casefold(), position)}"
    revision = await where(turn, found, position, sentence)
    if found[0].lesson is not None:
        return await told_of_lesson(turn, revision, sentence, found[0].lesson)
    return await told(turn, revision, sentence, outline=True)


@tool("Setting {lesson} to {minutes} minutes")
async def set_minutes(
    turn: Turn,
    lesson: Annotated[str, Field(description="“1.2”, its title, “module 2” for each of its lessons, or “all”")],
    minutes: Minutes,
) -> str:
    """Set how long a lesson is meant to take. A written lesson keeps its text until it is rewritten."""
    lines = targets.lessons(turn.outline, [lesson])
    if not lines:
        raise Invalid(f"There is no lesson there. {targets.what_exists(turn.outline)}")
    each = ", ".join(line.number for line in lines)
    named = f"lesson {lines[0].number}, “{lines[0].title}”," if len(lines) == 1 else f"lessons {each}"
    sentence = f"Set {named} to {minutes} minutes"
    revision = await turn.cases.lessons.set_minutes(
        turn.actor, turn.outline.id, {line.id: minutes for line in lines}, sentence, base=turn.base
    )
    return await told(turn, revision, sentence)
