"""The film as MoviePy clips: every page a still, every change a crossfade that is sampled frame by frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from moviepy import ImageClip, VideoClip
from PIL import Image

from render_service.picture_codec import Pixels
from render_service.timeline import FADE, FPS, Timeline


@dataclass(frozen=True)
class Scene:
    """A stretch of the film; of a still clip one picture says all."""

    clip: VideoClip
    frames: int
    still: bool

    def pictures(self) -> list[Pixels]:
        """The distinct pictures in order."""
        return [self.clip.get_frame(0)] if self.still else [self.clip.get_frame(i / FPS) for i in range(self.frames)]


def compose(timeline: Timeline, images: Sequence[Image.Image]) -> list[Scene]:
    """The scenes in order; their frames add up to the timeline's."""
    scenes: list[Scene] = []
    before: Image.Image | None = None
    for showing in timeline.showings:
        image, length = images[showing.picture], showing.end - showing.start
        if before is not None:
            fading = min(FADE, length - 1)
            scenes.append(Scene(crossfade(before, image, fading), fading, still=False))
            length -= fading
        scenes.append(Scene(_still(image, length), length, still=True))
        before = image
    return scenes


def crossfade(before: Image.Image, after: Image.Image, frames: int) -> VideoClip:
    """One picture dissolving into another, eased at both ends; neither is shown pure."""

    def frame_at(seconds: float) -> Pixels:
        x = (seconds * FPS + 1) / (frames + 1)
        return np.asarray(Image.blend(before, after, x * x * (3 - 2 * x)))

    return VideoClip(frame_function=frame_at, duration=frames / FPS)


def _still(image: Image.Image, frames: int) -> VideoClip:
    return ImageClip(np.asarray(image), duration=frames / FPS)
