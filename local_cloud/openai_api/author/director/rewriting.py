"""Wishes that need a writer: simpler, shorter, an example, more questions; and what alone they may touch."""

import re

from course.addresses import Address, Noun, told
from course.quotes import masked
from local_cloud.openai_api.author.brief import MINUTES, minutes_asked
from local_cloud.openai_api.author.director.clause import Clause
from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.editing import step_by, stepped
from local_cloud.openai_api.author.director.outline import lessons_named
from local_cloud.openai_api.author.director.tools import Wish

_STYLE = re.compile(
    r"\b(?:simpl\w+|eas(?:y|ier)|short(?:er|en)?|long(?:er)?|lengthen|brief\w*|concise|tighten|trim|cut|compact|"
    r"crisp\w*|"
    r"condense\w*|expand|detail\w*|deep\w*|elaborate|extend|examples?|reword|rephrase|"
    r"rewrite|re-write|revise|improve|redo|clear(?:er)?|clarify|formal|informal|friendl\w+|"
    r"engaging|technical|jargon|plain(?:er)?|wordy|verbose|shorten\w*|lively|livelier|warm\w*|"
    r"quiz|questions?|narration|slides?|bullets?|points?|tone|intro(?:duction)?|recap|summary|less|more|fewer)\b",
    re.IGNORECASE,
)
_NEW_SLIDE = re.compile(
    r"\b(?:add|insert|include|put|give|write|create|need)\b(?:(?!\bslide\b).)*\b(?:an?|another|one more|new|extra)\b"
    r"(?:(?!\b(?:after|before|behind)\b).)*\bslide\b(?!\s+\d)",
    re.IGNORECASE,
)
_BESIDE_SLIDE = re.compile(
    r"\b(?P<side>after|before|behind|following)\s+(?P<slide>(?:the\s+)?(?:slide\b.*|\w+(?:\s\w+)? slide\b.*|"
    r"it\b|that\b))",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"^\s*(?:an?|one|another|some)\b|\b(?:add|insert|include|put|give|write|new|another|extra)\b", re.IGNORECASE
)
_QUIZ = re.compile(r"\b(?:quiz\w*|questions?)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|this|that|this lesson|that lesson|the lesson|this one)\b", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:all|every|each)\b.*\blessons?\b|\b(?:the|this|my|our|whole|entire) course\b|\beverything\b", re.IGNORECASE
)
_COURSE = re.compile(r"\bcourse\b", re.IGNORECASE)


def rewritten(said: str, talk: Conversation) -> list[Wish]:
    """“Make lesson 1.2 simpler”, “a worked example after slide 3”: the words go to the writer as they are."""
    if not _STYLE.search(said):
        return []
    clause = Clause(masked(said), talk)
    scope, lesson = _scope(clause)
    instruction = said
    minutes = (
        minutes_asked(said)
        if re.search(r"\b(?:short|long|brief|concise|cut|trim|condens)", said, re.IGNORECASE)
        else None
    )
    if scope and lesson:
        return [_wish(lesson, instruction, scope, None)]
    if scope and scope != "quiz":
        mind = talk.lesson_in_mind
        return [_wish(mind, instruction, scope, None)] if mind else []
    numbers = _numbers(clause, MINUTES.sub("", said))
    if minutes and numbers and _COURSE.search(said) and not lessons_named(MINUTES.sub("", said), talk.outline):
        shares = _shared(minutes, numbers, clause)
        return [_wish(number, instruction, scope, share) for number, share in zip(numbers, shares, strict=True)]
    return [_wish(number, instruction, scope, minutes) for number in numbers]


def _shared(minutes: int, numbers: list[str], clause: Clause) -> list[int]:
    """The minutes of a whole course among its lessons, as they are long now; “8 minutes shorter” is taken off it."""
    if step := step_by(clause.text, minutes):
        return stepped(numbers, step, clause.outline)
    planned = {one.number: one.minutes for one in clause.outline.lessons}
    whole = sum(planned[number] for number in numbers)
    return [max(1, round(minutes * planned[number] / whole)) for number in numbers]


def _wish(lesson: str, instruction: str, scope: str | None, minutes: int | None) -> Wish:
    return Wish("rewrite_lesson", {"lesson": lesson, "instruction": instruction, "scope": scope, "minutes": minutes})


def _numbers(clause: Clause, said: str) -> list[str]:
    outline, in_mind = clause.outline, clause.talk.lesson_in_mind
    named = lessons_named(said, outline)
    numbers = [one for name in named for one in (_inside(name, clause) if name.startswith("module") else [name])]
    if not numbers and _ALL.search(said):
        return [one.number for one in outline.lessons if one.drafted]
    pointing = len(said.split()) <= 6 or _PRONOUN.search(said) or re.search(r"\bslide\b|\bquiz\b", said, re.IGNORECASE)
    return [in_mind] if not numbers and in_mind and pointing else numbers


def _inside(module: str, clause: Clause) -> list[str]:
    number = int(module.split()[1])
    return [one.number for found in clause.outline.modules if found.number == number for one in found.lessons]


def _scope(clause: Clause) -> tuple[str | None, str | None]:
    """What alone may change, in the words tools take, and the lesson it is in when that is said with it."""
    text = clause.text
    beside = _BESIDE_SLIDE.search(text)
    if (beside and _ADDS.search(text[: beside.start()] or "add")) or _NEW_SLIDE.search(text):
        if beside is None:
            return "new slide", _only_lesson(clause)
        side = "before" if beside["side"].lower() == "before" else "after"
        ways = [way for way in clause.ways(text[: beside.start()], beside["slide"]) if way[-1][0] is Noun.SLIDE]
        ways = ways or [way for way in clause.ways(beside["slide"]) if way[-1][0] is Noun.SLIDE]
        if not ways:
            mind = dict(clause.talk.part_in_mind)
            ways = [clause.talk.part_in_mind] if Noun.SLIDE in mind else []
        return (f"new slide {side} {_inner(ways[0])}", _lesson(ways[0])) if ways else ("new slide", None)
    ways = [way for way in clause.ways(text) if way[-1][0].depth >= 3]
    if not ways or (not any(step[0] is Noun.SLIDE for step in ways[0]) and _QUIZ.search(text)):
        return ("quiz", _only_lesson(clause)) if _QUIZ.search(text) else (None, None)
    way = ways[0]
    if way[-1][0] is Noun.OBJECTIVE:
        return "objectives", _lesson(way)
    if all(which.open for noun, which in way if noun.depth == 3) and way[-1][0] is not Noun.NARRATION:
        return None, None
    if not any(noun is Noun.SLIDE for noun, _ in way):
        return None, None
    if way[-1][0] not in (Noun.SLIDE, Noun.SENTENCE, Noun.NARRATION):
        way = tuple(step for step in way if step[0].depth <= 3)
    return _inner(way), _lesson(way)


def _inner(way: Address) -> str:
    return told(tuple(step for step in way if step[0].depth > 2))


def _lesson(way: Address) -> str | None:
    return next((which.words for noun, which in way if noun is Noun.LESSON and which.words), None)


def _only_lesson(clause: Clause) -> str | None:
    numbers = _numbers(clause, clause.plain(clause.text))
    return numbers[0] if len(numbers) == 1 else None
