"""Who edits a course: seen by all of them, invited and removed by its owner."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.wiring import parts
from course.models.people import Standing

router = APIRouter(prefix="/api/courses/{course_id}/people")


class Address(BaseModel):
    """Whom to invite."""

    model_config = ConfigDict(extra="forbid")
    email: str


@router.get("")
async def people(request: Request, course_id: UUID, person: Acting) -> Response:
    """The owner, co-authors and invited people; `you` is who asks, `owner` whether it is theirs."""
    found = await parts().coauthors.people(person.id, course_id)
    owner = any(one.standing is Standing.OWNER and one.email == person.email for one in found)
    return fresh(
        request, {"people": [one.model_dump(mode="json") for one in found], "owner": owner, "you": person.email}
    )


@router.post("")
async def invite(course_id: UUID, asked: Address, person: Acting) -> dict[str, Any]:
    """Lets the person with that address edit the course; 403 for those who do not own it."""
    return (await parts().coauthors.invite(person.id, course_id, asked.email)).model_dump(mode="json")


@router.delete("/{email}")
async def remove(course_id: UUID, email: str, person: Acting) -> dict[str, Any]:
    """Removes a co-author or an invitation; with one's own address one leaves the course."""
    return (await parts().coauthors.remove(person.id, course_id, email)).model_dump(mode="json")
