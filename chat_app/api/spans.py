"""What changed over a span of a course's history."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.view.spans import span_json
from chat_app.wiring import parts

router = APIRouter(prefix="/api/courses/{course_id}/span")


@router.get("")
async def span(
    request: Request,
    course_id: UUID,
    person: Acting,
    after: Annotated[int, Query(ge=0)],
    until: Annotated[int | None, Query(ge=0)] = None,
    author: str | None = None,
) -> Response:
    """Each part that changed after revision `after`, once, as it was before and is at `until`; by one author or all."""
    found = await parts().history.changes_since(person.id, course_id, after, until=until, author=author)
    changed = await parts().comparing.compare(person.id, course_id, found.changes)
    return fresh(request, span_json(found, changed))
