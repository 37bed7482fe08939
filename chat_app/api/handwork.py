"""What is changed by hand in the course panel. Every answer names the revision it made, to be undone."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from chat_app.acting import Acting
from chat_app.wiring import parts
from course.models.revision import Kind, Revision

router = APIRouter(prefix="/api/courses/{course_id}/parts")


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Words(_Asked):
    """What a part shall say; `base` is the revision of the course that the person saw."""

    base: int
    words: dict[str, Any]


class NewPart(_Asked):
    """A part to add below `parent`: last, right behind the sibling `after`, or first with the zero id."""

    kind: Kind
    parent: UUID
    after: UUID | None = None
    words: dict[str, Any]


class Place(_Asked):
    """Where a part shall stand; `after` as in `NewPart`."""

    base: int
    parent: UUID
    after: UUID | None = None


@router.post("")
async def add(course_id: UUID, asked: NewPart, person: Acting) -> dict[str, Any]:
    """Adds a part; `id` is its own."""
    made = await parts().handwork.add(person.id, course_id, asked.kind, asked.parent, asked.words, after=asked.after)
    return _told(made, asked.kind)


@router.patch("/{kind}/{part_id}")
async def change(course_id: UUID, kind: Kind, part_id: UUID, asked: Words, person: Acting) -> dict[str, Any]:
    """Sets what a part says. 409 when others changed the same since `base`."""
    return _told(await parts().handwork.change(person.id, course_id, kind, part_id, asked.words, base=asked.base))


@router.delete("/{kind}/{part_id}")
async def remove(course_id: UUID, kind: Kind, part_id: UUID, base: int, person: Acting) -> dict[str, Any]:
    """Removes a part and all in it. 409 when others changed it since `base`."""
    return _told(await parts().handwork.remove(person.id, course_id, kind, part_id, base=base))


@router.post("/{kind}/{part_id}/place")
async def move(course_id: UUID, kind: Kind, part_id: UUID, asked: Place, person: Acting) -> dict[str, Any]:
    """Puts a part elsewhere. 409 when others moved it since `base`."""
    return _told(
        await parts().handwork.move(
            person.id, course_id, kind, part_id, asked.parent, after=asked.after, base=asked.base
        )
    )


@router.post("/{kind}/{part_id}/copy")
async def duplicate(course_id: UUID, kind: Kind, part_id: UUID, person: Acting) -> dict[str, Any]:
    """Puts a copy right behind a part; `id` is the copy's."""
    return _told(await parts().handwork.duplicate(person.id, course_id, kind, part_id), kind)


def _told(revision: Revision | None, kind: Kind | None = None) -> dict[str, Any]:
    """The revision, null when nothing had to change; and the new part of that kind."""
    if revision is None:
        return {"revision": None}
    new = next((str(one.id) for one in revision.changes if one.kind is kind and one.before is None), None)
    return {"revision": {"number": revision.number, "sentence": revision.sentence}} | ({"id": new} if new else {})
