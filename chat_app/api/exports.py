"""Files made of a course: what they are, and a link to each that is checked at every view."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.wiring import parts

router = APIRouter()


@router.get("/api/exports/{export_id}")
async def export(request: Request, export_id: UUID, person: Acting) -> Response:
    """Name, kind and size of a file."""
    found = await parts().exports.export(person.id, export_id)
    return fresh(
        request,
        {
            "id": str(found.id),
            "courseId": str(found.course_id),
            "kind": found.format.words,
            "filename": found.filename,
            "bytes": found.size_bytes,
            "revision": found.revision,
            "at": found.created_at.isoformat(),
        },
    )


@router.get("/exports/{export_id}")
async def file(export_id: UUID, person: Acting) -> Response:
    """The file itself, to keep."""
    url = await parts().exports.link(person.id, export_id)
    return RedirectResponse(url, 302, headers={"Cache-Control": "private, no-store"})
