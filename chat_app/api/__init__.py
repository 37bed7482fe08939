"""What the cards and the course panel read and do: always fresh, always as the person who asks. A router a subject."""

from fastapi import APIRouter

from chat_app.api import catalogue, exports, history, outline, passages, pictures, renders

router = APIRouter()
for subject in (outline, pictures, passages, history, renders, catalogue, exports):
    router.include_router(subject.router)
