"""Sentences of an answer as it streams in, each let through only with a source that was given."""

import re
from collections.abc import Iterator

from course.sentences import split_sentences

_MARK = re.compile(r"\[(\d{1,2})\]")
# The mark belongs to the sentence before it, wherever the model puts the full stop.
_MARK_AFTER_STOP = re.compile(r"([.!?]+)((?:\s*\[\d{1,2}\])+)")
_SAFE_END = re.compile(r"(?:\[\d{1,2}\])+[.!?]*\s|[.!?]\s")


class CitedSentences:
    """Takes pieces of text, gives whole sentences that end with a valid mark; `used` are the marks so far."""

    def __init__(self, known: set[int]) -> None:
        self._known = known
        self._rest = ""
        self.used: list[int] = []

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that became whole with this piece."""
        self._rest += piece
        ends = [match.end() for match in _SAFE_END.finditer(self._rest)]
        # The last end may yet be followed by a mark: it waits for the sentence after it.
        if len(ends) > 1:
            whole, self._rest = self._rest[: ends[-2]], self._rest[ends[-2] :]
            yield from self._cited(whole)

    def rest(self) -> Iterator[str]:
        """What was left when the answer ended."""
        whole, self._rest = self._rest, ""
        yield from self._cited(whole)

    def _cited(self, text: str) -> Iterator[str]:
        text = _MARK_AFTER_STOP.sub(lambda found: f" {''.join(found[2].split())}{found[1]}", text)
        for sentence in split_sentences(" ".join(text.split())):
            marks = [int(mark) for mark in _MARK.findall(sentence)]
            valid = [mark for mark in marks if mark in self._known]
            if not valid:
                continue
            self.used += [mark for mark in valid if mark not in self.used]
            yield _MARK.sub(lambda found: found[0] if int(found[1]) in self._known else "", sentence)
