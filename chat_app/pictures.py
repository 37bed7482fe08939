"""Pictures of slides: each view checked, then a link that expires."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi.responses import RedirectResponse

from chat_app.acting import Acting
from chat_app.wiring import parts

router = APIRouter(prefix="/pictures")

# The signed address stays the same for half of it, so that a browser shows what it has.
_MINUTES = 120

Key = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Place = Annotated[int, Path(ge=0, le=999)]


@router.get("/{course_id}/{key}/{place}")
async def picture(course_id: UUID, key: Key, place: Place, person: Acting) -> Response:
    """One picture, for those who edit the course."""
    made = parts()
    page = await made.previews.page(person.id, course_id, key, place)
    url = await made.storage.signed_url(page.name, minutes=_MINUTES)
    return RedirectResponse(url, 302, headers={"Cache-Control": "private, no-store"})
