"""What was changed in a course."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.view.changes import revision_json
from chat_app.wiring import parts

router = APIRouter(prefix="/api")


@router.get("/courses/{course_id}/revisions/{number}")
async def revision(request: Request, course_id: UUID, number: int, person: Acting) -> Response:
    """One change of the course in words, and whether it still stands."""
    made = parts()
    found = await made.revisions.revision(person.id, course_id, number)
    undone = await made.revisions.is_undone(person.id, course_id, number)
    return fresh(request, revision_json(found, undone=undone))
