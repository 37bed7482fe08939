"""Narration into sentences, each spoken by itself and so timed by its own sound."""

import re
from dataclasses import dataclass

LONGEST = 600
"""Characters of one request for speech: longer sentences are divided where a speaker would breathe."""

_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[¿¡]*[^\W_a-zß-öø-ÿ]|$)|[。！？]")
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|e\.g|i\.e|cf|vs|etc|ca|approx|Fig|Figs|Eq|No|Nos|vol|pp?|ch|Dr|Mr|Mrs|Ms|Prof|St|Mt|Jr|Sr"
    r"|z\. ?B|d\. ?h|u\. ?a|bzw|Nr|Abb|M|Mme|Sig|art)\.$"
)
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
        spoken = [text for text in _split(" ".join(paragraph.split())) if re.search(r"\w", text)]
        found += [Sentence(text, closes=place == len(spoken)) for place, text in enumerate(spoken, start=1)]
    return found


def _split(text: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _SHORTENED.search(text[start : end.end()]):
            continue
        parts.append(text[start : end.end()].strip())
        start = end.end()
    parts.append(text[start:].strip())
    return [piece for part in parts for piece in _divided(part)]


def _divided(text: str) -> list[str]:
    if len(text) <= LONGEST:
        return [text]
    for breath in _BREATHS:
        places = [found.end() for found in breath.finditer(text, 1, LONGEST) if found.end() < len(text)]
        if places and places[-1] > LONGEST // 4:
            return [text[: places[-1]].strip(), *_divided(text[places[-1] :].strip())]
    return [text[:LONGEST], *_divided(text[LONGEST:])]
