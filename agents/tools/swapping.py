"""Two texts of a slide or a question in each other's place: bullets, sentences, choices."""

from agents.tools.places import Place
from agents.turn import Turn
from course import bodies, spoken
from course.addresses import Noun
from course.errors import Invalid
from course.models.revision import Revision


async def texts_swapped(turn: Turn, one: Place, other: Place, sentence: str) -> Revision | None:
    """One revision; only the two texts change places, and the right answer stays the right one."""
    if one.id != other.id or one.leaf is not other.leaf:
        raise Invalid("Only two texts of the same slide or question can change places.")
    course_id, slide, item = turn.outline.id, one.slide, one.item
    if slide is not None and one.leaf is Noun.POINT:
        body = bodies.with_texts(slide.body, _swapped(bodies.texts(slide.body), one.index, other.index))
        return await turn.cases.slides.change(
            turn.actor, course_id, {slide.id: {"body": body}}, sentence, base=turn.base
        )
    if slide is not None and one.leaf is Noun.SENTENCE:
        narration = spoken.swapped(slide.narration, one.index, other.index)
        return await turn.cases.slides.change(
            turn.actor, course_id, {slide.id: {"narration": narration}}, sentence, base=turn.base
        )
    if item is not None and one.leaf is Noun.CHOICE:
        choices = _swapped(list(item.choices), one.index, other.index)
        answer = choices.index(item.choices[item.answer])
        return await turn.cases.quizzes.change(
            turn.actor, course_id, item.id, {"choices": choices, "answer": answer}, sentence, base=turn.base
        )
    raise Invalid("These two cannot change places. Name two bullets, sentences or choices.")


def _swapped(texts: list[str], one: int, other: int) -> list[str]:
    texts[one], texts[other] = texts[other], texts[one]
    return texts
