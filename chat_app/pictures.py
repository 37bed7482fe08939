"""Pictures of a lesson's slides: which there are, and each of them, checked at every view."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi.responses import JSONResponse, RedirectResponse

from chat_app.acting import Acting
from chat_app.wiring import parts
from course.models.picture import LessonPictures

router = APIRouter()

# The signed address stays the same for half of it, so that a browser shows what it has.
_MINUTES = 120

Key = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Place = Annotated[int, Path(ge=0, le=999)]


@router.get("/api/courses/{course_id}/lessons/{lesson_id}/pictures")
async def lesson_pictures(course_id: UUID, lesson_id: UUID, person: Acting) -> Response:
    """The lesson's slides as its film shows them; draws those that are new. For editors.

    `url` is a slide's first picture and `pages` are all of its; null and empty when there is none, and then `trouble`
    says why.
    """
    found = await parts().previews.pictures(person.id, course_id, lesson_id)
    return JSONResponse(_as_json(course_id, found), headers={"Cache-Control": "private, no-cache"})


@router.get("/pictures/{course_id}/{key}/{place}")
async def picture(course_id: UUID, key: Key, place: Place, person: Acting) -> Response:
    """One picture, for those who edit the course."""
    made = parts()
    page = await made.previews.page(person.id, course_id, key, place)
    url = await made.storage.signed_url(page.name, minutes=_MINUTES)
    return RedirectResponse(url, 302, headers={"Cache-Control": "private, no-store"})


def _as_json(course_id: UUID, found: LessonPictures) -> dict[str, Any]:
    slides = []
    for slide in found.slides:
        drawn = slide.picture
        pages = [f"/pictures/{course_id}/{drawn.key}/{place}" for place in range(len(drawn.pages))] if drawn else []
        findings = [finding.model_dump(mode="json") for finding in drawn.findings] if drawn else []
        url = pages[0] if pages else None
        slides.append({"slideId": str(slide.slide_id), "url": url, "pages": pages, "findings": findings})
    return {"pictures": slides, "trouble": found.trouble}
