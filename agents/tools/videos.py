"""Tools that render lessons: the estimate first, then, after a yes, the video."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from agents.events import RenderOffered, RenderStarted
from agents.tools import targets
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.rendering import Estimate, JobState, RenderJob
from course.money import dollars

_LessonName = Annotated[str, Field(description="like “1.2”, or its title")]


@tool("Estimating the video of lesson {lesson}")
async def estimate_render(turn: Turn, lesson: _LessonName) -> str:
    """Find out what making the video of a lesson takes: minutes of video, cost, waiting time. Always before rendering.

    The person is shown the estimate with a button to say yes.
    """
    line = targets.lesson(turn.outline, lesson)
    estimate = await _estimate(turn, line.id)
    turn.offers.now.add(str(line.id))
    turn.emit(RenderOffered(turn.outline.id, estimate))
    return f"{_described(estimate)} Ask the person whether to make it."


@tool("Starting the video of lesson {lesson}")
async def render_lesson(turn: Turn, lesson: _LessonName) -> str:
    """Start making the video of a lesson. Only after the person was shown its estimate and then said yes."""
    line = targets.lesson(turn.outline, lesson)
    estimate = await _estimate(turn, line.id)
    if str(line.id) not in turn.offers.before and not estimate.already_rendered:
        if str(line.id) in turn.offers.now:
            raise Invalid("The estimate was shown just now. End your reply by asking; the person's yes comes next.")
        raise Invalid("The person has not seen what it costs yet. Call estimate_render first, and ask.")
    job = await turn.cases.renders.request(turn.actor, turn.outline.id, estimate.lesson_number, turn.thread_id)
    turn.emit(RenderStarted(turn.outline.id, job.id))
    if job.state is JobState.DONE:
        return f"The video of lesson {job.lesson_number}, “{job.lesson_title}”, is made already: it is shown below."
    return (
        f"The video of lesson {job.lesson_number}, “{job.lesson_title}”, is being made. It takes about "
        f"{_duration(estimate.wait_seconds)} and appears in this conversation by itself."
    )


@tool("Looking how the videos are coming along")
async def render_status(turn: Turn) -> str:
    """Say how far the videos of this course are: waiting, being made, finished or failed."""
    jobs = await turn.cases.renders.jobs(turn.actor, turn.outline.id)
    latest: dict[UUID, RenderJob] = {}
    for job in jobs:
        latest.setdefault(job.lesson_id, job)
    if not latest:
        return "No video of this course was asked for yet."
    return "\n".join(_status(job) for job in sorted(latest.values(), key=lambda one: one.lesson_number))


async def _estimate(turn: Turn, lesson_id: UUID) -> Estimate:
    # Its number now: someone may have moved it since the outline was read.
    lesson = await turn.cases.authoring.lesson(turn.actor, turn.outline.id, lesson_id)
    return await turn.cases.renders.estimate(turn.actor, turn.outline.id, lesson.number)


def _described(estimate: Estimate) -> str:
    name = f"Lesson {estimate.lesson_number}, “{estimate.lesson_title}”"
    if estimate.already_rendered:
        return f"{name}: the video is made already; watching it costs nothing."
    cost = "an amount not known (its voice has no price here)"
    if estimate.cost_usd is not None:
        cost = f"about {dollars(estimate.cost_usd)}" if estimate.cost_usd else "nothing"
    return (
        f"{name}: about {_duration(estimate.video_minutes * 60)} of video, {estimate.speech_characters:,} characters "
        f"of speech, costs {cost}, ready in about {_duration(estimate.wait_seconds)}."
    )


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes"


def _status(job: RenderJob) -> str:
    name = f"Lesson {job.lesson_number}, “{job.lesson_title}”"
    match job.state:
        case JobState.QUEUED:
            return f"{name}: waiting for its turn."
        case JobState.RUNNING:
            return f"{name}: being made, {job.stage.value}, {round(job.progress * 100)} %."
        case JobState.DONE:
            return f"{name}: finished."
        case JobState.CANCELLED:
            return f"{name}: cancelled."
        case JobState.FAILED:
            return f"{name}: failed. {job.error or ''}".strip()
