"""The documents a course is made from, with the lessons that rest on each."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.wiring import parts
from course.models.lesson import Lesson

router = APIRouter(prefix="/api/courses/{course_id}/documents")


@router.get("")
async def documents(request: Request, course_id: UUID, person: Acting) -> Response:
    """Every document; `lessons` are those that cite it or were planned from it, in their order."""
    made = parts()
    course = await made.authoring.course(person.id, course_id)
    using = _lessons_by_source(course.lessons)
    found = [
        one.model_dump(mode="json") | {"lessons": using[one.number]}
        for one in await made.sources.list(person.id, course_id)
    ]
    return fresh(request, {"documents": found})


def _lessons_by_source(lessons: list[Lesson]) -> dict[int, list[dict[str, Any]]]:
    """By the document's number: `P2.7` is a passage of the second, `S2.1` a section."""
    using: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for lesson in lessons:
        passages = [citation.passage for slide in lesson.slides for citation in slide.citations]
        numbers = {reference[1:].partition(".")[0] for reference in [*lesson.sections, *passages]}
        for number in sorted(numbers):
            if number.isdecimal():
                using[int(number)].append({"id": str(lesson.id), "number": lesson.number, "title": lesson.title})
    return using
