"""Words on slides: what can be read while someone speaks.

A title has at most 8 words, a point 12, a statement, meaning, subtitle or question 25, and a list six points.
Fewer words and fewer points leave more attention for the voice (Mayer's redundancy principle); the figures are ours.
"""

from dataclasses import dataclass
from uuid import UUID

from course.models.lesson import (
    Bullets,
    Comparison,
    Definition,
    Process,
    Question,
    Recap,
    SlideBody,
    SpokenSlide,
    Statement,
    TitleSlide,
)
from course.models.quality import Check, Finding, Tally
from course.models.revision import Kind
from course.quality.examined import Examined, clipped
from course.sentences import count_words

TITLE_WORDS = 8
POINT_WORDS = 12
STATEMENT_WORDS = 25
POINTS = 6


@dataclass(frozen=True)
class Excess:
    """Something on a slide that is too long: what it is, how long, and how long it may be."""

    what: str
    text: str
    size: int
    most: int


def tally(examined: Examined) -> Tally:
    """Slides inside all limits and without a finding of the drawing code, of all."""
    good = [slide for slide in examined.lesson.slides if not excesses(slide) and not examined.drawn(slide)]
    return Tally(good=len(good), of=len(examined.lesson.slides))


def findings(examined: Examined) -> list[Finding]:
    """For each slide what is too long on it, and what the drawing code found."""
    found = []
    for number, slide in examined.slides():
        found += [_finding(examined, slide.id, number, one) for one in excesses(slide)]
        remedy = f"In {examined.name}, shorten slide {number} so that it fits its picture."
        found += [
            examined.finding(Check.DRAWING, "problem", sentence, remedy, kind=Kind.SLIDE, part_id=slide.id)
            for sentence in examined.drawn(slide)
        ]
    return found


def excesses(slide: SpokenSlide) -> list[Excess]:
    """What on the slide is longer than it may be."""
    texts = [("title", slide.title, TITLE_WORDS), *_texts(slide.body)]
    found = [Excess(what, text, count_words(text), most) for what, text, most in texts if count_words(text) > most]
    counts = [len(points) for points in _lists(slide.body)]
    return found + [Excess("list", "", count, POINTS) for count in counts if count > POINTS]


def _texts(body: SlideBody) -> list[tuple[str, str, int]]:
    match body:
        case Bullets() | Recap() | Process():
            return [("point", point, POINT_WORDS) for points in _lists(body) for point in points]
        case Comparison():
            sides = (body.left, body.right)
            return [("heading", side.heading, TITLE_WORDS) for side in sides] + [
                ("point", point, POINT_WORDS) for side in sides for point in side.points
            ]
        case Definition():
            return [("term", body.term, TITLE_WORDS), ("meaning", body.meaning, STATEMENT_WORDS)]
        case Statement():
            return [("statement", body.text, STATEMENT_WORDS)]
        case Question():
            return [("question", body.question, STATEMENT_WORDS)]
        case TitleSlide():
            return [("subtitle", body.subtitle, STATEMENT_WORDS)]


def _lists(body: SlideBody) -> list[list[str]]:
    match body:
        case Bullets() | Recap():
            return [body.points]
        case Process():
            return [body.steps]
        case Comparison():
            return [body.left.points, body.right.points]
        case _:
            return []


def _finding(examined: Examined, slide_id: UUID, number: int, one: Excess) -> Finding:
    if one.what == "list":
        sentence = f"Slide {number} lists {one.size} points; six are the most one takes in."
        remedy = f"In {examined.name}, shorten slide {number} to at most {one.most} points."
    elif one.what == "title":
        sentence = f"The title of slide {number} has {one.size} words: {clipped(one.text)}."
        remedy = f"In {examined.name}, shorten the title of slide {number} to at most {one.most} words."
    else:
        sentence = f"A {one.what} on slide {number} has {one.size} words: {clipped(one.text)}."
        remedy = f"In {examined.name}, shorten slide {number} to at most {one.most} words a {one.what}."
    return examined.finding(Check.LENGTH, "problem", sentence, remedy, kind=Kind.SLIDE, part_id=slide_id)
