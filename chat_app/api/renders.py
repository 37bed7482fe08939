"""Renders of a course's lessons."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.view.course_json import job_json, latest_by_lesson
from chat_app.wiring import parts
from course.errors import NotFound
from course.models.rendering import RenderJob

router = APIRouter(prefix="/api")


@router.get("/courses/{course_id}/renders")
async def renders(request: Request, course_id: UUID, lesson: str, person: Acting) -> Response:
    """The render to show for the lesson with that number: one under way, else its last film; null if none."""
    jobs = await parts().renders.jobs(person.id, course_id)
    chosen = latest_by_lesson([job for job in jobs if job.lesson_number == lesson])
    return fresh(request, {"render": next((job_json(job) for job in chosen.values()), None)})


@router.get("/renders/{job_id}")
async def render(request: Request, job_id: UUID, person: Acting) -> Response:
    """How far a render is, for editors; a finished one for whoever may watch it."""
    made = parts()
    try:
        job: RenderJob = await made.renders.job(person.id, job_id)
    except NotFound:
        job = await made.renders.film(person.id, job_id)
    return fresh(request, job_json(job))
