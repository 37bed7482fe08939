"""Voices made of sums of sines: no speech server is needed to test what is done with speech."""

import numpy as np
from numpy.typing import NDArray

from render_service.narration import Voice, assemble
from render_service.sentences import sentences
from render_service.sound import RATE, Samples


def hum(seconds: float, rate: int, pitch: float = 160.0) -> NDArray[np.float64]:
    """Something like a vowel with syllables."""
    time = np.arange(int(seconds * rate)) / rate
    tone = sum(np.sin(2 * np.pi * pitch * n * time) / n for n in range(1, 6))
    syllables: NDArray[np.float64] = tone * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)) * 0.2
    return syllables


def spoken(seconds: float, pitch: float = 160.0) -> Samples:
    """A hummed sentence as the voice gives it."""
    samples: Samples = np.round(hum(seconds, RATE, pitch) * 32767).astype(np.int16)
    return samples


def voice(narration: str, *, least: float = 3.0, last: bool = False, pitch: float = 160.0) -> Voice:
    """A slide's voice: each sentence hummed for 0.06 s a character."""
    script = sentences(narration)
    return assemble(script, [spoken(0.06 * len(s.text), pitch) for s in script], least=least, last=last)
