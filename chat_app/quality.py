"""The quality report of a course and of a lesson, for those who edit it; see `course/models/quality.py`."""

from uuid import UUID

from fastapi import APIRouter, Response

from chat_app.acting import Acting
from chat_app.wiring import parts
from course.models.quality import CourseReport, LessonReport

router = APIRouter(prefix="/api/courses/{course_id}")

_HEADERS = {"Cache-Control": "private, no-cache"}


@router.get("/quality")
async def course_quality(course_id: UUID, person: Acting) -> Response:
    """The whole course, lesson by lesson."""
    return _answer(await parts().quality.course(person.id, course_id))


@router.get("/lessons/{lesson_id}/quality")
async def lesson_quality(course_id: UUID, lesson_id: UUID, person: Acting) -> Response:
    """One lesson."""
    return _answer(await parts().quality.lesson(person.id, course_id, lesson_id))


def _answer(report: CourseReport | LessonReport) -> Response:
    return Response(report.model_dump_json(), media_type="application/json", headers=_HEADERS)
