"""Bounded text: a model's output is input, so every string it can fill is cleaned and limited here.

The bounds are validators, not JSON-schema keywords: strict structured output refuses `maxLength`.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff]")


def clean(text: str) -> str:
    """NFC, without control characters, trailing blanks or more than one empty line in a row."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def _bounded(most: int, *, empty: bool, lines: bool) -> Callable[[str], str]:
    def check(text: str) -> str:
        text = clean(text)
        if not lines:
            text = " ".join(text.split())
        if not text and not empty:
            raise ValueError("must not be empty")
        if len(text) > most:
            raise ValueError(f"must have at most {most:,} characters, has {len(text):,}")
        return text

    return check


Title = Annotated[str, AfterValidator(_bounded(160, empty=False, lines=False))]
"""A heading of one line, 1–160 characters."""

Line = Annotated[str, AfterValidator(_bounded(600, empty=False, lines=False))]
"""One line, 1–600 characters."""

OptionalLine = Annotated[str, AfterValidator(_bounded(600, empty=True, lines=False))]
"""One line of at most 600 characters, or empty."""

Prose = Annotated[str, AfterValidator(_bounded(8_000, empty=False, lines=True))]
"""Paragraphs, 1–8,000 characters."""

OptionalProse = Annotated[str, AfterValidator(_bounded(30_000, empty=True, lines=True))]
"""Paragraphs of at most 30,000 characters (about 20 minutes of speech), or empty."""
