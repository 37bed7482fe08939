"""Tools for the people who edit a course together."""

import re
from collections.abc import Sequence
from typing import Annotated, Literal

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


@tool(
    {
        "list": "Looking who can edit the course",
        "invite": "Inviting {person}",
        "remove": "Removing {person} from the course’s people",
    }
)
async def people(
    turn: Turn,
    action: Annotated[
        Literal["list", "invite", "remove"],
        Field(
            description="list: the owner, co-authors, and people invited who have not signed in yet; invite: let them "
            "edit this course too; remove: take that right or an invitation away, what they wrote stays"
        ),
    ],
    person: Annotated[
        str | None,
        Field(
            description="to invite: the e-mail address as the person wrote it in their last message; to remove: a name "
            "or address, “me” to leave the course oneself; null to list"
        ),
    ] = None,
) -> str:
    """See to who can edit this course. Invite only addresses the person wrote themselves in their last message."""
    if action == "list":
        return await _listed(turn)
    if person is None:
        raise Invalid(f"Say whom to {action}.")
    return await (_invite if action == "invite" else _remove)(turn, person)


async def _listed(turn: Turn) -> str:
    found = await turn.cases.coauthors.people(turn.actor, turn.outline.id)
    return "\n".join(f"{_called(one)}: {_WORDS[one.standing]}" for one in found)


async def _invite(turn: Turn, email: str) -> str:
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


async def _remove(turn: Turn, person: str) -> str:
    everybody = await turn.cases.coauthors.people(turn.actor, turn.outline.id)
    if _MYSELF.fullmatch(person.strip()):
        await turn.cases.coauthors.remove(turn.actor, turn.outline.id, turn.email)
        return "You cannot edit this course any more. Its owner can invite you again."
    found = _named(everybody, person)
    await turn.cases.coauthors.remove(turn.actor, turn.outline.id, found.email)
    what = "The invitation of" if found.standing is Standing.INVITED else ""
    return f"{what} {_called(found)} {'is withdrawn' if what else 'cannot edit this course any more'}.".strip()


def _named(everybody: Sequence[CoursePerson], words: str) -> CoursePerson:
    plain = words.strip(" “”\"'.").casefold()
    same = [one for one in everybody if plain in (one.email, one.name.casefold())]
    alike = same or [
        one for one in everybody if plain and plain in re.findall(r"[\w-]+", f"{one.name} {one.email}".casefold())
    ]
    if len(alike) == 1:
        return alike[0]
    there = "; ".join(_called(one) for one in everybody)
    problem = "Several people are called that." if alike else f"“{words[:60]}” is not among this course's people."
    raise NotFound(f"{problem} There are: {there}.")


def _called(one: CoursePerson) -> str:
    return f"{one.name} ({one.email})" if one.name else one.email
