"""Tools for the documents a course is made from."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from agents.tools.documents import described, find
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.lesson import Lesson
from course.models.source import Replacement, Source, StaleLesson

_MOST = 8
_LABELS = {
    "list": "Looking at the documents",
    "replace": "Putting a newer document in place of an older one",
    "remove": "Removing a document: {document}",
    "restore": "Bringing a document back: {document}",
}


@tool(_LABELS)
async def sources(
    turn: Turn,
    action: Annotated[
        Literal["list", "replace", "remove", "restore"],
        Field(
            description="list: with the lessons that cite each, those removed, and stale lessons; replace: let"
            " `newer` take the place of `document`; remove: lessons keep their words, nothing new is written from it; "
            "restore: bring back one that was removed or replaced"
        ),
    ],
    document: Annotated[
        str | None,
        Field(
            description="like “S1”, its title or its file’s name; null to list, or to replace the only one that can be "
            "meant"
        ),
    ] = None,
    newer: Annotated[
        str | None,
        Field(description="to replace: the new edition, attached already, like “S2”; null for the one attached last"),
    ] = None,
) -> str:
    """See to the course's documents. After replacing, offer to rewrite the lessons that the result says are stale."""
    if action == "list":
        return await _listed(turn)
    if action == "replace":
        return await _replace(turn, document, newer)
    if document is None:
        raise Invalid(f"Say which document to {action}, like “S1”.")
    return await (_remove if action == "remove" else _restore)(turn, document)


async def _listed(turn: Turn) -> str:
    course_id = turn.outline.id
    here = await turn.cases.sources.list(turn.actor, course_id)
    gone = await turn.cases.sources.list(turn.actor, course_id, removed=True)
    citing = _citing((await turn.cases.authoring.course(turn.actor, course_id)).lessons)
    lines = [_line(one, citing[one.number]) for one in here] or ["This course has no documents. Attach one to use it."]
    lines += [_gone(one) for one in gone]
    stale = _stale(await turn.cases.source_changes.stale(turn.actor, course_id))
    return "\n".join([*lines, *([stale] if stale else [])])


async def _replace(turn: Turn, old: str | None, new: str | None) -> str:
    """Citations of what the newer one still says move to it."""
    here = list(await turn.cases.sources.list(turn.actor, turn.outline.id))
    if len(here) < 2:
        raise Invalid("Attach the newer document first, then say which one it replaces.")
    newer = find(here, new) if new else here[-1]
    others = [one for one in here if one.id != newer.id]
    older = find(others if old is None or not new else here, old or "the old document")
    found = await turn.cases.source_changes.replace(turn.actor, turn.outline.id, older.id, newer.id)
    await turn.changed(found.revision)
    await turn.look_at_sources()
    return _replaced(found)


async def _remove(turn: Turn, document: str) -> str:
    found = find(await turn.cases.sources.list(turn.actor, turn.outline.id), document)
    stale = await turn.cases.source_changes.remove(turn.actor, turn.outline.id, found.id)
    await turn.look_at_sources()
    text = f"Removed the document {described(found)}. Say “bring {_called(found)} back” to have it again."
    citing = _stale([one for one in stale if found.title in one.reason])
    return f"{text} {citing}" if citing else f"{text} No lesson cites it."


async def _restore(turn: Turn, document: str) -> str:
    """What replaced it stays too."""
    gone = await turn.cases.sources.list(turn.actor, turn.outline.id, removed=True)
    if not gone:
        raise Invalid("No document was removed from this course. Attach the one you mean.")
    back = await turn.cases.source_changes.restore(turn.actor, turn.outline.id, find(gone, document).id)
    await turn.look_at_sources()
    return f"The document {described(back)} is back. Lessons can be written from it again."


def _line(source: Source, lessons: Sequence[str]) -> str:
    cited = f"cited in {_named(lessons)}" if lessons else "not cited yet"
    return f"S{source.number}: {source.title} ({source.filename}, {source.words:,} words), {cited}"


def _gone(source: Source) -> str:
    how = f"replaced by S{source.replaced_by}" if source.replaced_by else "removed"
    return f"S{source.number}: {source.title} ({source.filename}), {how}"


def _citing(lessons: Sequence[Lesson]) -> dict[int, list[str]]:
    """The numbers of the lessons that cite each source, by the source's number."""
    found: dict[int, list[str]] = defaultdict(list)
    for lesson in lessons:
        cited = {one.passage[1:].partition(".")[0] for slide in lesson.slides for one in slide.citations}
        for number in sorted(cited):
            if number.isdecimal():
                found[int(number)].append(lesson.number)
    return found


def _replaced(found: Replacement) -> str:
    moved = "1 citation" if found.moved == 1 else f"{found.moved} citations"
    lines = [f"{described(found.new)} has replaced {described(found.old)}. Moved {moved} to the new edition."]
    for word, titles in (("New", found.added), ("Changed", found.changed), ("Gone", found.gone)):
        if titles:
            lines.append(f"{word} sections: {_titles(titles)}.")
    if not (found.added or found.changed or found.gone):
        lines.append("Its sections say the same as before.")
    stale = _stale(found.stale)
    return "\n".join([*lines, stale or "No lesson is stale: all that is cited still stands in it."])


def _stale(lessons: Sequence[StaleLesson]) -> str:
    """Which lessons to rewrite, and why; empty when there are none."""
    if not lessons:
        return ""
    named = "; ".join(f"{one.number} “{one.title}”" for one in lessons[:_MOST])
    more = f"; and {len(lessons) - _MOST} more" if len(lessons) > _MOST else ""
    return f"Stale until rewritten, because they cite what the documents no longer say: {named}{more}."


def _named(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:_MOST])
    return f"{shown} and {len(numbers) - _MOST} more" if len(numbers) > _MOST else shown


def _titles(titles: Sequence[str]) -> str:
    shown = "; ".join(f"“{one}”" for one in titles[:_MOST])
    return f"{shown}; and {len(titles) - _MOST} more" if len(titles) > _MOST else shown


def _called(source: Source) -> str:
    return f"S{source.number}"
