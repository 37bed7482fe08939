"""Narration into what is spoken in one breath, each timed by its own sound."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from course.sentences import split_sentences

LONGEST = 600
"""Characters of one request for speech: longer sentences are divided where a speaker would breathe."""

_BREATHS = (re.compile(r"[;:]\s+"), re.compile(r",\s+"), re.compile(r"\s+"))


@dataclass(frozen=True)
class Sentence:
    """Something to say; `closes` tells the last of a paragraph, after which the pause is longer."""

    text: str
    closes: bool


def sentences(narration: str) -> list[Sentence]:
    """The narration's sentences in order; what has no letter or digit is not spoken."""
    found: list[Sentence] = []
    for paragraph in re.split(r"\n+", narration):
        whole = split_sentences(" ".join(paragraph.split()))
        spoken = [piece for text in whole if re.search(r"[^\W_]", text) for piece in _divided(text)]
        found += [Sentence(text, closes=place == len(spoken)) for place, text in enumerate(spoken, start=1)]
    return found


def _divided(text: str) -> Iterator[str]:
    while len(text) > LONGEST:
        place = _breath(text)
        yield text[:place].strip()
        text = text[place:].strip()
    yield text


def _breath(text: str) -> int:
    """Where to divide: the last good place that leaves the first part neither too long nor very short."""
    for breath in _BREATHS:
        places = [found.end() for found in breath.finditer(text, LONGEST // 4, LONGEST)]
        if places:
            return places[-1]
    return LONGEST
