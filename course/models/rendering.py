"""A render: the order for one lesson's video, how far it is, and what came of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from course.models.lesson import Part, SpokenSlide


class JobState(StrEnum):
    """A render job's life: queued → running → done, failed or cancelled; a failed one may be queued again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """What a running job is doing."""

    WAITING = "waiting"
    SPEECH = "speech"
    PICTURES = "pictures"
    FILM = "film"
    UPLOAD = "upload"
    FINISHED = "finished"


class RenderOrder(Part):
    """All the press needs to know: the same order gives the same video.

    Its canonical JSON, hashed, is the job's key; so it holds content and no times, places or names of people.
    """

    course_title: str
    module_title: str
    lesson_number: str
    lesson_title: str
    language: str
    slides: list[SpokenSlide]
    speech_model: str
    voice: str
    width: int = 1280
    height: int = 720


class Cue(Part):
    """A sentence as spoken: when, in seconds from the film's start, and over which slide (index from 0)."""

    slide: int
    start: float
    end: float
    text: str


class Film(Part):
    """A stored video: object names and generations in the bucket, never URLs."""

    video: str
    video_generation: int
    captions: str
    poster: str
    duration_seconds: float
    size_bytes: int
    cues: list[Cue]


class Estimate(Part):
    """What a render will take, before it is asked for. `cost_usd` is null when the voice's price is not known."""

    lesson_number: str
    lesson_title: str
    video_minutes: float
    speech_characters: int
    cost_usd: float | None
    wait_seconds: float
    already_rendered: bool


class RenderJob(Part):
    """A job as people see it. `progress` runs from 0 to 1."""

    id: UUID
    course_id: UUID
    lesson_id: UUID
    lesson_number: str
    lesson_title: str
    state: JobState
    stage: Stage
    progress: float
    attempt: int
    error: str | None
    film: Film | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
