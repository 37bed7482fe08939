"""The published courses."""

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.wiring import parts

router = APIRouter(prefix="/api")


@router.get("/courses")
async def courses(request: Request, person: Acting) -> Response:
    """The published courses, those the person is enrolled in first."""
    found = await parts().learning.courses(person.id)
    return fresh(request, {"courses": [course.model_dump(mode="json") for course in found]})
