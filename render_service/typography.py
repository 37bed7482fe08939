"""Text into lines: measured, wrapped, balanced, shrunk to fit; lengths are pixels of a 1280×720 picture."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from render_service.fonts import Face, font, runs

SMALLEST = 26
"""No text of a slide's body is ever set smaller: it stays readable on a phone."""

# Breaks are allowed at spaces, and after hyphens and dashes inside a word.
_PIECES = re.compile(r"[^\s\-–—]*[\-–—]+|[^\s\-–—]+|\s+")
_SHORT_LAST_LINE = 0.3


@dataclass(frozen=True)
class Block:
    """A paragraph set in lines."""

    face: Face
    size: int
    lines: tuple[str, ...]
    spacing: float = 1.36
    left_out: bool = False
    """Whether it was cropped, so that words are missing."""

    @property
    def leading(self) -> int:
        """From one baseline to the next."""
        return round(self.size * self.spacing)

    @property
    def height(self) -> int:
        """Of all lines, each `leading` high."""
        return self.leading * len(self.lines)

    @property
    def width(self) -> float:
        """Of the longest line."""
        return max((length(line, self.face, self.size) for line in self.lines), default=0.0)

    def cropped(self, height: float) -> "Block":
        """As many lines as fit the height, at least one; an ellipsis tells that something was left out."""
        count = max(1, int(height // self.leading))
        if count >= len(self.lines):
            return self
        last = self.lines[count - 1].rstrip(" ,;:.–—")
        while last and length(last + "…", self.face, self.size) > self.width:
            last = last[:-1].rstrip()
        return Block(self.face, self.size, (*self.lines[: count - 1], last + "…"), self.spacing, left_out=True)

    def cut(self, lines: int) -> tuple["Block", "Block"]:
        """The first so many lines, and the rest."""
        head, tail = self.lines[:lines], self.lines[lines:]
        return Block(self.face, self.size, head, self.spacing), Block(self.face, self.size, tail, self.spacing)


@lru_cache(maxsize=16384)
def length(text: str, face: Face, size: int) -> float:
    """How wide a line is."""
    return sum(font(file, size).getlength(stretch) for file, stretch in runs(text, face))


def set_text(text: str, face: Face, size: int, width: float, *, spacing: float = 1.36, even: bool = False) -> Block:
    """The text wrapped to a width, no last line all but empty; `even` balances all lines, as a heading wants."""
    lines = _wrap(text, face, size, width)
    if len(lines) > 1:
        lines = _balanced(text, face, size, width, len(lines)) if even else _without_short_last(text, face, size, width)
    return Block(face, size, tuple(lines), spacing)


def fit(
    text: str, face: Face, sizes: Sequence[int], width: float, height: float, *, spacing: float = 1.36
) -> Block | None:
    """The text balanced at the largest of the sizes that fits the box, or None."""
    for size in sizes:
        block = set_text(text, face, size, width, spacing=spacing, even=True)
        if block.height <= height:
            return block
    return None


def shorten(text: str, face: Face, size: int, width: float) -> str:
    """The text on one line, cut with an ellipsis if it must be: for the page's margins only."""
    if length(text, face, size) <= width:
        return text
    while text and length(text + "…", face, size) > width:
        text = text[:-1].rstrip()
    return text + "…"


def _wrap(text: str, face: Face, size: int, width: float) -> list[str]:
    lines, line, used = [], "", 0.0
    for piece in _pieces(text, face, size, width):
        wide = length(piece, face, size)
        if line.strip() and not piece.isspace() and used + wide > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if line or not piece.isspace():
            line, used = line + piece, used + wide
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, face: Face, size: int, width: float) -> Iterable[str]:
    for piece in _PIECES.findall(text):
        yield from [piece] if length(piece, face, size) <= width else _chopped(piece, face, size, width)


def _chopped(word: str, face: Face, size: int, width: float) -> Iterable[str]:
    """A word wider than the line, cut wherever it must be."""
    start = 0
    while start < len(word):
        low, high = 1, len(word) - start
        while low < high:
            middle = (low + high + 1) // 2
            fits = length(word[start : start + middle], face, size) <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        yield word[start : start + low]
        start += low


def _without_short_last(text: str, face: Face, size: int, width: float) -> list[str]:
    """Wrapped as little narrower as it takes to give the last line company; as it is, if nothing helps."""
    lines = _wrap(text, face, size, width)
    for narrower in range(100, 55, -5):
        tried = _wrap(text, face, size, width * narrower / 100)
        if len(tried) > len(lines):
            break
        if length(tried[-1], face, size) >= _SHORT_LAST_LINE * width:
            return tried
    return lines


def _balanced(text: str, face: Face, size: int, width: float, count: int) -> list[str]:
    """The narrowest setting in as many lines."""
    longest = max(length(piece, face, size) for piece in _PIECES.findall(text))
    narrow, wide = min(max(width / 2, longest), width), width
    best = _wrap(text, face, size, width)
    for _ in range(7):
        middle = (narrow + wide) / 2
        lines = _wrap(text, face, size, middle)
        if len(lines) <= count:
            best, wide = lines, middle
        else:
            narrow = middle
    return best
