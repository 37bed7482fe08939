"""Tools for the life of a course: a copy of it, the archive and back, and its end."""

from typing import Annotated

from pydantic import Field

from agents.tools.courses import named
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.outline import CourseCard

_Course = Annotated[
    str | None, Field(description="its title, or its number in list_courses; null for the course of this conversation")
]


@tool("Duplicating the course", needs_course=False)
async def duplicate_course(turn: Turn, course: _Course = None) -> str:
    """Make a copy of a course, with its documents and without its history and learners. The original stays open."""
    found = await _found(turn, course)
    copy_id = await turn.cases.duplicates.make(turn.actor, found.id)
    copy = await turn.cases.authoring.outline(turn.actor, copy_id)
    return f"Made “{copy.title}”, a course of its own. Say “open {copy.title}” to work on it."


@tool("Archiving the course", needs_course=False)
async def archive_course(turn: Turn, course: _Course = None) -> str:
    """Hide a course from lists and learners, without losing anything. restore_course brings it back."""
    found = await _found(turn, course)
    title = await turn.cases.lifecycle.archive(turn.actor, found.id)
    return f"Archived “{title}”: it is in no list any more and learners cannot open it. Say “restore {title}” for it."


@tool("Restoring the course", needs_course=False)
async def restore_course(turn: Turn, course: _Course = None) -> str:
    """Bring an archived course back. For documents use restore_source, for changes undo."""
    archived = await turn.cases.authoring.courses(turn.actor, archived=True)
    here = [one for one in archived if one.id == turn.account.course_id]
    if course is None and not here:
        raise Invalid("This course is not archived. Say which course to restore, by its title.")
    found = named(archived, course) if course is not None else here[0]
    title = await turn.cases.lifecycle.restore(turn.actor, found.id)
    return f"Restored “{title}”: it is in your list again, and open to its learners if it was published."


@tool("Deleting the course", needs_course=False)
async def delete_course(turn: Turn, course: _Course = None) -> str:
    """Delete a course for good. The first call deletes nothing: it says what would be lost, and the words to confirm.

    Call it again only when the person answers with those words, the title among them, in a later message.
    """
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


async def _found(turn: Turn, words: str | None) -> CourseCard:
    """The course meant, archived or not; the person may edit it."""
    listed = await turn.cases.authoring.courses(turn.actor)
    archived = await turn.cases.authoring.courses(turn.actor, archived=True)
    if words is not None:
        return named(listed, words, archived)
    here = next((one for one in [*listed, *archived] if one.id == turn.account.course_id), None)
    if here is None:
        raise Invalid("There is no course in this conversation. Say which one, by its title.")
    return here


def _says(said: str, title: str) -> bool:
    """Whether the person's own words name the title and the deed, whatever a model made of them."""
    plain = " ".join(said.casefold().split())
    return " ".join(title.casefold().split()) in plain and "delete" in plain


def _lessons(found: CourseCard) -> str:
    return "1 lesson" if found.lessons == 1 else f"{found.lessons} lessons"
