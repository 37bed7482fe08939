"""A course and its lessons as the panel beside the conversation reads them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from course.drafts import DraftFailure
from course.handwork import LessonPage
from course.models.lesson import Lesson
from course.models.outline import Course, LessonLine, Outline
from course.models.rendering import JobState, RenderJob

_UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


def latest_by_lesson(jobs: list[RenderJob]) -> dict[UUID, RenderJob]:
    """Of each lesson the job to show: one under way, else the last film, else what failed last."""
    chosen: dict[UUID, RenderJob] = {}
    for job in jobs:
        known = chosen.get(job.lesson_id)
        if known is None or (_weight(job) > _weight(known)):
            chosen[job.lesson_id] = job
    return chosen


def _weight(job: RenderJob) -> int:
    if job.state in _UNDER_WAY:
        return 3
    return {JobState.DONE: 2, JobState.FAILED: 1}.get(job.state, 0)


def outline_json(
    course: Outline | Course,
    jobs: Mapping[UUID, RenderJob],
    *,
    editable: bool,
    failures: Mapping[UUID, DraftFailure] | None = None,
    stale: Mapping[UUID, str] | None = None,
) -> dict[str, Any]:
    """The outline with each lesson's state, why one could not be written, and why one is stale.

    `editable` offers what only editors may do.
    """
    failed, outdated = failures or {}, stale or {}
    return {
        "id": str(course.id),
        "title": course.title,
        "summary": course.summary,
        "audience": course.audience,
        "revision": course.revision,
        "publishedRevision": course.published_revision,
        "editable": editable,
        "minutes": sum(lesson.minutes for lesson in course.lessons),
        "modules": [
            {
                "id": str(module.id),
                "number": module.number,
                "title": module.title,
                "lessons": [
                    _lesson_line(lesson, jobs.get(lesson.id), failed.get(lesson.id))
                    | {"stale": outdated.get(lesson.id)}
                    for lesson in module.lessons
                ],
            }
            for module in course.modules
        ],
    }


def _lesson_line(lesson: Lesson | LessonLine, job: RenderJob | None, failure: DraftFailure | None) -> dict[str, Any]:
    slides = len(lesson.slides) if isinstance(lesson, Lesson) else lesson.slides
    return {
        "id": str(lesson.id),
        "number": lesson.number,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "objectives": list(lesson.objectives),
        "slides": slides,
        "quiz": len(lesson.quiz) if isinstance(lesson, Lesson) else lesson.quiz,
        "state": _state(slides, job),
        "render": job_json(job) if job else None,
        "failure": failure.reason if failure else None,
    }


def _state(slides: int, job: RenderJob | None) -> str:
    if job and job.state in _UNDER_WAY:
        return "rendering"
    if job and job.state is JobState.DONE:
        return "rendered"
    return "drafted" if slides else "planned"


def lesson_json(lesson: Lesson, job: RenderJob | None, *, editable: bool) -> dict[str, Any]:
    """A lesson whole: slides with what is said and what they rest on, the quiz, the film."""
    return lesson.model_dump(mode="json") | {"render": job_json(job) if job else None, "editable": editable}


def editing_json(page: LessonPage) -> dict[str, Any]:
    """What an edit of the lesson must say: the revision of the course it was made on, and which objective is meant."""
    return {"courseRevision": page.revision, "objectiveIds": [str(one) for one in page.objectives]}


def job_json(job: RenderJob) -> dict[str, Any]:
    """A render as its card shows it; never where its files are."""
    return {
        "id": str(job.id),
        "courseId": str(job.course_id),
        "lessonId": str(job.lesson_id),
        "lessonNumber": job.lesson_number,
        "lessonTitle": job.lesson_title,
        "state": job.state.value,
        "stage": job.stage.value,
        "progress": round(job.progress, 3),
        "error": job.error,
        "seconds": job.film.duration_seconds if job.film else None,
        "bytes": job.film.size_bytes if job.film else None,
        "slides": _slide_starts(job),
    }


def _slide_starts(job: RenderJob) -> list[float]:
    """When each slide's words begin, in seconds: where a citation opens the film. A silent slide: the one before."""
    cues = job.film.cues if job.film else []
    starts: list[float] = []
    for slide in range(max((cue.slide for cue in cues), default=-1) + 1):
        first = min((cue.start for cue in cues if cue.slide == slide), default=None)
        starts.append(round(first, 2) if first is not None else (starts[-1] if starts else 0.0))
    return starts
