"""Objectives: each is taught on a slide, spoken in the narration and tested by a quiz item.

Each of the three counts when enough of the stems of what the objective is about, its verb aside, are there: 60 % on
one slide, 60 % in the narration of one slide, and half of them in a quiz item that names the objective.
"""

from dataclasses import dataclass

from course.models.quality import Check, Finding, Tally
from course.models.revision import Kind
from course.quality.bloom import without_verbs
from course.quality.examined import Examined, clipped
from course.quality.words import share

TAUGHT = 0.6
TESTED = 0.5


@dataclass(frozen=True)
class Coverage:
    """How far an objective is covered: the best slide's, narration's and quiz item's share of its stems."""

    number: int
    text: str
    shown: float
    spoken: float
    tested: float

    @property
    def missing(self) -> list[str]:
        """Where it is not covered, in words."""
        places = [("on a slide", self.shown, TAUGHT), ("in the narration", self.spoken, TAUGHT)]
        places.append(("in the quiz", self.tested, TESTED))
        return [words for words, value, least in places if value < least]


def coverage(examined: Examined) -> list[Coverage]:
    """Of every objective, in order."""
    return [_coverage(examined, index, text) for index, text in enumerate(examined.lesson.objectives)]


def tally(examined: Examined) -> Tally:
    """Objectives covered by slide, narration and quiz, of all."""
    found = coverage(examined)
    return Tally(good=sum(not one.missing for one in found), of=len(found))


def findings(examined: Examined) -> list[Finding]:
    """Objectives that are not taught, not spoken of or not tested; a lesson without any."""
    if not examined.lesson.objectives:
        remedy = f"Rewrite {examined.name} with two or three objectives that can be tested."
        return [examined.finding(Check.OBJECTIVES, "problem", "The lesson has no objectives.", remedy)]
    return [_finding(examined, one) for one in coverage(examined) if one.missing]


def _coverage(examined: Examined, index: int, text: str) -> Coverage:
    wanted = examined.words.topic(without_verbs(text)) or examined.words.topic(text)
    items = (
        examined.words.topic("\n".join([item.question, *item.choices, item.explanation]))
        for item in examined.lesson.quiz
        if item.objective == index
    )
    return Coverage(
        number=index + 1,
        text=text,
        shown=max((share(wanted, one) for one in examined.shown), default=0.0),
        spoken=max((share(wanted, one) for one in examined.spoken), default=0.0),
        tested=max((share(wanted, one) for one in items), default=0.0),
    )


def _finding(examined: Examined, one: Coverage) -> Finding:
    sentence = f"Objective {one.number}, {clipped(one.text)}, is not covered {' nor '.join(one.missing)}."
    if one.missing == ["in the quiz"]:
        remedy = f"In {examined.name}, add a quiz question that tests objective {one.number}, {clipped(one.text, 200)}."
    else:
        remedy = f"In {examined.name}, add a slide on {clipped(without_verbs(one.text).strip(' .') or one.text, 200)}."
    return examined.finding(Check.OBJECTIVES, "problem", sentence, remedy, kind=Kind.OBJECTIVE)
