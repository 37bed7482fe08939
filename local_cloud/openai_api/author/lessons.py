"""What the writer is asked: a new lesson, or a change of one."""

import json
from typing import Any

from course.models.lesson import LessonDraft
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.order import read_order
from local_cloud.openai_api.author.relevance import own
from local_cloud.openai_api.author.revision import revised
from local_cloud.openai_api.author.tags import block, blocks
from local_cloud.openai_api.author.writer import draft


def lesson(message: str) -> str:
    """A LessonDraft as JSON for a message with `<lesson>`, `<passages>` and perhaps `<current>` and `<instruction>`."""
    order = read_order(block(message, "lesson"))
    passages, focus = blocks(message, "passage"), [order.title, *order.objectives]
    material = Material(passages, focus)
    current, instruction = _current(block(message, "current")), block(message, "instruction")
    # A reviewer's findings alone are mended by writing anew: the rules that found them are kept by a fresh draft.
    if current and instruction:
        written = revised(current, instruction, order, material)
    else:
        kept = own(passages, order.title, order.objectives, order.minutes)
        written = draft(order, Material(kept, focus) if len(kept) < len(passages) else material, material)
    return LessonDraft.model_validate(written).model_dump_json()


def _current(text: str) -> dict[str, Any] | None:
    """The lesson as it stands, without the identity it was stored under."""
    try:
        stored = json.loads(text)
        slides = [{key: one[key] for key in ("title", "body", "narration", "citations")} for one in stored["slides"]]
        fields = ("question", "choices", "answer", "explanation", "objective")
        quiz = [{key: item[key] for key in fields} for item in stored["quiz"]]
        return {"objectives": stored["objectives"], "slides": slides, "quiz": quiz}
    except (ValueError, KeyError, TypeError):
        return None
