"""What tools tell the director of a change that was made."""

from agents.material import outline_text
from agents.turn import Turn
from course.models.lesson import Lesson
from course.models.revision import Revision

NOTHING = "It is like that already; nothing was changed."


async def told(turn: Turn, revision: Revision | None, sentence: str, *, outline: bool = False) -> str:
    """What was done; with the outline when it changed the numbers of things."""
    if not await turn.changed(revision):
        return NOTHING
    return f"{sentence}.\n\nThe outline now:\n{outline_text(turn.now)}" if outline else f"{sentence}."


async def told_of_lesson(turn: Turn, revision: Revision | None, sentence: str, lesson: Lesson) -> str:
    """What was done; with the lesson's parts by number, when it changed the numbers of those."""
    if not await turn.changed(revision):
        return NOTHING
    now = await turn.cases.authoring.lesson(turn.actor, turn.outline.id, lesson.id)
    slides = "; ".join(f"{number}. {slide.title}" for number, slide in enumerate(now.slides, start=1))
    questions = "; ".join(f"{number}. {item.question}" for number, item in enumerate(now.quiz, start=1))
    return f"{sentence}.\n\nIn lesson {now.number} now: slides {slides or 'none'}. Questions {questions or 'none'}."
