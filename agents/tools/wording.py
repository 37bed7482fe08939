"""Tools that set the exact words of one part: a sentence, a point, a question, a choice, an objective."""

from typing import Annotated

from pydantic import Field

from agents.tools import places
from agents.tools.answers import chosen
from agents.tools.places import Place
from agents.tools.telling import told
from agents.turn import Turn
from agents.workbench import tool
from course import bodies, spoken
from course.addresses import Noun
from course.errors import Invalid
from course.models.lesson import Definition, QuizItem, Slide
from course.models.revision import Kind, Revision
from course.models.text import OptionalProse
from course.quizzes import QuizWords
from course.slides import SlideWords


@tool("Changing {target}")
async def change_text(
    turn: Turn,
    target: Annotated[
        str,
        Field(
            description="“sentence 2 of slide 3 of 1.2”, “narration of slide 3 of 1.2”, “bullet 2 of slide 3 of 1.2”, "
            "“subtitle of slide 1 of 1.2”, “question 2 of 1.1”, “choice B of question 2 of 1.1”, “right answer of "
            "question 2 of 1.1”, “explanation of question 2 of 1.1”, “objective 1 of 1.2”"
        ),
    ],
    text: Annotated[OptionalProse, Field(description="the exact new words; for the right answer also its letter")],
) -> str:
    """Set the exact words of one part and leave everything else. For titles use rename."""
    part = await places.one(turn, target)
    sentence = f"Changed {part.label}"
    return await told(turn, await _changed(turn, part, text, sentence), sentence)


async def _changed(turn: Turn, part: Place, text: str, sentence: str) -> Revision | None:
    actor, course_id, base = turn.actor, turn.outline.id, turn.base
    if part.kind is Kind.OBJECTIVE:
        return await turn.cases.quizzes.change_objective(actor, course_id, part.id, text, sentence, base=base)
    if part.item is not None:
        words = _question_words(part, part.item, text)
        return await turn.cases.quizzes.change(actor, course_id, part.id, words, sentence, base=base)
    if part.slide is not None:
        changed = {part.id: _slide_words(part, part.slide, text)}
        return await turn.cases.slides.change(actor, course_id, changed, sentence, base=base)
    return await turn.cases.authoring.rename(actor, course_id, part.kind, part.id, text, sentence, base=base)


def _slide_words(part: Place, slide: Slide, text: str) -> SlideWords:
    if part.leaf is Noun.NARRATION:
        return {"narration": text}
    if part.leaf is Noun.SENTENCE:
        return {"narration": spoken.replaced(slide.narration, part.index, text)}
    if part.leaf is Noun.POINT:
        texts = bodies.texts(slide.body)
        return {"body": bodies.with_texts(slide.body, [*texts[: part.index], text, *texts[part.index + 1 :]])}
    if part.leaf is Noun.TERM and isinstance(slide.body, Definition):
        return {"body": slide.body.model_copy(update={"term": text})}
    if part.leaf is Noun.SUBTITLE and slide.body.layout != "title":
        raise Invalid(f"Slide {part.index + 1} has no subtitle: its layout is {slide.body.layout}.")
    if part.leaf is None and len(bodies.texts(slide.body)) > 1:
        raise Invalid(f"Say what of {part.label} to change: its title, its narration, a sentence or a bullet.")
    return {"body": bodies.with_texts(slide.body, [text])}


def _question_words(part: Place, item: QuizItem, text: str) -> QuizWords:
    if part.leaf is Noun.EXPLANATION:
        return {"explanation": text}
    if part.leaf is Noun.ANSWER:
        at = chosen(item, text)
        return {"answer": at} if at is not None else {"choices": _with(item, item.answer, text)}
    if part.leaf is Noun.CHOICE:
        return {"choices": _with(item, part.index, text)}
    return {"question": text}


def _with(item: QuizItem, place: int, text: str) -> list[str]:
    return [text if at == place else choice for at, choice in enumerate(item.choices)]
