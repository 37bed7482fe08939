"""What a course has cost, by purpose and lesson, and what is left of its budget; see `course/models/usage.py`."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.wiring import parts

router = APIRouter(prefix="/api/courses/{course_id}")


@router.get("/spending")
async def spending(request: Request, course_id: UUID, person: Acting) -> Response:
    """So far, for those who edit the course."""
    return fresh(request, (await parts().usage.spending(person.id, course_id)).model_dump(mode="json"))
