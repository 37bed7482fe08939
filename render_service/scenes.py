"""The film as MoviePy clips: every page a still, every change a crossfade that is sampled frame by frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from moviepy import ImageClip, VideoClip
from PIL import Image

from render_service.picture_codec import Pixels
from render_service.timeline import FADE, FPS


@dataclass(frozen=True)
class Scene:
    """A stretch of the film: a picture standing still, or, with `before`, the crossfade to it."""

    picture: Image.Image
    before: Image.Image | None = None

    @property
    def still(self) -> bool:
        """Whether one picture says all, so that the scene may last as long as it needs to."""
        return self.before is None

    def clip(self) -> VideoClip:
        """As MoviePy shows it; made when asked for, since it holds its pictures once more."""
        if self.before is None:
            return ImageClip(np.asarray(self.picture), duration=1 / FPS)
        return crossfade(self.before, self.picture)

    def pictures(self) -> Iterator[Pixels]:
        """The distinct pictures in order, one at a time."""
        clip = self.clip()
        for frame in range(round(clip.duration * FPS)):
            yield clip.get_frame(frame / FPS)


def scenes(images: Sequence[Image.Image]) -> list[Scene]:
    """The first still; then, for each picture after it, the crossfade to it and its still."""
    found = [Scene(images[0])]
    for before, image in pairwise(images):
        found += [Scene(image, before), Scene(image)]
    return found


def crossfade(before: Image.Image, after: Image.Image) -> VideoClip:
    """One picture dissolving into another in `FADE` frames, eased at both ends; neither is shown pure."""

    def frame_at(seconds: float) -> Pixels:
        x = (seconds * FPS + 1) / (FADE + 1)
        return np.asarray(Image.blend(before, after, x * x * (3 - 2 * x)))

    return VideoClip(frame_function=frame_at, duration=FADE / FPS)
