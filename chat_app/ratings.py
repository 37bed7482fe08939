"""Thumbs on messages. These routes stand before Chainlit's own, which do not ask whose message it is."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from chat_app.acting import Acting
from chat_app.data_layer import history

router = APIRouter()


class Rating(BaseModel):
    """Chainlit's own names, so that its page can be used as it is."""

    forId: str  # noqa: N815 - sent so by Chainlit's page
    value: Literal[0, 1]
    comment: Annotated[str, StringConstraints(max_length=4_000)] | None = None


class RatingRequest(BaseModel):
    """A thumb to set."""

    feedback: Rating


class UnratingRequest(BaseModel):
    """A thumb to take back."""

    feedback_id: str = Field(alias="feedbackId")


@router.put("/feedback")
async def rate(request: RatingRequest, person: Acting) -> dict[str, object]:
    """Sets the person's thumb on a message of a conversation of theirs."""
    rating = request.feedback
    feedback_id = await history().rate(person.id, rating.forId, rating.value, rating.comment)
    return {"success": True, "feedbackId": feedback_id}


@router.delete("/feedback")
async def unrate(request: UnratingRequest, person: Acting) -> dict[str, object]:
    """Takes it back."""
    await history().unrate(person.id, request.feedback_id)
    return {"success": True}
