"""The scope of a rewrite, from the words a director gives it."""

import re

from agents.scope import WHOLE, Scope
from agents.tools import places
from agents.turn import Turn
from course.addresses import Noun
from course.errors import Invalid
from course.models.lesson import Lesson
from course.models.revision import Kind

_NEW = re.compile(r"\bnew slides?\b|\bslide (?=before|after)", re.IGNORECASE)


async def scoped(turn: Turn, lesson: Lesson, words: str | None) -> Scope:
    """What alone may change in the lesson. Raises `NotFound` or `Invalid` when the words do not say it."""
    plain = (words or "").strip().casefold()
    if plain in ("", "lesson", "the lesson", "whole lesson", "the whole lesson"):
        return WHOLE
    if re.fullmatch(r"(?:the |its )?(?:quiz|quizzes|questions?)", plain):
        return Scope("quiz")
    if re.fullmatch(r"(?:the |its )?(?:learning )?(?:objectives?|outcomes?|goals?)", plain):
        return Scope("objectives")
    if _NEW.search(plain):
        return await _new_slide(turn, lesson, plain)
    part = await places.one(turn, f"{words} of lesson {lesson.number}")
    if part.kind in (Kind.QUIZ_ITEM, Kind.OBJECTIVE):
        return Scope("quiz" if part.kind is Kind.QUIZ_ITEM else "objectives")
    if part.slide is None or part.lesson is None:
        return WHOLE
    at = [slide.id for slide in part.lesson.slides].index(part.id)
    if part.leaf is Noun.SENTENCE:
        return Scope("sentence", at, part.index)
    return Scope("narration" if part.leaf is Noun.NARRATION else "slide", at)


async def _new_slide(turn: Turn, lesson: Lesson, words: str) -> Scope:
    beside = re.search(r"\b(after|before|behind)\s+(.+)$", words)
    if beside is None:
        # Before the recap, if there is one: a lesson ends with it.
        ends = lesson.slides[-1].body.layout == "recap"
        return Scope("new slide", 1 if "first" in words else len(lesson.slides) - ends)
    neighbour = await places.one(turn, f"{beside[2]} of lesson {lesson.number}")
    if neighbour.slide is None:
        raise Invalid(f"{neighbour.label.capitalize()} is no slide. Say after which slide the new one comes.")
    at = [slide.id for slide in lesson.slides].index(neighbour.id)
    return Scope("new slide", at + (beside[1] != "before"))
