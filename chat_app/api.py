"""What the cards and the course panel read: always fresh, always for the person who asks."""

import hashlib
import json
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.view.changes import revision_json
from chat_app.view.course_json import job_json, latest_by_lesson, lesson_json, outline_json
from chat_app.wiring import Parts, parts
from course.errors import NotFound
from course.models.lesson import Lesson
from course.models.rendering import RenderJob

router = APIRouter(prefix="/api")


def _fresh(request: Request, content: dict[str, Any]) -> Response:
    """The content with an ETag, or 304 when the page has it already: panels ask often."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


@router.get("/courses/{course_id}/outline")
async def outline(request: Request, course_id: UUID, person: Acting, view: str = "studio") -> Response:
    """The outline as it is now, for editors; the published edition for learners and with `?view=learn`."""
    made = parts()
    if view != "learn":
        try:
            course = await made.authoring.outline(person.id, course_id)
        except NotFound:
            return _fresh(request, await _edition_outline(made, person.id, course_id))
        jobs = latest_by_lesson(await made.renders.jobs(person.id, course_id))
        return _fresh(request, outline_json(course, jobs, editable=True))
    return _fresh(request, await _edition_outline(made, person.id, course_id))


@router.get("/courses/{course_id}/lessons/{lesson_id}")
async def lesson(request: Request, course_id: UUID, lesson_id: UUID, person: Acting, view: str = "studio") -> Response:
    """One lesson, whole; the published one for learners and with `?view=learn`."""
    made = parts()
    if view != "learn":
        try:
            found = await made.authoring.lesson(person.id, course_id, lesson_id)
        except NotFound:
            return _fresh(request, await _edition_lesson(made, person.id, course_id, lesson_id))
        jobs = latest_by_lesson(await made.renders.jobs(person.id, course_id))
        return _fresh(request, lesson_json(found, jobs.get(lesson_id), editable=True))
    return _fresh(request, await _edition_lesson(made, person.id, course_id, lesson_id))


@router.get("/courses/{course_id}/passages/{ref}")
async def passage(request: Request, course_id: UUID, ref: str, person: Acting) -> Response:
    """A passage of the course's sources, for its editors."""
    found = await parts().sources.passage(person.id, course_id, ref)
    return _fresh(request, found.model_dump(mode="json"))


@router.get("/courses/{course_id}/revisions/{number}")
async def revision(request: Request, course_id: UUID, number: int, person: Acting) -> Response:
    """One change of the course in words, and whether it still stands."""
    made = parts()
    found = await made.revisions.revision(person.id, course_id, number)
    undone = await made.revisions.is_undone(person.id, course_id, number)
    return _fresh(request, revision_json(found, undone=undone))


@router.get("/courses/{course_id}/renders")
async def renders(request: Request, course_id: UUID, lesson: str, person: Acting) -> Response:
    """The render to show for the lesson with that number: one under way, else its last film; null if none."""
    jobs = await parts().renders.jobs(person.id, course_id)
    chosen = latest_by_lesson([job for job in jobs if job.lesson_number == lesson])
    return _fresh(request, {"render": next((job_json(job) for job in chosen.values()), None)})


@router.get("/courses")
async def courses(request: Request, person: Acting) -> Response:
    """The published courses, those the person is enrolled in first."""
    found = await parts().learning.courses(person.id)
    return _fresh(request, {"courses": [course.model_dump(mode="json") for course in found]})


@router.get("/renders/{job_id}")
async def render(request: Request, job_id: UUID, person: Acting) -> Response:
    """How far a render is, for editors; a finished one for whoever may watch it."""
    made = parts()
    try:
        job: RenderJob = await made.renders.job(person.id, job_id)
    except NotFound:
        job = await made.renders.film(person.id, job_id)
    return _fresh(request, job_json(job))


async def _edition_outline(made: Parts, actor: UUID, course_id: UUID) -> dict[str, Any]:
    course = await made.learning.edition(actor, course_id)
    return outline_json(course, await made.renders.films(actor, course_id), editable=False)


async def _edition_lesson(made: Parts, actor: UUID, course_id: UUID, lesson_id: UUID) -> dict[str, Any]:
    course = await made.learning.edition(actor, course_id)
    found: Lesson | None = next((one for one in course.lessons if one.id == lesson_id), None)
    if found is None:
        raise NotFound("This lesson is not in the published course.")
    films = await made.renders.films(actor, course_id)
    # What a slide rests on in the author's documents is for the course's editors.
    slides = [slide.model_copy(update={"citations": []}) for slide in found.slides]
    return lesson_json(found.model_copy(update={"slides": slides}), films.get(lesson_id), editable=False)
