"""A slide's narration as sound: sentence after sentence with its pauses, and when each is heard."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

import numpy as np

from course.errors import Invalid
from course.models.lesson import SpokenSlide
from render_service.sentences import Sentence, sentences
from render_service.sound import RATE, Samples
from render_service.speech import Speaker

FRAME = 1024
"""Samples of one AAC frame. A slide's sound is a whole number of them, silent in the first and the last:
so slides encoded apart join as if encoded in one piece."""

_LEAD = 0.45
_PAUSE = 0.34
_LONG_PAUSE = 0.65
_TRAIL = 0.5
_LAST_TRAIL = 1.3
_LEAST = 3.0
"""Seconds a page is shown, at least; also how long one without narration is."""


@dataclass(frozen=True)
class Span:
    """A sentence heard from `start` to `end`, in samples from the slide's beginning."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Voice:
    """A slide's sound and its sentences in it."""

    samples: Samples
    spans: tuple[Span, ...]


async def narrate(
    slides: Sequence[SpokenSlide], pages: Sequence[int], speaker: Speaker, heard: Callable[[int], None]
) -> AsyncIterator[Voice]:
    """Each slide's voice in order, as soon as it is there; `pages` says how many pictures each slide has.

    `heard` is told the characters of each sentence as it arrives. Raises what `Speaker.say` raises, and
    `Invalid` if there is nothing to say at all.
    """
    scripts = [sentences(slide.narration) for slide in slides]
    if not any(scripts):
        raise Invalid(
            "This lesson has no narration, so there is nothing to make a video of. Write its narration first."
        )

    async def say(sentence: Sentence) -> Samples:
        samples = await speaker.say(sentence.text)
        heard(len(sentence.text))
        return samples

    waiting = [[asyncio.create_task(say(sentence)) for sentence in script] for script in scripts]
    try:
        for place, (script, tasks) in enumerate(zip(scripts, waiting, strict=True)):
            spoken = await asyncio.gather(*tasks)
            yield assemble(script, spoken, least=_LEAST * pages[place], last=place == len(slides) - 1)
    finally:
        every = [task for tasks in waiting for task in tasks]
        for task in every:
            task.cancel()
        await asyncio.gather(*every, return_exceptions=True)


def assemble(script: Sequence[Sentence], spoken: Sequence[Samples], *, least: float, last: bool) -> Voice:
    """The sentences one after the other, lasting at least so many seconds; the lesson's last slide rings out longer."""
    parts: list[Samples] = [_silence(_LEAD)]
    spans: list[Span] = []
    at = len(parts[0])
    for sentence, samples in zip(script, spoken, strict=True):
        spans.append(Span(sentence.text, at, at + len(samples)))
        pause = _silence(_LONG_PAUSE if sentence.closes else _PAUSE)
        parts += [samples, pause]
        at += len(samples) + len(pause)
    end = spans[-1].end if spans else at
    length = max(end + round((_LAST_TRAIL if last else _TRAIL) * RATE), round(least * RATE))
    whole = np.zeros(-(-length // FRAME) * FRAME, np.int16)
    joined = np.concatenate(parts)[: len(whole)]
    whole[: len(joined)] = joined
    return Voice(whole, tuple(spans))


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.int16)
