"""What agents proposed in review mode: looked at, applied, declined."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.view.proposals import proposal_json
from chat_app.wiring import parts
from course.models.people import Person
from course.models.proposal import Proposal

router = APIRouter(prefix="/api/courses/{course_id}/proposals/{proposal_id}")


class Chosen(BaseModel):
    """The hunks to apply by their numbers; all that are open without any."""

    model_config = ConfigDict(extra="forbid")

    hunks: list[int] | None = None


@router.get("")
async def proposal(request: Request, course_id: UUID, proposal_id: UUID, person: Acting) -> Response:
    """The proposal as it stands, with what keeps each open hunk from being applied."""
    return fresh(request, await _told(person, await parts().proposals.show(person.id, course_id, proposal_id)))


@router.post("/apply")
async def apply(course_id: UUID, proposal_id: UUID, asked: Chosen, person: Acting) -> dict[str, Any]:
    """Applies hunks by one revision; `refused` says why some could not be."""
    done = await parts().proposals.apply(person.id, course_id, proposal_id, asked.hunks)
    return {
        "revision": done.revision.number if done.revision else None,
        "applied": done.applied,
        "refused": [{"number": number, "why": why} for number, why in sorted(done.refused.items())],
    }


@router.post("/decline")
async def decline(course_id: UUID, proposal_id: UUID, person: Acting) -> dict[str, Any]:
    """Puts away what of it is not applied."""
    declined = await parts().proposals.decline(person.id, course_id, proposal_id)
    return {"state": declined.state.value}


async def _told(person: Person, found: Proposal) -> dict[str, Any]:
    changes = [change for hunk in found.hunks for change in hunk.changes]
    return proposal_json(found, await parts().comparing.compare(person.id, found.course_id, changes))
