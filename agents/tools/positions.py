"""Where to, as people say it: “first”, “last”, “before slide 2”, “after question 3”, “into module 2”, “up”."""

import re
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field

from agents.tools import targets
from agents.tools.places import Place, find
from agents.turn import Turn
from course import bodies, spoken
from course.addresses import Noun
from course.edit import START
from course.errors import Invalid
from course.models.lesson import Lesson
from course.models.revision import Kind, Revision
from course.numerals import NUMBER, ORDINAL, number, ordinal
from course.sentences import split_sentences

Position = Annotated[
    str,
    Field(description="“first”, “last”, “before 1.2”, “after module 3”, “after slide 4”, “into module 2”, “place 3”"),
]
_BESIDE = re.compile(r"(?:right |just |directly )?(before|after|behind|in front of)\s+(.+)", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|start|beginning|top|front)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|end|bottom)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"^(?:to |in |at |as )?(?:the )?(?:position |place |number |no\. ?|slide |question |objective |bullet )*"
    rf"(?:(?P<number>{NUMBER})|(?P<ordinal>{ORDINAL})(?: place| position| one)?)$",
    re.IGNORECASE,
)


async def where(turn: Turn, found: Sequence[Place], position: str, sentence: str) -> Revision | None:
    """Moves these parts there, in one revision."""
    first, course_id = found[0], turn.outline.id
    if first.leaf is not None:
        return await _within_text(turn, first, position, sentence)
    if first.lesson is None:
        moved = targets.Target(first.kind, first.id, first.label)
        parent, after = targets.place(turn.outline, moved, position)
    else:
        parent, after = await _in_lesson(turn, first, position, {place.id for place in found})
    parts = [place.within for place in found]
    return await turn.cases.arranging.move(turn.actor, course_id, parts, parent, sentence, after=after, base=turn.base)


async def _in_lesson(turn: Turn, moved: Place, position: str, moving: set[UUID]) -> tuple[UUID, UUID | None]:
    """The lesson, and the sibling to stand after (None is last, `START` first)."""
    lesson = moved.lesson
    if lesson is None:
        raise Invalid("Say which lesson it is in.")
    if beside := _BESIDE.match(position.strip()):
        words = beside[2] if re.search(r"\d\.\d|lesson", beside[2]) else f"{beside[2]} of lesson {lesson.number}"
        words = re.sub(rf"^(?=(?:{NUMBER}|{ORDINAL})\b)(?!\d+\.\d)(?!\w+ \w+ of)", f"{_noun(moved.kind)} ", words)
        (neighbour,) = (await find(turn, words))[:1]
        if neighbour.kind is not moved.kind or neighbour.lesson is None:
            raise Invalid(f"{moved.label} cannot stand beside {neighbour.label}. Name another {_noun(moved.kind)}.")
        order = [one for one in await _ids(turn, neighbour.lesson, moved.kind) if one not in moving]
        if neighbour.id not in order:
            raise Invalid(f"{moved.label} is what is moved. Name another {_noun(moved.kind)} to put it beside.")
        at = order.index(neighbour.id) + (beside[1].lower() in ("after", "behind"))
        return neighbour.lesson.id, order[at - 1] if at else START
    home = lesson.id
    if re.search(r"\d\.\d|\blesson\b", position):
        home = targets.lesson(turn.outline, re.sub(r"^.*?\b(?:into|to|of|in)\b", "", position).strip()).id
        if home != lesson.id:
            return home, START if _FIRST.search(position) else None
    order = await _ids(turn, lesson, moved.kind)
    at = place_among(position, len(order) - len(moving), order.index(moved.id))
    others = [one for one in order if one not in moving]
    return home, others[at - 1] if at else START


def place_among(position: str, others: int, now: int) -> int:
    """The place, from 0, among `others` siblings. Raises `Invalid` when the words do not say one."""
    plain = position.strip().rstrip(".!?").casefold()
    if plain in ("up", "one up", "down", "one down"):
        return max(0, min(now + (1 if "down" in plain else -1), others))
    if match := _NUMBERED.match(plain):
        place = number(match["number"]) if match["number"] else ordinal(match["ordinal"])
        return max(0, min(place - 1, others)) if place > 0 else max(0, others + 1 + place)
    if _FIRST.search(plain):
        return 0
    if _LAST.search(plain):
        return others
    raise Invalid(f"I do not know where “{position[:60]}” is. Say first, last, before or after another one.")


async def beside_text(turn: Turn, holder: str, position: str, texts: int, noun: str) -> int:
    """The place, from 0, for a new text among those a slide has."""
    if beside := _BESIDE.match(position.strip()):
        words = re.sub(rf"^(?:the )?(?=(?:{NUMBER})\b)", f"{noun} ", beside[2], flags=re.IGNORECASE)
        (neighbour,) = (await find(turn, f"{words} of {holder}"))[:1]
        return max(0, min(neighbour.index + (beside[1].lower() in ("after", "behind")), texts))
    return place_among(position, texts, texts)


async def sibling(turn: Turn, lesson: Lesson, kind: Kind, position: str) -> UUID | None:
    """The part of that kind which a new one is to stand after: None for last, `START` for first."""
    order = await _ids(turn, lesson, kind)
    if beside := _BESIDE.match(position.strip()):
        words = re.sub(rf"^(?:the )?(?=(?:{NUMBER})\b)", f"{_noun(kind)} ", beside[2], flags=re.IGNORECASE)
        (neighbour,) = (await find(turn, f"{words} of lesson {lesson.number}"))[:1]
        if neighbour.id not in order:
            raise Invalid(f"{neighbour.label} is not where a {_noun(kind)} of lesson {lesson.number} can stand beside.")
        at = order.index(neighbour.id) + (beside[1].lower() in ("after", "behind"))
    else:
        at = place_among(position, len(order), len(order))
    if at >= len(order):
        return None
    return order[at - 1] if at else START


async def _within_text(turn: Turn, moved: Place, position: str, sentence: str) -> Revision | None:
    slide, item = moved.slide, moved.item
    holder = re.sub(r"^.*? of (?=slide|question)", "", moved.label)
    if slide is not None and moved.leaf is Noun.SENTENCE:
        at = await _new_place(turn, moved, holder, position, len(split_sentences(slide.narration)))
        narration = spoken.moved(slide.narration, moved.index, at)
        return await turn.cases.slides.change(
            turn.actor, turn.outline.id, {slide.id: {"narration": narration}}, sentence, base=turn.base
        )
    if slide is not None and moved.leaf is Noun.POINT:
        texts = bodies.texts(slide.body)
        at = await _new_place(turn, moved, holder, position, len(texts))
        body = bodies.with_texts(slide.body, _reordered(texts, moved.index, at))
        return await turn.cases.slides.change(
            turn.actor, turn.outline.id, {slide.id: {"body": body}}, sentence, base=turn.base
        )
    if item is not None and moved.leaf is Noun.CHOICE:
        at = await _new_place(turn, moved, holder, position, len(item.choices))
        choices = _reordered(list(item.choices), moved.index, at)
        answer = choices.index(item.choices[item.answer])
        return await turn.cases.quizzes.change(
            turn.actor, turn.outline.id, item.id, {"choices": choices, "answer": answer}, sentence, base=turn.base
        )
    raise Invalid(f"{moved.label.capitalize()} cannot be moved.")


async def _new_place(turn: Turn, moved: Place, holder: str, position: str, count: int) -> int:
    if beside := _BESIDE.match(position.strip()):
        words = re.sub(rf"^(?:the )?(?=(?:{NUMBER})\b)", f"{moved.leaf} ", beside[2])
        (neighbour,) = (await find(turn, f"{words} of {holder}"))[:1]
        at = neighbour.index - (neighbour.index > moved.index)
        return at + (beside[1].lower() in ("after", "behind"))
    return place_among(position, count - 1, moved.index)


def _reordered(texts: list[str], place: int, to: int) -> list[str]:
    rest = [text for at, text in enumerate(texts) if at != place]
    return [*rest[:to], texts[place], *rest[to:]]


def _noun(kind: Kind) -> str:
    return {Kind.QUIZ_ITEM: "question"}.get(kind, str(kind))


async def _ids(turn: Turn, lesson: Lesson, kind: Kind) -> list[UUID]:
    if kind is Kind.SLIDE:
        return [slide.id for slide in lesson.slides]
    if kind is Kind.QUIZ_ITEM:
        return [item.id for item in lesson.quiz]
    return await turn.cases.quizzes.objectives(turn.actor, turn.outline.id, lesson.id)
