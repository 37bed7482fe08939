"""Captions as WebVTT: at most two lines of 42 characters, timed by the sentences' own sound."""

import html
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.models.rendering import Cue

LINE = 42
LINES = 2

_LINGER = 0.6
"""Seconds a caption may stay after its words, if no other comes."""


@dataclass(frozen=True)
class Caption:
    """What is on the screen from `start` to `end`, in seconds."""

    start: float
    end: float
    lines: tuple[str, ...]


def captions(cues: Sequence[Cue]) -> list[Caption]:
    """The cues cut into captions; a sentence's time is divided by the characters of its parts."""
    cut = [caption for cue in cues for caption in _cut(cue)]
    return [_lingering(caption, following) for caption, following in zip(cut, [*cut[1:], None], strict=True)]


def web_vtt(cues: Sequence[Cue], language: str) -> str:
    """The captions as a WebVTT file."""
    blocks = [f"WEBVTT\nKind: captions\nLanguage: {language}"]
    for number, caption in enumerate(captions(cues), start=1):
        text = html.escape("\n".join(caption.lines), quote=False)
        blocks.append(f"{number}\n{_stamp(caption.start)} --> {_stamp(caption.end)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def _cut(cue: Cue) -> Iterable[Caption]:
    pieces = _pieces(cue.text)
    total = sum(len(piece) for piece in pieces)
    start, said = cue.start, 0
    for piece in pieces:
        said += len(piece)
        end = cue.start + (cue.end - cue.start) * said / total
        yield Caption(start, end, tuple(_lines(piece)))
        start = end


def _pieces(text: str) -> list[str]:
    """The text in as few captions as will do, of about equal length, preferably cut after a comma."""
    if len(_lines(text)) <= LINES:
        return [text]
    count = -(-len(text) // (LINE * LINES))
    words = text.split()
    ends = _ends(words)
    wanted = len(text) / count
    fitting = [i for i in range(1, len(words)) if len(_lines(" ".join(words[:i]))) <= LINES] or [0]
    if fitting == [0]:
        return [text[: LINE * LINES], *_pieces(text[LINE * LINES :])]
    best = min(fitting, key=lambda i: abs(ends[i - 1] - wanted) - (12 if words[i - 1][-1] in ",;:–—" else 0))
    return [" ".join(words[:best]), *_pieces(" ".join(words[best:]))]


def _ends(words: Sequence[str]) -> list[int]:
    ends, at = [], 0
    for word in words:
        at += len(word) + 1
        ends.append(at)
    return ends


def _lines(text: str) -> list[str]:
    """Wrapped, the two lines about equally long."""
    lines = textwrap.wrap(text, LINE)
    for width in range(len(text) // 2, LINE) if len(lines) == LINES else ():
        even = textwrap.wrap(text, max(width, 1), break_long_words=False)
        if len(even) == LINES and max(map(len, even)) <= LINE:
            return even
    return lines


def _lingering(caption: Caption, following: Caption | None) -> Caption:
    latest = caption.end + _LINGER
    return Caption(caption.start, min(latest, following.start) if following else latest, caption.lines)


def _stamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
