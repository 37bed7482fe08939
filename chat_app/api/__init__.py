"""What the cards and the course panel read and do: always fresh, always as the person who asks. A router a subject."""

from fastapi import APIRouter

from chat_app.api import catalogue, exports, handwork, history, outline, passages, pictures, renders, spans

router = APIRouter()
for subject in (outline, handwork, pictures, passages, history, spans, renders, catalogue, exports):
    router.include_router(subject.router)
