"""One tool for how parts are cut: swapped, merged, split, copied."""

from typing import Annotated, Literal

from pydantic import Field

from agents.tools import places
from agents.tools.places import Place
from agents.tools.swapping import texts_swapped
from agents.tools.telling import told, told_of_lesson
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.revision import Kind, Revision
from course.models.text import Title


@tool("Arranging: {operation} {target}")
async def arrange(
    turn: Turn,
    operation: Literal["swap", "merge", "split", "duplicate"],
    target: Annotated[
        str,
        Field(
            description="what: for swap and merge two or more, like “modules 2 and 3”, “lessons 1.2 and 1.3”, “slides "
            "2 and 4 of 1.2”; for split and duplicate one, like “module 2”, “lesson 2.1”, “slide 3 of 1.2”"
        ),
    ],
    after: Annotated[
        int | None,
        Field(description="split only: the slide or lesson to cut after; null for the middle"),
    ] = None,
    title: Annotated[
        Title | None, Field(description="what the merged, new or copied part is called; null for ours")
    ] = None,
) -> str:
    """Swap two parts, merge several into the first, split one in two, or duplicate one. Nothing written is lost.

    Works on modules, lessons and slides; questions and objectives can be swapped or duplicated.
    """
    found = await places.find(turn, target)
    sentence = _sentence(operation, found, after, title)
    if any(part.leaf is not None for part in found):
        if operation != "swap":
            raise Invalid("That works with modules, lessons, slides, questions and objectives only.")
        return await told(turn, await texts_swapped(turn, *_two(found), sentence), sentence)
    revision = await _done(turn, operation, found, sentence, after, title)
    if found[0].lesson is not None:
        return await told_of_lesson(turn, revision, sentence, found[0].lesson)
    return await told(turn, revision, sentence, outline=True)


async def _done(
    turn: Turn, operation: str, found: list[Place], sentence: str, after: int | None, title: str | None
) -> Revision | None:
    arranging, course_id, first = turn.cases.arranging, turn.outline.id, found[0]
    if operation == "swap":
        one, other = _two(found)
        return await arranging.swap(turn.actor, course_id, one.within, other.within, sentence, base=turn.base)
    if operation == "merge":
        if len({part.kind for part in found}) > 1:
            raise Invalid("Only parts of one kind can be merged: modules, lessons or slides.")
        ids = [part.id for part in found]
        return await arranging.merge(turn.actor, course_id, first.kind, ids, sentence, title=title, base=turn.base)
    if len(found) != 1:
        raise Invalid(f"Name one part to {operation}.")
    if operation == "split":
        return await arranging.split(
            turn.actor, course_id, first.within, sentence, after=after, title=title, base=turn.base
        )
    return await arranging.duplicate(turn.actor, course_id, first.within, sentence, title=title, base=turn.base)


def _two(found: list[Place]) -> tuple[Place, Place]:
    if len(found) != 2:
        raise Invalid("Name two different parts to swap.")
    return found[0], found[1]


def _sentence(operation: str, found: list[Place], after: int | None, title: str | None) -> str:
    verb = {"swap": "Swapped", "merge": "Merged", "split": "Split", "duplicate": "Duplicated"}[operation]
    names = " and ".join(part.label for part in found)
    inside = {Kind.MODULE: "lesson", Kind.LESSON: "slide", Kind.SLIDE: "point"}.get(found[0].kind, "part")
    cut = f" after {inside} {after}" if after and operation == "split" else ""
    return f"{verb} {names}{cut}" + (f" as “{title}”" if title else "")
