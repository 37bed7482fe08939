"""Sections to passages: about 120–220 words, cut between sentences, never across sections."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from course.sentences import count_words, split_sentences
from course.sources.document import Block, DocumentPassage
from course.sources.sections import OutlinedSection, shortened

_MOST = 220
_TARGET = 185
_UNIT_LIMIT = 90
_CLAUSE = re.compile(r"(?<=[;:,、，])\s*")


@dataclass(frozen=True)
class _Unit:
    """A sentence, list item or table row; `gap` is what stands before it."""

    text: str
    words: int
    gap: str
    page: int | None


def passages_of(sections: list[OutlinedSection]) -> Iterator[DocumentPassage]:
    """The passages of all sections, in order."""
    for number, section in enumerate(sections, 1):
        heading = shortened(" › ".join([*section.path[:-1], section.title]), 300)
        for group in _groups(list(_units(section.paragraphs))):
            text = group[0].text + "".join(unit.gap + unit.text for unit in group[1:])
            yield DocumentPassage(section=number, heading=heading, page=group[0].page, text=text)


def _units(paragraphs: list[Block]) -> Iterator[_Unit]:
    for paragraph in paragraphs:
        gap = "\n\n"
        for line in paragraph.text.split("\n"):
            for sentence in split_sentences(line):
                for piece in _bounded(sentence):
                    yield _Unit(piece, count_words(piece), gap, paragraph.page)
                    gap = " "
            gap = "\n"


def _bounded(sentence: str) -> Iterator[str]:
    """The sentence, or if it is endless, pieces of it: between clauses, else between words, else anywhere."""
    if count_words(sentence) <= _UNIT_LIMIT:
        yield sentence
        return
    piece = ""
    for clause in _CLAUSE.split(sentence):
        for chunk in _chunks(clause):
            if piece and count_words(piece) + count_words(chunk) > _UNIT_LIMIT:
                yield piece
                piece = ""
            piece = f"{piece} {chunk}" if piece else chunk
    if piece:
        yield piece


def _chunks(clause: str) -> Iterator[str]:
    words = clause.split()
    if len(words) > 1:
        for start in range(0, len(words), _UNIT_LIMIT // 2):
            yield " ".join(words[start : start + _UNIT_LIMIT // 2])
    else:
        for start in range(0, len(clause), _UNIT_LIMIT):
            yield clause[start : start + _UNIT_LIMIT]


def _groups(units: list[_Unit]) -> Iterator[list[_Unit]]:
    """Cut so that the groups are about equal, and between paragraphs where one ends nearby."""
    total = sum(unit.words for unit in units)
    count = 1 if total <= _MOST else -(-total // _TARGET)
    start = done = 0
    for place in range(1, count):
        end, reached = _cut(units, start, done, total * place / count)
        if end > start:
            yield units[start:end]
        start, done = end, reached
    if units[start:]:
        yield units[start:]


def _cut(units: list[_Unit], start: int, done: int, target: float) -> tuple[int, int]:
    """The index before which to cut, and the words before it."""
    best, best_cost, best_reached = start, float("inf"), done
    reached = done
    for index in range(start, len(units) - 1):
        reached += units[index].words
        cost = abs(reached - target) - (20 if units[index + 1].gap == "\n\n" else 0)
        # Over the limit is worse than any border is good.
        cost += max(0, reached - done - _MOST) * 10
        if cost < best_cost:
            best, best_cost, best_reached = index + 1, cost, reached
        if reached > target + _UNIT_LIMIT:
            break
    return best, best_reached
