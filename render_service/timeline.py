"""When everything happens: pictures on the 25 Hz grid and cues, both from sample counts, rounded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from course.models.rendering import Cue
from render_service.narration import Span, Voice
from render_service.slides.deck import Picture
from render_service.sound import RATE

FPS: Final = 25
FADE: Final = 10
"""Frames of a crossfade, which begins when its picture's time does."""

_SHORTEST_PAGE = round(1.5 * RATE)


@dataclass(frozen=True)
class Showing:
    """The picture of that index is shown (or faded to) from `start` and gives way at `end`, in frames."""

    picture: int
    start: int
    end: int


@dataclass(frozen=True)
class Timeline:
    """The film's plan."""

    samples: int
    showings: tuple[Showing, ...]
    cues: tuple[Cue, ...]
    slide_starts: tuple[float, ...]

    @property
    def frames(self) -> int:
        """Of the whole film."""
        return self.showings[-1].end

    @property
    def seconds(self) -> float:
        """Of the narration; the pictures' length differs by less than a frame."""
        return self.samples / RATE

    def scene_lengths(self) -> list[int]:
        """Frames of each of `scenes.scenes`: a still, then a crossfade and a still for every other picture."""
        lengths = [self.showings[0].end]
        for showing in self.showings[1:]:
            lengths += [FADE, showing.end - showing.start - FADE]
        return lengths


def plan(voices: Sequence[Voice], pictures: Sequence[Picture]) -> Timeline:
    """Pages of a slide change between sentences where that is near their share of the text."""
    starts, cues, slide_starts = [], [], []
    at = 0
    for slide, voice in enumerate(voices):
        slide_starts.append(at / RATE)
        shares = [picture.share for picture in pictures if picture.slide == slide]
        starts += [at + turn for turn in page_turns(shares, voice.spans, len(voice.samples))]
        cues += [
            Cue(slide=slide, start=(at + span.start) / RATE, end=(at + span.end) / RATE, text=span.text)
            for span in voice.spans
        ]
        at += len(voice.samples)
    frames = [round(start * FPS / RATE) for start in (*starts, at)]
    showings = tuple(Showing(i, frames[i], frames[i + 1]) for i in range(len(starts)))
    return Timeline(at, showings, tuple(cues), tuple(slide_starts))


def page_turns(shares: Sequence[float], spans: Sequence[Span], length: int) -> list[int]:
    """When each page of a slide begins, in samples from the slide's beginning."""
    turns = [0]
    first, last = (spans[0].start, spans[-1].end) if spans else (0, length)
    shown = 0.0
    for place, share in enumerate(shares[:-1], start=1):
        shown += share
        wanted = first + (last - first) * shown
        nearest = min((span.start for span in spans[1:]), key=lambda start: abs(start - wanted), default=wanted)
        turn = nearest if abs(nearest - wanted) < 0.2 * (last - first) else wanted
        latest = length - _SHORTEST_PAGE * (len(shares) - place)
        turns.append(round(min(max(turn, turns[-1] + _SHORTEST_PAGE), latest)))
    return turns
