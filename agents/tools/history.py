"""Tools for the course's history: taking back, bringing again, going back, and what was changed."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import Field

from agents.events import ChangesShown
from agents.material import outline_text
from agents.span_text import span_text
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.revision import Revision, Step
from course.models.text import Line
from course.moments import Period, ago, period
from course.revisions import Reach

_LATEST = 15
_REVISION = re.compile(r"\b(?:revision|version|change|number|no\.?|#)\s*(\d{1,6})\b|^#?(\d{1,6})$", re.IGNORECASE)
_FROM_START = re.compile(r"^(?:since|after|before|from|as of)\b", re.IGNORECASE)
_REACH = {"undo_them_too": Reach.WITH_LATER, "keep_them": Reach.UNTOUCHED}
_Number = Annotated[int | None, Field(description="the revision's number, if the person named one; null otherwise")]


@tool("Taking back what was changed")
async def undo(
    turn: Turn,
    revision: _Number = None,
    changes: Annotated[int | None, Field(description="how many of the last changes; null for one")] = None,
    about: Annotated[Line | None, Field(description="words of an older change, like “removed lesson 2.1”")] = None,
    later: Annotated[
        Literal["undo_them_too", "keep_them"] | None,
        Field(
            description="only when the person said so: undo_them_too takes back the later changes that built on it as "
            "well, keep_them takes back only what nobody touched since; null refuses then and says which they are"
        ),
    ] = None,
) -> str:
    """Take back the last change that still stands, the last few, or an older one by its number or its words."""
    if revision is None and about is not None:
        revision = (await turn.cases.history.find(turn.actor, turn.outline.id, about)).number
    made = await turn.cases.revisions.undo(
        turn.actor, turn.outline.id, revision, count=changes or 1, reach=_REACH.get(later or "", Reach.EXACT)
    )
    if made.redoes is not None:
        return await _told(turn, made, f"Brought again: {made.sentence.removeprefix('Redo: ')}.")
    return await _told(turn, made, f"Took back: {made.sentence.removeprefix('Undo: ').removeprefix('Undo in part: ')}.")


@tool("Bringing back what was undone")
async def redo(turn: Turn) -> str:
    """Bring again what the last undo took back."""
    made = await turn.cases.revisions.redo(turn.actor, turn.outline.id)
    return await _told(turn, made, f"Brought again: {made.sentence.removeprefix('Redo: ')}.")


@tool("Going back in the course's history")
async def go_back(
    turn: Turn,
    revision: _Number = None,
    moment: Annotated[
        Line | None, Field(description="when, in the person's words: “yesterday evening”, “2 hours ago”")
    ] = None,
    before: Annotated[
        Line | None, Field(description="words of the first change to take back, like “merged the modules”")
    ] = None,
) -> str:
    """Make the whole course what it was at a revision, a moment, or before a change. Give one. Undo brings it back."""
    number = await _number(turn, revision, moment, before)
    made = await turn.cases.revisions.go_back(turn.actor, turn.outline.id, number)
    parts = len(made.changes)
    was = f"revision {number}" if number else "how the course began"
    if number:
        then = await turn.cases.revisions.revision(turn.actor, turn.outline.id, number)
        was += f" of {ago(then.at, datetime.now(UTC))}, “{then.sentence}”"
    return await _told(turn, made, f"Went back to {was}: {parts} {'part' if parts == 1 else 'parts'} changed.")


@tool({"summary": "Looking up what changed", "steps": "Looking into the course's history"})
async def history(
    turn: Turn,
    action: Annotated[
        Literal["summary", "steps"],
        Field(
            description="summary: each part that changed once, before and after, also shown to the person beside your "
            "words; steps: the changes one by one with number, when, who and what"
        ),
    ],
    since: Annotated[
        Line | None,
        Field(description="since when, in the person's words: “yesterday”, “revision 12”; null for everything"),
    ] = None,
    author: Annotated[
        Line | None, Field(description="only this person's changes, by name, or “me”; null for all")
    ] = None,
    words: Annotated[Line | None, Field(description="steps only about this, like “lesson 1.2”; null for all")] = None,
) -> str:
    """Say what changed in the course since a moment or a revision, and who changed it."""
    return await (_steps(turn, words, since, author) if action == "steps" else _summary(turn, since, author))


async def _steps(turn: Turn, words: str | None, since: str | None, author: str | None) -> str:
    steps = await turn.cases.history.steps(
        turn.actor,
        turn.outline.id,
        limit=_LATEST,
        words=words,
        since=_period(since).start if since else None,
        author=author,
    )
    if not steps:
        return "There are no such changes." if words or since or author else "Nothing was changed yet."
    return "\n".join(_line(step) for step in steps)


async def _summary(turn: Turn, since: str | None, author: str | None) -> str:
    start = await _since(turn, since)
    span = await turn.cases.history.changes_since(turn.actor, turn.outline.id, start, author=author)
    if not span.steps:
        return f"Nothing was changed{f' by {span.author}' if span.author else ''} since then."
    turn.emit(ChangesShown(span))
    return span_text(span, datetime.now(UTC))


async def _told(turn: Turn, revision: Revision, sentence: str) -> str:
    await turn.changed(revision)
    return f"{sentence}\n\nThe outline now:\n{outline_text(turn.now)}"


def _line(step: Step) -> str:
    undone = " [undone]" if step.undone_by else ""
    when = f"{ago(step.at, datetime.now(UTC))} ({step.at:%d %b %H:%M} UTC)"
    return f"Revision {step.number}{undone}, {when}, {step.author}: {step.sentence}"


async def _number(turn: Turn, revision: int | None, moment: str | None, before: str | None) -> int:
    """The revision meant by whichever was given."""
    if revision is not None:
        return revision
    if before is not None:
        return (await turn.cases.history.find(turn.actor, turn.outline.id, before)).number - 1
    if moment is None:
        raise Invalid("Say where to go back to: a revision, a moment like “yesterday evening”, or before which change.")
    if (named := _REVISION.search(moment)) is not None:
        return int(named[1] or named[2])
    when = _period(moment)
    now = await turn.cases.history.at(turn.actor, turn.outline.id, datetime.now(UTC))
    # “As it was yesterday” is how yesterday left it; “since yesterday” is how yesterday found it.
    then = when.start if _FROM_START.match(moment) else when.end
    number = await turn.cases.history.at(turn.actor, turn.outline.id, then)
    return number if number < now else await turn.cases.history.at(turn.actor, turn.outline.id, when.start)


async def _since(turn: Turn, words: str | None) -> datetime | int:
    if words is None:
        return 0
    if (named := _REVISION.search(words)) is not None:
        return int(named[1] or named[2])
    if re.search(r"\bpublish", words, re.IGNORECASE) and turn.outline.published_revision is not None:
        return turn.outline.published_revision
    when = period(words, datetime.now(UTC))
    if when is not None:
        return when.start
    return (await turn.cases.history.find(turn.actor, turn.outline.id, words)).number


def _period(words: str) -> Period:
    found = period(words, datetime.now(UTC))
    if found is None:
        raise Invalid(f"I do not know when “{words}” is. Say it like “2 hours ago”, “yesterday evening” or “Monday”.")
    return found
