"""What is to be rendered, told apart by content: the same order is the same video."""

import hashlib
import json

from course.errors import Invalid
from course.models.lesson import Lesson, SpokenSlide
from course.models.outline import Course, Outline
from course.models.rendering import RenderOrder

# Raise it when the press makes another picture or sound of the same order: then nothing old is taken for new.
RENDERER_VERSION = 1


def render_order(course: Course | Outline, lesson: Lesson, *, speech_model: str, voice: str) -> RenderOrder:
    """The order for a lesson of the course as it is. Raises `Invalid` when there is nothing to show or to say."""
    if not lesson.drafted:
        raise Invalid(
            f"Lesson {lesson.number} “{lesson.title}” is not written yet. Ask me to write it, then render it."
        )
    if not any(slide.narration for slide in lesson.slides):
        raise Invalid(f"No slide of lesson {lesson.number} has words to speak. Ask me to write its narration first.")
    module = next(module for module in course.modules if any(one.id == lesson.id for one in module.lessons))
    return RenderOrder(
        course_title=course.title,
        module_title=module.title,
        lesson_number=lesson.number,
        lesson_title=lesson.title,
        language=course.language,
        slides=[SpokenSlide.model_validate(slide, from_attributes=True) for slide in lesson.slides],
        speech_model=speech_model,
        voice=voice,
    )


def order_key(order: RenderOrder) -> str:
    """SHA-256 over the order's canonical JSON and the renderer's version, in hex."""
    canonical = json.dumps(order.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{RENDERER_VERSION}\n{canonical}".encode()).hexdigest()


def words(order: RenderOrder) -> int:
    """Words of narration."""
    return sum(len(slide.narration.split()) for slide in order.slides)


def speech_characters(order: RenderOrder) -> int:
    """Characters to be spoken, which is what speech is sold by."""
    return sum(len(slide.narration) for slide in order.slides)
