"""Asking for videos: the same lesson once, only by those who may, with a sentence for every mistake."""

import asyncio
from uuid import UUID, uuid4

import pytest

from course.database import Database
from course.errors import Invalid, NotFound
from course.lessons import Lessons
from course.logs import continue_trace
from course.models.rendering import JobState
from course.outline import load_outline
from course.publishing import Publishing
from course.rendering.jobs import RenderJobs
from course.rendering.requests import RenderRequests
from course.tables import EnrollmentRow, MemberRow, ThreadRow
from tests.course.rendering.records import Records, film, worker
from tests.fixtures.course import lesson_draft


async def _finish(jobs: RenderJobs, job_id: UUID, seconds: float = 61.5) -> None:
    name = worker()
    await jobs.claim(job_id, name, 60)
    assert await jobs.complete(job_id, name, film(seconds), speech_characters=1, render_seconds=1)


async def _rewrite(database: Database, lessons: Lessons, ann: UUID, course_id: UUID, words: str) -> None:
    async with database.transaction() as session:
        first = (await load_outline(session, course_id)).lessons[0]
    await lessons.write(ann, course_id, first.id, lesson_draft("Lipids", narration=words), "Rewrote lesson 1.1")


async def test_asking_many_times_at_once_makes_one_job_and_one_task(
    requests: RenderRequests, records: Records, written: UUID, ann: UUID, thread: str
) -> None:
    """Impatient clicks are one job with one task, under the trace of the chat."""
    with continue_trace(None) as trace:
        asked = await asyncio.gather(*(requests.request(ann, written, " 1.1 ", thread) for _ in range(10)))
    assert len({job.id for job in asked}) == 1
    assert asked[0].state is JobState.QUEUED
    (task,) = await records.tasks()
    assert (task.job_id, task.sent_at) == (asked[0].id, None)
    assert (await records.job(asked[0].id)).traceparent == trace


async def test_a_changed_lesson_is_another_video(
    requests: RenderRequests, database: Database, lessons: Lessons, job_id: UUID, written: UUID, ann: UUID, thread: str
) -> None:
    """New words make a new job; taking them back finds the old one."""
    await _rewrite(database, lessons, ann, written, "A membrane is a double layer.")
    assert (await requests.request(ann, written, "1.1", thread)).id != job_id
    async with database.transaction() as session:
        first = (await load_outline(session, written)).lessons[0]
    await lessons.write(ann, written, first.id, lesson_draft("Lipids", "Membranes"), "As before")
    assert (await requests.request(ann, written, "1.1", thread)).id == job_id
    assert len(await requests.jobs(ann, written)) == 2


async def test_a_finished_video_is_told_at_once(
    requests: RenderRequests, jobs: RenderJobs, records: Records, job_id: UUID, written: UUID, ann: UUID, thread: str
) -> None:
    """Asking again for what is there renders nothing and gives the conversation its notice."""
    await _finish(jobs, job_id)
    again = await requests.request(ann, written, "1.1", thread)
    assert (again.id, again.state, again.film) == (job_id, JobState.DONE, film())
    kinds = [(notice.kind, notice.payload["duration_seconds"]) for notice in await records.notices()]
    assert kinds == [("render_done", 61.5)] * 2
    assert len(await records.tasks()) == 1


async def test_a_failed_video_is_tried_again_when_asked(
    requests: RenderRequests, jobs: RenderJobs, records: Records, job_id: UUID, written: UUID, ann: UUID, thread: str
) -> None:
    """After a failure the same request starts a new round: a task of another name, all attempts again."""
    await jobs.claim(job_id, "press", 60)
    await jobs.fail(job_id, "press", "The voice is silent.")
    again = await requests.request(ann, written, "1.1", thread)
    assert (again.id, again.state, again.attempt, again.error) == (job_id, JobState.QUEUED, 0, None)
    first, second = await records.tasks()
    assert first.task_name != second.task_name
    await _finish(jobs, job_id)
    assert [notice.kind for notice in await records.notices()] == ["render_failed", "render_done"]


@pytest.mark.parametrize("number", ["9.9", "", "one", "1.1.1", "x" * 500])
async def test_unknown_lesson_is_told_which_there_are(
    requests: RenderRequests, written: UUID, ann: UUID, thread: str, number: str
) -> None:
    """A number that is none names the lessons that exist."""
    with pytest.raises(NotFound, match=r"This course has 1\.1, 1\.2, 2\.1") as caught:
        await requests.request(ann, written, number, thread)
    assert len(caught.value.sentence) < 120


async def test_empty_lesson_is_refused_with_what_to_do(
    requests: RenderRequests,
    records: Records,
    database: Database,
    lessons: Lessons,
    written: UUID,
    ann: UUID,
    thread: str,
) -> None:
    """A lesson that is only planned, or has nothing to say, is no job but a sentence."""
    with pytest.raises(Invalid, match=r"Proteins.* is not written yet"):
        await requests.request(ann, written, "1.2", thread)
    async with database.transaction() as session:
        lesson = (await load_outline(session, written)).lessons[1]
    silent = lesson_draft("Proteins").model_dump()
    silent["slides"][0]["narration"] = ""
    await lessons.write(ann, written, lesson.id, type(lesson_draft("x")).model_validate(silent), "Silent")
    with pytest.raises(Invalid, match="has words to speak"):
        await requests.estimate(ann, written, "1.2")
    assert await records.tasks() == []


async def test_others_see_and_do_nothing(
    requests: RenderRequests,
    jobs: RenderJobs,
    database: Database,
    job_id: UUID,
    written: UUID,
    ann: UUID,
    eve: UUID,
    lee: UUID,
    thread: str,
) -> None:
    """Someone else's course, job, film and conversation do not exist for another person."""
    for stranger in (eve, lee):
        with pytest.raises(NotFound):
            await requests.request(stranger, written, "1.1", "own-thread")
        with pytest.raises(NotFound):
            await requests.estimate(stranger, written, "1.1")
        for look in (requests.job, requests.cancel, requests.film):
            with pytest.raises(NotFound) as caught:
                await look(stranger, job_id)
            with pytest.raises(NotFound) as unknown:
                await look(stranger, uuid4())
            assert caught.value.sentence == unknown.value.sentence
    async with database.transaction() as session:
        session.add(ThreadRow(id="eves", user_id=eve, name="Eve", details={}))
    with pytest.raises(NotFound, match="conversation"):
        await requests.request(ann, written, "1.1", "eves")
    await _finish(jobs, job_id)
    with pytest.raises(NotFound):
        await requests.film(eve, job_id)


async def test_learner_watches_the_published_film_only(
    requests: RenderRequests,
    jobs: RenderJobs,
    database: Database,
    lessons: Lessons,
    job_id: UUID,
    written: UUID,
    ann: UUID,
    lee: UUID,
    thread: str,
) -> None:
    """An enrolled learner sees the film of the edition, not one of a draft made after it."""
    await _finish(jobs, job_id)
    await Publishing(database).publish(ann, written)
    with pytest.raises(NotFound):
        await requests.film(lee, job_id)
    async with database.transaction() as session:
        session.add(EnrollmentRow(course_id=written, user_id=lee))
    assert (await requests.film(lee, job_id)).film == film()
    await _rewrite(database, lessons, ann, written, "Words no learner has seen.")
    draft = await requests.request(ann, written, "1.1", thread)
    await _finish(jobs, draft.id)
    assert (await requests.film(ann, draft.id)).film == film()
    with pytest.raises(NotFound):
        await requests.film(lee, draft.id)
    assert [job.id for job in (await requests.films(lee, written)).values()] == [job_id]
    await Publishing(database).publish(ann, written)
    assert [job.id for job in (await requests.films(lee, written)).values()] == [draft.id]


async def test_film_of_unchanged_words_is_the_learners_too(
    requests: RenderRequests,
    jobs: RenderJobs,
    database: Database,
    lessons: Lessons,
    written: UUID,
    ann: UUID,
    lee: UUID,
    thread: str,
) -> None:
    """Rendered after publishing, and after another lesson changed: the words are the edition's, so it is shown."""
    await Publishing(database).publish(ann, written)
    async with database.transaction() as session:
        session.add(EnrollmentRow(course_id=written, user_id=lee))
        second = (await load_outline(session, written)).lessons[1]
    await lessons.write(ann, written, second.id, lesson_draft("Proteins"), "Wrote lesson 1.2")
    job = await requests.request(ann, written, "1.1", thread)
    await _finish(jobs, job.id)
    assert (await requests.film(lee, job.id)).id == job.id


async def test_unfinished_film_is_nobodys(requests: RenderRequests, job_id: UUID, ann: UUID) -> None:
    """There is nothing to watch before the job is done."""
    with pytest.raises(NotFound):
        await requests.film(ann, job_id)


async def test_estimate_learns_from_what_was_rendered(
    requests: RenderRequests, jobs: RenderJobs, records: Records, written: UUID, ann: UUID, thread: str
) -> None:
    """Minutes follow the voice's measured pace, the price the characters, and what is there costs no more."""
    before = await requests.estimate(ann, written, "1.1")
    assert (before.lesson_title, before.already_rendered) == ("Lipids", False)
    spoken = "Lipids. A cell is the smallest unit of life.Membranes. A cell is the smallest unit of life."
    assert before.speech_characters == len(spoken)
    assert before.cost_usd == pytest.approx(len(spoken) * 15 / 1e6, abs=1e-4)
    assert before.video_minutes == pytest.approx(18 / 150, abs=0.01)
    job = await requests.request(ann, written, "1.1", thread)
    behind = await requests.estimate(ann, written, "1.1")
    assert behind.wait_seconds > before.wait_seconds
    await _finish(jobs, job.id, seconds=60)
    after = await requests.estimate(ann, written, "1.1")
    assert (after.already_rendered, after.cost_usd, after.wait_seconds) == (True, 0.0, 0.0)
    assert after.video_minutes == pytest.approx(1.0, abs=0.01)


async def test_cancelling_tells_the_others_who_wait(
    requests: RenderRequests,
    records: Records,
    database: Database,
    job_id: UUID,
    written: UUID,
    ann: UUID,
    eve: UUID,
) -> None:
    """A co-author who waits for the same video hears that it will not come; cancelling twice is harmless."""

    async with database.transaction() as session:
        session.add(MemberRow(course_id=written, user_id=eve))
    await requests.request(eve, written, "1.1", "eves-thread")
    assert (await requests.cancel(ann, job_id)).state is JobState.CANCELLED
    assert (await requests.cancel(ann, job_id)).state is JobState.CANCELLED
    assert [(notice.kind, notice.thread_id) for notice in await records.notices()] == [
        ("render_cancelled", "eves-thread"),
    ]
