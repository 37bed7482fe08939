"""Terms used before they are introduced: spoken on an earlier slide than the one that defines them.

A term counts as introduced by a definition slide, or by a sentence that sets it out (“called X”, “X is a …”). Only
terms that have a definition slide of their own are looked for: those the author thought worth explaining.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from course.models.lesson import Definition, Lesson, Question, TitleSlide
from course.models.quality import Check, Finding
from course.models.revision import Kind
from course.quality.examined import Examined, lines


@dataclass(frozen=True)
class Term:
    """A term with a definition slide: in which lesson of the course (from 0) and on which slide of it (from 1)."""

    text: str
    lesson: int
    slide: int


def defined(lessons: Sequence[Lesson]) -> list[Term]:
    """Every term of the course, where it is first defined."""
    terms: dict[str, Term] = {}
    for place, lesson in enumerate(lessons):
        for number, slide in enumerate(lesson.slides, start=1):
            if isinstance(slide.body, Definition):
                terms.setdefault(slide.body.term.casefold(), Term(slide.body.term, place, number))
    return list(terms.values())


def findings(examined: Examined, terms: Sequence[Term], place: int) -> list[Finding]:
    """Terms this lesson, the one at that place of the course, uses before they are introduced."""
    found = []
    for term in terms:
        if term.lesson < place:
            continue
        before = term.slide if term.lesson == place else len(examined.lesson.slides) + 1
        used = _first_use(examined, term.text, before)
        if used is None:
            continue
        here = term.lesson == place
        where = f"slide {term.slide} explains it" if here else "a later lesson explains it"
        sentence = f"Slide {used} speaks of “{term.text}” before {where}."
        remedy = f"In {examined.name}, explain “{term.text}” on slide {used}, where it first appears."
        slide = examined.lesson.slides[used - 1]
        found.append(examined.finding(Check.TERMS, "hint", sentence, remedy, kind=Kind.SLIDE, part_id=slide.id))
    return found


def _first_use(examined: Examined, term: str, before: int) -> int | None:
    """The first slide that uses the term without introducing it; None if it is introduced there or never used.

    Opening cards and questions may name what is to come.
    """
    pattern, introducing = _patterns(term)
    for number, slide in examined.slides():
        if number >= before:
            return None
        if isinstance(slide.body, TitleSlide | Question):
            continue
        text = " ".join([slide.narration, *lines(slide.body)])
        if pattern.search(text):
            return None if introducing.search(text) else number
    return None


@lru_cache(maxsize=2_048)
def _patterns(term: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = r"\s+".join(re.escape(word) for word in term.split()) + r"(?:e?s)?"
    use = re.compile(rf"(?<!\w){name}(?!\w)", re.IGNORECASE)
    known_as = r"(?:called|termed|named|known as|means?|refers? to|is defined as|are defined as)"
    introduced = (
        rf"(?:{known_as}(?: an?| the)? {name}|{name},? (?:is|are|means?|refers? to) (?:an?|the|any|one|those)\b)"
    )
    return use, re.compile(introduced, re.IGNORECASE)
