"""Years and proper names in a text: what questions about history, law or places ask for."""

import re
from collections.abc import Iterable

from local_cloud.openai_api.author.prose import Sentence

_YEAR = re.compile(r"(?<![\d.,/-])1[0-9]\d\d(?![\d.,/-]?\d)|(?<![\d.,/-])20\d\d(?![\d.,/-]?\d)")
_NAME = re.compile(
    r"(?<=[a-z,;] )(?P<name>[A-Z][a-zà-ÿ’]+(?:[ -](?:(?:of|de|von|van|the) )?[A-Z][a-zà-ÿ’]+){0,3})(?![\w-]|\.\w)"
)
_CALENDAR_TEXT = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
October November December
"""
CALENDAR = frozenset(_CALENDAR_TEXT.split())
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|to|across|outside|through|around|into|of) (?:the )?$", re.IGNORECASE)


def years(sentences: Iterable[Sentence]) -> list[str]:
    """Every year that is named, each once."""
    return list(dict.fromkeys(year for one in sentences for year in _YEAR.findall(one.text)))


def year_of(text: str) -> str:
    """The only year a sentence names; empty when there is none, or several."""
    found = _YEAR.findall(text)
    return found[0] if len(found) == 1 else ""


def names(sentences: Iterable[Sentence]) -> tuple[list[str], list[str]]:
    """Names of places, told by the word before them, and all others; what is named as both is left out."""
    places: dict[str, int] = {}
    others: dict[str, int] = {}
    for one in sentences:
        for found in _NAME.finditer(one.text):
            kind = places if _PLACE_BEFORE.search(one.text[: found.start()]) else others
            kind[found["name"]] = kind.get(found["name"], 0) + 1
    both = places.keys() & others.keys()
    left_out = CALENDAR | both
    return [name for name in places if name not in left_out], [name for name in others if name not in left_out]
