"""What a lesson is written from: the passages of its sections, and what else the sources have on it."""

import logging
import re
from collections.abc import Sequence

from agents.turn import Turn
from course.errors import Unavailable
from course.models.lesson import Lesson
from course.models.outline import LessonLine
from course.models.source import Passage

logger = logging.getLogger(__name__)

# About 6,000 tokens: more than a ten-minute lesson can use.
_BUDGET = 24_000
# Spoken words a minute; a source should have at least as many.
_WORDS_A_MINUTE = 130
_SEARCHED = 8


async def passages_for(turn: Turn, lesson: LessonLine | Lesson, extra: str = "") -> list[Passage]:
    """The passages to write the lesson from, in the order of the sources; none when the course has no sources.

    `extra` says what else is wanted, like an instruction to add something.
    """
    course_id = turn.account.course_id
    if course_id is None or not turn.sources:
        return []
    about = " ".join([lesson.title, *lesson.objectives, extra])
    found = list(await turn.cases.sources.passages(turn.actor, course_id, lesson.sections)) if lesson.sections else []
    if extra or sum(len(one.text.split()) for one in found) < lesson.minutes * _WORDS_A_MINUTE:
        more = await _searched(turn, about)
        # What other lessons teach is theirs, unless the author asks for something more.
        taught = set() if extra else _taught_elsewhere(turn, lesson)
        found += [one for one in more if one.section not in taught]
    return chosen(found, about, _BUDGET)


def chosen(passages: Sequence[Passage], about: str, budget: int) -> list[Passage]:
    """Those that share most words with `about`, as many as fit the budget of characters, in their order."""
    unique = list({one.ref: one for one in passages}.values())
    wanted = _words(about)
    best = sorted(unique, key=lambda one: -len(wanted & _words(f"{one.heading} {one.text}")))
    room, kept = budget, set()
    for one in best:
        if len(one.text) <= room:
            room -= len(one.text)
            kept.add(one.ref)
    return [one for one in sorted(unique, key=_place) if one.ref in kept]


def _taught_elsewhere(turn: Turn, lesson: LessonLine | Lesson) -> set[str]:
    lessons = turn.now.lessons if turn.now else []
    return {section for other in lessons if other.id != lesson.id for section in other.sections}


async def _searched(turn: Turn, about: str) -> list[Passage]:
    if turn.account.course_id is None:
        return []
    try:
        return list(await turn.cases.sources.search(turn.actor, turn.account.course_id, about[:1000], limit=_SEARCHED))
    except Unavailable as problem:
        # The sections alone will do; a lesson without any still says so by having no citations.
        logger.warning("searching the sources failed: %s", problem.sentence)
        return []


def _words(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w{4,}", text.casefold())}


def _place(passage: Passage) -> tuple[int, int]:
    source, _, number = passage.ref.lstrip("P").partition(".")
    return int(source), int(number)
