"""Tools for the people who edit a course together."""

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid, NotFound
from course.models.people import CoursePerson, Standing

_WORDS = {
    Standing.OWNER: "owner",
    Standing.COAUTHOR: "co-author",
    Standing.INVITED: "invited, has not signed in yet",
}
_MYSELF = re.compile(r"(?:me|myself|i)", re.IGNORECASE)


@tool("Looking who can edit the course")
async def list_people(turn: Turn) -> str:
    """List who can edit this course: its owner, co-authors, and people invited who have not signed in yet."""
    found = await turn.cases.coauthors.people(turn.actor, turn.outline.id)
    return "\n".join(f"{_called(one)}: {_WORDS[one.standing]}" for one in found)


@tool("Inviting {email}")
async def invite_coauthor(
    turn: Turn, email: Annotated[str, Field(description="the e-mail address, as the person wrote it in this message")]
) -> str:
    """Let someone edit this course too. Only with an address the person wrote themselves in their last message."""
    # A document or an earlier reply may hold addresses as well: whom to let in is the person's word alone.
    if email.strip().casefold() not in turn.said.casefold():
        raise Invalid("Ask the person for the e-mail address to invite: it must stand in their own message.")
    found = await turn.cases.coauthors.invite(turn.actor, turn.outline.id, email)
    if found.standing is Standing.COAUTHOR:
        return f"{_called(found)} can edit this course now, and is told so at their next message in the studio."
    return (
        f"Invited {found.email}. There is no account with this address yet: once its owner signs in with it, "
        "they can edit this course. Lectern sends no e-mail, so tell them yourself."
    )


@tool("Removing {person} from the course’s people")
async def remove_coauthor(
    turn: Turn, person: Annotated[str, Field(description="their name or address; “me” to leave the course oneself")]
) -> str:
    """Take away someone's right to edit this course, or an invitation. What they wrote stays."""
    people = await turn.cases.coauthors.people(turn.actor, turn.outline.id)
    if _MYSELF.fullmatch(person.strip()):
        await turn.cases.coauthors.remove(turn.actor, turn.outline.id, turn.email)
        return "You cannot edit this course any more. Its owner can invite you again."
    found = _named(people, person)
    await turn.cases.coauthors.remove(turn.actor, turn.outline.id, found.email)
    what = "The invitation of" if found.standing is Standing.INVITED else ""
    return f"{what} {_called(found)} {'is withdrawn' if what else 'cannot edit this course any more'}.".strip()


def _named(people: Sequence[CoursePerson], words: str) -> CoursePerson:
    plain = words.strip(" “”\"'.").casefold()
    same = [one for one in people if plain in (one.email, one.name.casefold())]
    alike = same or [
        one for one in people if plain and plain in re.findall(r"[\w-]+", f"{one.name} {one.email}".casefold())
    ]
    if len(alike) == 1:
        return alike[0]
    there = "; ".join(_called(one) for one in people)
    problem = "Several people are called that." if alike else f"“{words[:60]}” is not among this course's people."
    raise NotFound(f"{problem} There are: {there}.")


def _called(one: CoursePerson) -> str:
    return f"{one.name} ({one.email})" if one.name else one.email
