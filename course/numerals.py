"""Numbers as words: “three”, “third”, “3rd”, “last but one”."""

import re

# fmt: off
_NUMBERS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
]
# fmt: on
_FROM_THE_END = {
    "second to last": -2,
    "next to last": -2,
    "second last": -2,
    "penultimate": -2,
    "last but one": -2,
    "third to last": -3,
    "third last": -3,
    "very last": -1,
    "last": -1,
    "final": -1,
    "closing": -1,
    "concluding": -1,
}
_FROM_THE_START = {"very first": 1, "opening": 1}

NUMBER = rf"\d{{1,3}}|(?:{'|'.join(_NUMBERS)})\b"
"""A number in figures or words, as a regular expression."""

_HYPHENS = "|".join(one.replace(" ", "[ -]") for one in (*_FROM_THE_END, *_FROM_THE_START))
ORDINAL = rf"(?:{_HYPHENS}|\d-to-last|{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\b"
"""A place in a row, as a regular expression."""


def number(said: str) -> int:
    """What a `NUMBER` says."""
    word = said.strip().lower()
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word)


def ordinal(said: str) -> int:
    """The place that an `ORDINAL` names: from 1, or negative from the end."""
    word = re.sub(r"[ -]+", " ", said.strip().lower())
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    if ending := re.fullmatch(r"(\d) to last", word):
        return -int(ending[1])
    return _FROM_THE_END.get(word) or _FROM_THE_START.get(word) or int(re.sub(r"\D", "", word))
