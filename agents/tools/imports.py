"""The tool that brings in courses and decks from files the person attached."""

import re
from typing import Annotated, Literal

from pydantic import Field

from agents.material import outline_text
from agents.tools import targets
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid, NotFound
from course.imports.deck import Deck
from course.models.source import SourceLine

_ATTACH_COURSE = "Attach the file of a course that was exported as Markdown, and say “import this course” with it."
_ATTACH_DECK = "Attach the deck as a PowerPoint file (PPTX), and say where it belongs."


@tool({"course": "Importing the course", "deck": "Adding a deck as a lesson"}, needs_course=False)
async def import_file(
    turn: Turn,
    action: Annotated[
        Literal["course", "deck"],
        Field(
            description="course: a new course of an attached Markdown file that Lectern exported, which this "
            "conversation is about then; deck: an attached PowerPoint deck becomes a lesson of this course, its notes "
            "the narration"
        ),
    ],
    document: Annotated[
        str | None, Field(description="the file's name, or a deck's number like “S2”; null for the only or latest one")
    ] = None,
    place: Annotated[
        str | None,
        Field(description="of a deck: like “module 2” or “after lesson 1.2”; null for the end of the course"),
    ] = None,
) -> str:
    """Bring in a file the person attached."""
    return await (_course(turn, document) if action == "course" else _lesson(turn, document, place))


async def _course(turn: Turn, document: str | None) -> str:
    brought = turn.courses_brought
    name = next((one for one in brought if document is None or one.casefold() == document.strip().casefold()), None)
    if name is None:
        there = f" Attached are {', '.join(brought)}." if brought else ""
        raise Invalid(f"No course to import came with this message.{there} {_ATTACH_COURSE}")
    revision = await turn.cases.imports.course(turn.actor, brought[name])
    await turn.open_course(revision.course_id)
    turn.note(revision)
    outline = turn.outline
    written = sum(lesson.drafted for lesson in outline.lessons)
    return (
        f"Imported “{outline.title}” as a new course: {len(outline.modules)} modules, {len(outline.lessons)} lessons, "
        f"{written} of them written. The documents it was written from are not in the file.\n\n{outline_text(outline)}"
    )


async def _lesson(turn: Turn, document: str | None, place: str | None) -> str:
    deck = _deck(list(turn.sources), document)
    module_id = after = None
    if place and (beside := re.search(r"\bafter\s+(.+)", place, re.IGNORECASE)):
        after = targets.lesson(turn.outline, beside[1]).id
        module_id = next(one.id for one in turn.outline.modules if any(line.id == after for line in one.lessons))
    elif place:
        module_id = targets.module(turn.outline, place).id
    revision, found = await turn.cases.imports.deck(
        turn.actor, turn.outline.id, deck.number, module_id=module_id, after=after, base=turn.base
    )
    await turn.changed(revision)
    ids = {change.id for change in revision.changes}
    number = next((line.number for line in turn.now.lessons if line.id in ids), "") if turn.now else ""
    return f"{_described(number, found)}\n\nThe outline now:\n{outline_text(turn.now)}"


def _deck(sources: list[SourceLine], words: str | None) -> SourceLine:
    decks = [one for one in sources if one.filename.casefold().endswith(".pptx")]
    if not words:
        if not decks:
            raise Invalid(f"There is no deck among the documents. {_ATTACH_DECK}")
        return decks[-1]
    plain = words.strip(" “”\"'.").casefold()
    for one in sources:
        if plain in (f"s{one.number}", str(one.number), one.filename.casefold(), one.title.casefold()):
            return one
    raise NotFound(f"There is no document “{words}”. {_ATTACH_DECK}")


def _described(number: str, deck: Deck) -> str:
    silent = sum(not slide.narration for slide in deck.slides)
    said = [f"Added “{deck.title}” as lesson {number}: {_count(len(deck.slides), 'slide')}."]
    if deck.pictures:
        said.append(f"{_count(deck.pictures, 'picture')} could not be taken along; only text is.")
    if deck.hidden:
        said.append(f"{_count(deck.hidden, 'hidden slide')} left out.")
    if deck.beyond:
        said.append(f"{_count(deck.beyond, 'slide')} left out: a lesson has at most 60.")
    if silent:
        said.append(f"{_count(silent, 'slide')} had no notes, so nothing is spoken over them yet.")
    return " ".join(said)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
