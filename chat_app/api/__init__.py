"""What the cards and the course panel read and do: always fresh, always as the person who asks. A router a subject."""

from fastapi import APIRouter

from chat_app.api import (
    catalogue,
    documents,
    exports,
    handwork,
    history,
    outline,
    passages,
    people,
    pictures,
    proposals,
    renders,
    spans,
    spending,
)
from course.errors import NotFound

router = APIRouter()
for subject in (
    outline,
    handwork,
    documents,
    pictures,
    passages,
    people,
    history,
    spans,
    proposals,
    renders,
    spending,
    catalogue,
    exports,
):
    router.include_router(subject.router)


@router.get("/api/{address:path}", include_in_schema=False)
async def nothing(address: str) -> None:
    """What is no address of ours is told so: Chainlit would answer with its page."""
    raise NotFound(f"There is nothing at /api/{address}. Reload the page and try again.")
