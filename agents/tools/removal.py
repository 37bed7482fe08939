"""Taking parts away: whole ones, and single texts out of a slide or a question."""

from collections.abc import Sequence

from agents.tools.places import Place
from agents.turn import Turn
from course import bodies, spoken
from course.addresses import Noun
from course.errors import Invalid
from course.models.lesson import QuizItem, Slide
from course.models.revision import Kind, Revision
from course.quizzes import QuizWords
from course.slides import SlideWords


async def removed(turn: Turn, found: Sequence[Place], sentence: str) -> Revision | None:
    """One revision in which all of these are gone and nothing else is changed."""
    first, course_id = found[0], turn.outline.id
    if first.leaf is Noun.QUIZ and first.lesson is not None:
        items = [(Kind.QUIZ_ITEM, item.id) for item in first.lesson.quiz]
        return await turn.cases.arranging.remove(turn.actor, course_id, items, sentence, base=turn.base)
    if first.leaf is None:
        parts = [place.within for place in found]
        return await turn.cases.arranging.remove(turn.actor, course_id, parts, sentence, base=turn.base)
    if first.item is not None:
        words = _less_of_question(first.item, found)
        return await turn.cases.quizzes.change(turn.actor, course_id, first.id, words, sentence, base=turn.base)
    slides = {place.id: place.slide for place in found if place.slide is not None}
    less = {one: _less_of_slide(slide, [place for place in found if place.id == one]) for one, slide in slides.items()}
    return await turn.cases.slides.change(turn.actor, course_id, less, sentence, base=turn.base)


def _less_of_slide(slide: Slide, gone: Sequence[Place]) -> SlideWords:
    words: SlideWords = {}
    if sentences := {place.index for place in gone if place.leaf is Noun.SENTENCE}:
        words["narration"] = spoken.removed(slide.narration, sentences)
    if any(place.leaf is Noun.NARRATION for place in gone):
        words["narration"] = ""
    if points := {place.index for place in gone if place.leaf is Noun.POINT}:
        words["body"] = bodies.without(slide.body, points)
    if any(place.leaf is Noun.SUBTITLE for place in gone):
        words["body"] = bodies.with_texts(slide.body, [])
    if not words:
        raise Invalid(f"{gone[0].label.capitalize()} cannot be removed. Change it, or remove the slide.")
    return words


def _less_of_question(item: QuizItem, gone: Sequence[Place]) -> QuizWords:
    if gone[0].leaf is Noun.EXPLANATION:
        return {"explanation": ""}
    places = {place.index for place in gone}
    if gone[0].leaf is not Noun.CHOICE or item.answer in places:
        raise Invalid("That is the right answer. Say first which other choice is right.")
    kept = [choice for at, choice in enumerate(item.choices) if at not in places]
    return {"choices": kept, "answer": kept.index(item.choices[item.answer])}
