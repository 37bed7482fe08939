"""Stray signs: markup on a slide, and what a voice would stumble over."""

import re
from uuid import UUID

from course.models.quality import Check, Finding
from course.models.revision import Kind
from course.quality.examined import Examined, clipped, lines

_MARKUP = re.compile(r"\*\*|(?<!\w)[*_]\w[^*_]*|\w[*_](?!\w)|^#+ |`|\[\d*\]|</?[a-z]+>|\$[^$]+\$", re.MULTILINE)
_UNSPEAKABLE = re.compile(
    r"https?://|www\.|\b(?:see|in|as shown in) (?:the )?(?:figures?|tables?) [\d.]+|\(fig(?:ure)?\.? [\d.]+\)|"
    r"\bas shown (?:above|below)\b|\b(?:e\.g|i\.e)\.",
    re.IGNORECASE,
)


def findings(examined: Examined) -> list[Finding]:
    """For each slide and quiz item the first stray sign."""
    found = []
    for number, slide in examined.slides():
        sign = _first(_MARKUP, slide.narration) or _first(_UNSPEAKABLE, slide.narration)
        if sign:
            sentence = f"A voice cannot read {clipped(sign, 40)} in the narration of slide {number}."
            remedy = f"In {examined.name}, reword the narration of slide {number} without {clipped(sign, 40)}."
            found.append(_finding(examined, Kind.SLIDE, slide.id, sentence, remedy))
        if sign := _first(_MARKUP, "\n".join([slide.title, *lines(slide.body)])):
            sentence = f"Slide {number} shows stray signs: {clipped(sign, 40)}."
            remedy = f"In {examined.name}, remove the stray signs {clipped(sign, 40)} from slide {number}."
            found.append(_finding(examined, Kind.SLIDE, slide.id, sentence, remedy))
    for number, item in enumerate(examined.lesson.quiz, start=1):
        if sign := _first(_MARKUP, "\n".join([item.question.replace("_", " "), *item.choices, item.explanation])):
            sentence = f"Quiz question {number} has stray signs: {clipped(sign, 40)}."
            remedy = f"In {examined.name}, rewrite quiz question {number} without {clipped(sign, 40)}."
            found.append(_finding(examined, Kind.QUIZ_ITEM, item.id, sentence, remedy))
    return found


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0].strip() if match else ""


def _finding(examined: Examined, kind: Kind, part_id: UUID, sentence: str, remedy: str) -> Finding:
    return examined.finding(Check.SIGNS, "problem", sentence, remedy, kind=kind, part_id=part_id)
