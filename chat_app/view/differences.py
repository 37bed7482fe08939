"""Two texts laid over each other word by word: what stays, what goes, what comes."""

import re
from difflib import SequenceMatcher
from typing import Literal

Segment = tuple[Literal["same", "gone", "new", "more"], str]
"""A piece of text; “more” stands for a long stretch that stays, left out."""

# Scripts written without spaces are compared sign by sign.
_WORD = re.compile(
    r"\s+|[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uf900-\ufaff]|[^\W\u3040-\u9fff]+(?:[’'\-][^\W_]+)*|."
)
_ALIKE = 0.3
_CONTEXT = 70
_LONGEST = 12_000


def segments(before: str, after: str) -> list[Segment]:
    """From one text to the other. Texts with little in common are shown whole, one behind the other."""
    if not before or not after or len(before) + len(after) > _LONGEST:
        return _whole(before, after)
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(before, after)
    pieces: list[Segment] = []
    for kind, start, end, begin, finish in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(old[start:end])))
        else:
            pieces += _whole("".join(old[start:end]), "".join(new[begin:finish]))
    return _folded(_calmed(pieces))


def _whole(before: str, after: str) -> list[Segment]:
    pieces: list[Segment] = [("gone", before), ("new", after)]
    return [(kind, text) for kind, text in pieces if text]


def _calmed(pieces: list[Segment]) -> list[Segment]:
    """A blank or a small sign that stays between two changes is taken as changed with them: it is easier to read."""
    calm: list[Segment] = []
    gone = new = ""
    for at, (kind, text) in enumerate(pieces):
        if kind == "gone":
            gone += text
        elif kind == "new":
            new += text
        elif (gone or new) and at + 1 < len(pieces) and len(text.strip()) < 3:
            gone, new = gone + text, new + text
        else:
            calm += [*_whole(gone, new), ("same", text)]
            gone = new = ""
    return _aligned(calm + _whole(gone, new))


def _aligned(pieces: list[Segment]) -> list[Segment]:
    """What comes or goes alone between two words ends with its blank rather than beginning with it."""
    for at in range(1, len(pieces) - 1):
        (before, head), (kind, text), (after, tail) = pieces[at - 1 : at + 2]
        if before == after == "same" and kind != "same" and text[:1] == tail[:1] == " ":
            pieces[at - 1 : at + 2] = [("same", f"{head} "), (kind, f"{text[1:]} "), ("same", tail[1:])]
    return pieces


def _folded(pieces: list[Segment]) -> list[Segment]:
    """Of what stays only the surroundings of a change."""
    folded: list[Segment] = []
    for at, (kind, text) in enumerate(pieces):
        head = _CONTEXT if at else 0
        tail = _CONTEXT if at + 1 < len(pieces) else 0
        if kind != "same" or len(text) <= head + tail + _CONTEXT:
            folded.append((kind, text))
            continue
        begin = text.rfind(" ", 0, head) + 1 or head
        end = text.find(" ", len(text) - tail) if tail else len(text)
        end = end if end > begin else len(text) - tail
        cut: list[Segment] = [("same", text[:begin]), ("more", text[begin:end]), ("same", text[end:])]
        folded += [piece for piece in cut if piece[1]]
    return folded
