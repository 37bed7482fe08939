"""Repetition: what is shown is not read out, and no sentence is said twice.

Two texts are the same when nine tenths of the stems of both together stand in both. Short ones do not count.
"""

from collections.abc import Iterator
from itertools import combinations

from course.models.lesson import Recap, Slide
from course.models.quality import Check, Finding, Severity
from course.models.revision import Kind
from course.quality.examined import Examined, clipped, lines

_SAME = 0.9
_SHORT = 3
_READ_OUT = 0.5


def findings(examined: Examined) -> list[Finding]:
    """Sentences said twice, and slides that are read out."""
    return [*_twice(examined), *_read_out(examined)]


def _twice(examined: Examined) -> Iterator[Finding]:
    said = [
        (number, slide, text, examined.words.topic(text))
        for number, slide in examined.slides()
        for text in examined.sentences[number - 1]
    ]
    long = [one for one in said if len(one[3]) > _SHORT]
    for (first, _, _, stems), (number, slide, text, others) in combinations(long, 2):
        if _alike(stems, others):
            where = f"again on slide {number}, after slide {first}" if number != first else f"twice on slide {number}"
            # A recap may well say something once more, though better in new words.
            severity: Severity = "hint" if isinstance(slide.body, Recap) else "problem"
            remedy = (
                f"In {examined.name}, say this on slide {number} in new words or leave it out: {clipped(text, 200)}"
            )
            yield _finding(examined, slide, severity, f"{clipped(text)} is said {where}.", remedy)


def _read_out(examined: Examined) -> Iterator[Finding]:
    for number, slide in examined.slides():
        shown = [stems for line in lines(slide.body) if len(stems := examined.words.topic(line)) > _SHORT]
        said = [examined.words.topic(text) for text in examined.sentences[number - 1]]
        read = [stems for stems in shown if any(_alike(stems, one) for one in said)]
        if len(read) > 1 and len(read) > _READ_OUT * len(lines(slide.body)):
            sentence = f"The voice reads slide {number} out: {len(read)} of its lines are said word for word."
            remedy = f"In {examined.name}, reword the narration of slide {number} so that it does not repeat the slide."
            yield _finding(examined, slide, "hint", sentence, remedy)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < _SAME * max(len(one), len(other)):
        return False
    return len(one & other) >= _SAME * len(one | other)


def _finding(examined: Examined, slide: Slide, severity: Severity, sentence: str, remedy: str) -> Finding:
    return examined.finding(Check.REPETITION, severity, sentence, remedy, kind=Kind.SLIDE, part_id=slide.id)
