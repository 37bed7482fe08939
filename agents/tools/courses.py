"""Tools for the course as a whole: its audience and publishing; and the person's other courses."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from agents.material import outline_text, sources_text
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid, NotFound
from course.models.outline import CourseCard
from course.models.text import Line, Prose


@tool("Noting whom the course is for and how it should sound")
async def describe_course(
    turn: Turn,
    audience: Annotated[Line | None, Field(description="who it is for; null to keep")] = None,
    tone: Annotated[Line | None, Field(description="how it should sound, like “warm and simple”; null to keep")] = None,
    language: Annotated[Line | None, Field(description="BCP 47 tag, like en; null to keep")] = None,
    summary: Annotated[Prose | None, Field(description="one or two sentences for the learner; null to keep")] = None,
) -> str:
    """Set the course's audience, tone, language or summary. Lessons written from now on follow; written ones stay."""
    given = {"audience": audience, "tone": tone, "language": language, "summary": summary}
    columns = {name: value for name, value in given.items() if value}
    if not columns:
        raise Invalid("Nothing was given to set. Give the audience, the tone, the language or the summary.")
    sentence = f"Set {', '.join(f'the {name} to “{value}”' for name, value in columns.items())}"
    revision = await turn.cases.authoring.describe(turn.actor, turn.outline.id, sentence, base=turn.base, **columns)
    return f"{sentence}." if await turn.changed(revision) else "It is like that already; nothing was changed."


@tool("Publishing the course")
async def publish_course(turn: Turn) -> str:
    """Make the course as it stands now visible to learners. Lessons that are only planned are left out."""
    published = await turn.cases.publishing.publish(turn.actor, turn.outline.id)
    await turn.look_again()
    left_out = [lesson.number for lesson in turn.outline.lessons if not lesson.drafted]
    count = "1 lesson" if len(published.lessons) == 1 else f"{len(published.lessons)} lessons"
    text = f"Published “{published.title}” with {count}. Learners can find it now."
    return f"{text} Left out, because only planned: {', '.join(left_out)}." if left_out else text


async def listed(turn: Turn, *, archived: bool) -> str:
    """The courses the person can edit, the newest first, numbered; or those in the archive."""
    courses = await turn.cases.authoring.courses(turn.actor, archived=archived)
    if not courses:
        return "The archive is empty." if archived else "There are no courses yet."
    return "\n".join(
        f"{number}. {one.title} ({one.lessons} lessons, {one.minutes} min{', published' if one.published else ''}"
        f"{f', of {one.owner}' if one.owner else ''})"
        for number, one in enumerate(courses, start=1)
    )


async def opened(turn: Turn, course: str) -> str:
    """Makes this conversation about another of the person's courses."""
    mine = await turn.cases.authoring.courses(turn.actor)
    found = named(mine, course, await turn.cases.authoring.courses(turn.actor, archived=True))
    await turn.open_course(found.id)
    return f"Opened.\n\n{outline_text(turn.now)}\n\nIts documents:\n{sources_text(turn.sources)}"


def named(courses: Sequence[CourseCard], name: str, archived: Sequence[CourseCard] = ()) -> CourseCard:
    """The course of that title, or of that number among `courses`; an archived one only by its whole title."""
    plain = name.strip(" “”\"'.").casefold()
    if plain.isdecimal() and 1 <= int(plain[:6]) <= len(courses):
        return courses[int(plain[:6]) - 1]
    same = [one for one in courses if one.title.casefold() == plain]
    same = same or [one for one in archived if one.title.casefold() == plain]
    alike = same or [one for one in courses if plain and plain in one.title.casefold()]
    if len(alike) != 1:
        there = "; ".join(f"“{one.title}”" for one in courses[:10]) or "none"
        raise NotFound(
            f"{'More than one course is' if alike else 'No course of yours is'} called that. You have: {there}."
        )
    return alike[0]
