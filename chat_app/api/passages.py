"""The passages of a course's sources."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.wiring import parts

router = APIRouter(prefix="/api")


@router.get("/courses/{course_id}/passages/{ref}")
async def passage(request: Request, course_id: UUID, ref: str, person: Acting) -> Response:
    """A passage of the course's sources, for its editors: with its document, and whether that is still written from."""
    found = await parts().sources.passage(person.id, course_id, ref)
    return fresh(request, found.model_dump(mode="json"))
