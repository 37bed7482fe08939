"""What was changed in a course, by whom; and taking it back."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from chat_app.acting import Acting
from chat_app.api.fresh import fresh
from chat_app.view.changes import revision_json
from chat_app.wiring import parts
from course.models.revision import Revision
from course.revisions import Reach

router = APIRouter(prefix="/api/courses/{course_id}/revisions")

_PAGE = 30


class Undo(BaseModel):
    """How far an undo goes when later changes built on what it takes back."""

    model_config = ConfigDict(extra="forbid")

    reach: Reach = Reach.EXACT


@router.get("")
async def revisions(
    request: Request, course_id: UUID, person: Acting, before: Annotated[int | None, Query(ge=0)] = None
) -> Response:
    """A page of the history, newest first, from below revision `before`; `more` tells that older ones follow."""
    found = await parts().revisions.history(person.id, course_id, limit=_PAGE + 1, before=before)
    return fresh(request, {"revisions": [_line(one) for one in found[:_PAGE]], "more": len(found) > _PAGE})


@router.get("/{number}")
async def revision(request: Request, course_id: UUID, number: int, person: Acting) -> Response:
    """One change of the course in words, and whether it still stands."""
    made = parts()
    found = await made.revisions.revision(person.id, course_id, number)
    undone = await made.revisions.is_undone(person.id, course_id, number)
    changed = await made.comparing.compare(person.id, course_id, found.changes)
    return fresh(request, revision_json(found, changed, undone=undone))


@router.post("/{number}/undo")
async def undo(course_id: UUID, number: int, asked: Undo, person: Acting) -> dict[str, Any]:
    """Takes a change back; a taken-back one comes again. 409 with `later` when other changes built on it."""
    return _line(await parts().revisions.undo(person.id, course_id, number, reach=asked.reach))


@router.post("/{number}/return")
async def go_back(course_id: UUID, number: int, person: Acting) -> dict[str, Any]:
    """Makes the course what it was at that revision, by a new one."""
    return _line(await parts().revisions.go_back(person.id, course_id, number))


def _line(one: Revision) -> dict[str, Any]:
    return {
        "number": one.number,
        "sentence": one.sentence,
        "author": one.author,
        "at": one.at.isoformat(),
        "undoneBy": one.undone_by,
        "undoes": one.undoes,
        "redoes": one.redoes,
        "backTo": one.back_to,
        "parts": len(one.changes),
    }
