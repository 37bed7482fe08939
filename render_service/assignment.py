"""What the worker and its renderer process say to each other, one JSON line each, and the files between them."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from course.models.lesson import Part
from course.models.rendering import Cue, RenderOrder, Stage

VIDEO, CAPTIONS, POSTER = "video.mp4", "captions.vtt", "poster.jpg"
"""The files a finished assignment leaves in its folder."""

Report = Callable[[Stage, float], None]
"""Told what is being done and how much of all work is done, from 0 to 1; never goes back."""


class Production(Part):
    """What was made, besides the three files."""

    duration_seconds: float
    cues: list[Cue]
    speech_characters: int


class Assignment(Part):
    """To the renderer: one film to be made in a folder. Holds a key: not to be logged, nor put on a command line."""

    order: RenderOrder
    folder: Path
    speech_base_url: str
    speech_api_key: str = Field(repr=False)
    log_level: str
    traceparent: str | None


class Progressing(Part):
    """From the renderer: how far it is, from 0 to 1."""

    kind: Literal["progressing"] = "progressing"
    stage: Stage
    progress: float


class Produced(Part):
    """From the renderer, last: the files are there."""

    kind: Literal["produced"] = "produced"
    production: Production


class Failing(Part):
    """From the renderer, last: it cannot be made, or not now, and why in a sentence for a person."""

    kind: Literal["failing"] = "failing"
    sentence: str
    retryable: bool


Message = Progressing | Produced | Failing
message: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="kind")])
