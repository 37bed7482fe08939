"""The outline and the lessons of a course: as they are now for editors, as published for learners."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.view.course_json import editing_json, latest_by_lesson, lesson_json, outline_json
from chat_app.wiring import Parts, parts
from course.errors import NotFound
from course.models.lesson import Lesson

router = APIRouter(prefix="/api")


@router.get("/courses/{course_id}/outline")
async def outline(request: Request, course_id: UUID, person: Acting, view: str = "studio") -> Response:
    """The outline as it is now, for editors; the published edition for learners and with `?view=learn`."""
    made = parts()
    if view != "learn":
        try:
            course = await made.authoring.outline(person.id, course_id)
        except NotFound:
            return fresh(request, await _edition_outline(made, person.id, course_id))
        jobs = latest_by_lesson(await made.renders.jobs(person.id, course_id))
        failures = await made.drafts.failures(person.id, course_id)
        stale = {one.id: one.reason for one in await made.source_changes.stale(person.id, course_id)}
        return fresh(request, outline_json(course, jobs, editable=True, failures=failures, stale=stale))
    return fresh(request, await _edition_outline(made, person.id, course_id))


@router.get("/courses/{course_id}/lessons/{lesson_id}")
async def lesson(request: Request, course_id: UUID, lesson_id: UUID, person: Acting, view: str = "studio") -> Response:
    """One lesson, whole; the published one for learners and with `?view=learn`."""
    made = parts()
    if view != "learn":
        try:
            page = await made.handwork.page(person.id, course_id, lesson_id)
        except NotFound:
            return fresh(request, await _edition_lesson(made, person.id, course_id, lesson_id))
        jobs = latest_by_lesson(await made.renders.jobs(person.id, course_id))
        return fresh(request, lesson_json(page.lesson, jobs.get(lesson_id), editable=True) | editing_json(page))
    return fresh(request, await _edition_lesson(made, person.id, course_id, lesson_id))


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
