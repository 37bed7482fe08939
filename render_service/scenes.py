"""The film as MoviePy clips: every page a still, every change a crossfade that is sampled frame by frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from moviepy import ImageClip, VideoClip
from PIL import Image

from render_service.picture_codec import Pixels
from render_service.timeline import FADE, FPS


@dataclass(frozen=True)
class Scene:
    """A stretch of the film; of a still clip one picture says all, so it may last as long as it needs to."""

    clip: VideoClip
    still: bool

    def pictures(self) -> list[Pixels]:
        """The distinct pictures in order."""
        if self.still:
            return [self.clip.get_frame(0)]
        return [self.clip.get_frame(i / FPS) for i in range(round(self.clip.duration * FPS))]


def scenes(images: Sequence[Image.Image]) -> list[Scene]:
    """The first still; then, for each picture after it, the crossfade to it and its still."""
    found: list[Scene] = []
    for place, image in enumerate(images):
        if place:
            found.append(Scene(crossfade(images[place - 1], image), still=False))
        found.append(Scene(ImageClip(np.asarray(image), duration=1 / FPS), still=True))
    return found


def crossfade(before: Image.Image, after: Image.Image) -> VideoClip:
    """One picture dissolving into another in `FADE` frames, eased at both ends; neither is shown pure."""

    def frame_at(seconds: float) -> Pixels:
        x = (seconds * FPS + 1) / (FADE + 1)
        return np.asarray(Image.blend(before, after, x * x * (3 - 2 * x)))

    return VideoClip(frame_function=frame_at, duration=FADE / FPS)
