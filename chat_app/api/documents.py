"""The documents a course is made from, with the lessons that rest on each: read, added, replaced, removed."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.wiring import parts
from course.models.lesson import Lesson
from course.sources.size import require_size

router = APIRouter(prefix="/api/courses/{course_id}/documents")


class Newer(BaseModel):
    """The document, attached already, that takes another's place."""

    model_config = ConfigDict(extra="forbid")
    by: UUID


@router.get("")
async def documents(request: Request, course_id: UUID, person: Acting) -> Response:
    """Every document; `lessons` are those that cite it or were planned from it, in their order.

    `removed` are those no longer written from, `stale` the lessons that cite what the documents no longer say.
    """
    made = parts()
    course = await made.authoring.course(person.id, course_id)
    using = _lessons_by_source(course.lessons)
    here = await made.sources.list(person.id, course_id)
    gone = await made.sources.list(person.id, course_id, removed=True)
    stale = await made.source_changes.stale(person.id, course_id)
    return fresh(
        request,
        {
            "documents": [one.model_dump(mode="json") | {"lessons": using[one.number]} for one in here],
            "removed": [one.model_dump(mode="json") | {"lessons": using[one.number]} for one in gone],
            "stale": [one.model_dump(mode="json") for one in stale],
        },
    )


@router.post("")
async def attach(course_id: UUID, file: UploadFile, person: Acting) -> dict[str, Any]:
    """Adds a document; one that is there already is given back, one that was removed is there again."""
    made = parts()
    # Before it is read into memory.
    require_size(file.size or 0, made.settings.upload_limit_mb)
    source = await made.sources.attach(person.id, course_id, file.filename or "", await file.read())
    return source.model_dump(mode="json")


@router.delete("/{source_id}")
async def remove(course_id: UUID, source_id: UUID, person: Acting) -> dict[str, Any]:
    """Takes a document out of the course; `stale` are the lessons that cite what is gone."""
    stale = await parts().source_changes.remove(person.id, course_id, source_id)
    return {"stale": [one.model_dump(mode="json") for one in stale]}


@router.post("/{source_id}/restore")
async def restore(course_id: UUID, source_id: UUID, person: Acting) -> dict[str, Any]:
    """Brings a removed or replaced document back."""
    return (await parts().source_changes.restore(person.id, course_id, source_id)).model_dump(mode="json")


@router.post("/{source_id}/replace")
async def replace(course_id: UUID, source_id: UUID, asked: Newer, person: Acting) -> dict[str, Any]:
    """Lets another document take its place; tells what differs, what was moved, and which lessons are stale."""
    found = await parts().source_changes.replace(person.id, course_id, source_id, asked.by)
    told = found.model_dump(mode="json", exclude={"revision"})
    number = found.revision.number if found.revision else None
    return told | {"revision": number}


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
