"""A lesson's slides as its film shows them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.wiring import parts
from course.models.picture import SlidePreview

router = APIRouter(prefix="/api")


@router.get("/courses/{course_id}/lessons/{lesson_id}/pictures")
async def pictures(request: Request, course_id: UUID, lesson_id: UUID, person: Acting) -> Response:
    """The slides' pictures in order, for editors; draws those that are new.

    `url` is a slide's first picture and `pages` are all of its; null and empty when there is none, and then `trouble`
    says why.
    """
    found = await parts().previews.pictures(person.id, course_id, lesson_id)
    slides = [_slide_json(course_id, slide) for slide in found.slides]
    return fresh(request, {"pictures": slides, "trouble": found.trouble})


def _slide_json(course_id: UUID, slide: SlidePreview) -> dict[str, Any]:
    drawn = slide.picture
    pages = [f"/pictures/{course_id}/{drawn.key}/{place}" for place in range(len(drawn.pages))] if drawn else []
    return {
        "slideId": str(slide.slide_id),
        "url": pages[0] if pages else None,
        "pages": pages,
        "findings": [finding.model_dump(mode="json") for finding in drawn.findings] if drawn else [],
    }
