"""The tool for whole courses: which there are, another one opened, a copy, the archive and back, and the end."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal

from pydantic import Field

from agents.tools.courses import listed, named, opened
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.outline import CourseCard

_Action = Literal["list", "list_archived", "open", "duplicate", "archive", "restore", "delete"]
_LABELS = {
    "list": "Looking up your courses",
    "list_archived": "Looking into the archive",
    "open": "Opening “{course}”",
    "duplicate": "Duplicating the course",
    "archive": "Archiving the course",
    "restore": "Restoring the course",
    "delete": "Deleting the course",
}


@tool(_LABELS, needs_course=False)
async def courses(
    turn: Turn,
    action: Annotated[
        _Action,
        Field(
            description="list: the courses the person can edit, numbered; list_archived: those in the archive; open: "
            "make this conversation about another course; duplicate: a copy with its documents, without history and "
            "learners; archive: hide it from lists and learners, losing nothing; restore: bring it back from the "
            "archive; delete: for good"
        ),
    ],
    course: Annotated[
        str | None, Field(description="its title, or its number in the list; null for the course of this conversation")
    ] = None,
) -> str:
    """See to whole courses. For documents use sources, for changes of this course undo.

    The first delete deletes nothing: it says what would be lost, and the words to confirm. Call it again only when the
    person answers with those words, the title among them, in a later message.
    """
    if action in ("list", "list_archived"):
        return await listed(turn, archived=action == "list_archived")
    if action == "open":
        if course is None:
            raise Invalid("Say which course to open, by its title.")
        return await opened(turn, course)
    return await _DEEDS[action](turn, course)


async def _duplicate(turn: Turn, course: str | None) -> str:
    found = await _found(turn, course)
    copy_id = await turn.cases.duplicates.make(turn.actor, found.id)
    copy = await turn.cases.authoring.outline(turn.actor, copy_id)
    return f"Made “{copy.title}”, a course of its own. Say “open {copy.title}” to work on it."


async def _archive(turn: Turn, course: str | None) -> str:
    found = await _found(turn, course)
    title = await turn.cases.lifecycle.archive(turn.actor, found.id)
    return f"Archived “{title}”: it is in no list any more and learners cannot open it. Say “restore {title}” for it."


async def _restore(turn: Turn, course: str | None) -> str:
    archived = await turn.cases.authoring.courses(turn.actor, archived=True)
    here = [one for one in archived if one.id == turn.account.course_id]
    if course is None and not here:
        raise Invalid("This course is not archived. Say which course to restore, by its title.")
    found = named(archived, course) if course is not None else here[0]
    title = await turn.cases.lifecycle.restore(turn.actor, found.id)
    return f"Restored “{title}”: it is in your list again, and open to its learners if it was published."


async def _delete(turn: Turn, course: str | None) -> str:
    """Only after it was offered in an earlier turn, and at the person's own words."""
    found = await _found(turn, course)
    offer = f"delete {found.id}"
    if offer not in turn.offers.before or not _says(turn.said, found.title):
        turn.offers.now.add(offer)
        return (
            f"Nothing is deleted yet. “{found.title}” would be gone for good, with {_lessons(found)}, its documents, "
            f"videos and history; nothing brings it back. To do it, answer “delete {found.title} for good”; "
            "to only hide it, say “archive it”."
        )
    title = await turn.cases.lifecycle.delete(turn.actor, found.id)
    turn.offers.before.discard(offer)
    if found.id == turn.account.course_id:
        turn.close_course()
    return f"Deleted “{title}” for good."


_DEEDS: dict[str, Callable[[Turn, str | None], Awaitable[str]]] = {
    "duplicate": _duplicate,
    "archive": _archive,
    "restore": _restore,
    "delete": _delete,
}


async def _found(turn: Turn, words: str | None) -> CourseCard:
    """The course meant, archived or not; the person may edit it."""
    mine = await turn.cases.authoring.courses(turn.actor)
    archived = await turn.cases.authoring.courses(turn.actor, archived=True)
    if words is not None:
        return named(mine, words, archived)
    here = next((one for one in [*mine, *archived] if one.id == turn.account.course_id), None)
    if here is None:
        raise Invalid("There is no course in this conversation. Say which one, by its title.")
    return here


def _says(said: str, title: str) -> bool:
    """Whether the person's own words name the title and the deed, whatever a model made of them."""
    plain = " ".join(said.casefold().split())
    return " ".join(title.casefold().split()) in plain and "delete" in plain


def _lessons(found: CourseCard) -> str:
    return "1 lesson" if found.lessons == 1 else f"{found.lessons} lessons"
