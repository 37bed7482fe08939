"""Sentences of an answer as it streams in, each let through only with a source that was given."""

import re
from collections.abc import Iterator

from course.sentences import split_sentences

_MARK = re.compile(r"\[(\d{1,2})\]")
# The mark belongs to the sentence before it, wherever the model puts the full stop.
_MARK_AFTER_STOP = re.compile(r"\s*([.!?]+)((?:\s*\[\d{1,2}\])+)")
_BEGUN_MARK = re.compile(r"\s*\[\d{0,2}$")


class CitedSentences:
    """Takes pieces of text, gives whole sentences that end with a valid mark; `used` are the marks so far."""

    def __init__(self, known: set[int]) -> None:
        self._known = known
        self._rest = ""
        self.used: list[int] = []

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that became whole with this piece."""
        text = self._rest + piece
        begun = _BEGUN_MARK.search(text)
        held = text[begun.start() :] if begun else ""
        sentences = _sentences(text[: len(text) - len(held)])
        # The last one may go on, or have its mark still to come.
        last = sentences.pop() if sentences else ""
        self._rest = last + (" " if last and not held and text[-1:].isspace() else "") + held
        yield from self._cited(sentences)

    def rest(self) -> Iterator[str]:
        """What was left when the answer ended."""
        left, self._rest = self._rest, ""
        yield from self._cited(_sentences(left))

    def _cited(self, sentences: list[str]) -> Iterator[str]:
        for sentence in sentences:
            valid = [int(mark) for mark in _MARK.findall(sentence) if int(mark) in self._known]
            if not valid:
                continue
            self.used += [mark for mark in dict.fromkeys(valid) if mark not in self.used]
            yield _MARK.sub(lambda found: found[0] if int(found[1]) in self._known else "", sentence)


def _sentences(text: str) -> list[str]:
    text = _MARK_AFTER_STOP.sub(lambda found: f" {''.join(found[2].split())}{found[1]}", text)
    return split_sentences(" ".join(text.split()))
