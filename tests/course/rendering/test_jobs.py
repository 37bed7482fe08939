"""A job is one worker's at a time, ends once, and tells those who wait once."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from course.budget import Budgets, speech_cost
from course.database import Database
from course.errors import Busy
from course.models.rendering import JobState, Stage
from course.prices import Price, Prices
from course.rendering.jobs import AlreadyEnded, RenderJobs
from course.rendering.requests import RenderRequests
from course.tables import UsageRow
from tests.course.rendering.records import Records, film, worker


async def test_two_workers_never_have_one_job(jobs: RenderJobs, job_id: UUID, records: Records) -> None:
    """Of twenty workers that claim at once, one gets the order and the others are told it is busy."""
    claims = [jobs.claim(job_id, worker(), 60) for _ in range(20)]
    results = await asyncio.gather(*claims, return_exceptions=True)
    orders = [result for result in results if not isinstance(result, BaseException)]
    assert len(orders) == 1
    assert sum(isinstance(result, Busy) for result in results) == 19
    assert orders[0].lesson_title == "Lipids"
    assert (await records.job(job_id)).attempt == 1


async def test_expired_lease_is_taken_over_and_the_late_worker_changes_nothing(
    jobs: RenderJobs, job_id: UUID, records: Records
) -> None:
    """A worker that went silent loses the job; whatever it still sends is refused."""
    await jobs.claim(job_id, "slow", 60)
    await records.expire(job_id)
    await jobs.claim(job_id, "quick", 60)
    assert not await jobs.heartbeat(job_id, "slow", 60, Stage.FILM, 0.9)
    assert not await jobs.complete(job_id, "slow", film(), speech_characters=10, render_seconds=1)
    assert not await jobs.fail(job_id, "slow", "It broke.")
    assert not await jobs.release(job_id, "slow", "It broke.")
    row = await records.job(job_id)
    assert (row.state, row.worker, row.progress) == (JobState.RUNNING, "quick", 0.0)
    assert await jobs.complete(job_id, "quick", film(), speech_characters=10, render_seconds=1)
    assert (await records.job(job_id)).state == JobState.DONE


async def test_heartbeat_keeps_the_lease_and_shows_progress(
    jobs: RenderJobs, job_id: UUID, records: Records, requests: RenderRequests, ann: UUID
) -> None:
    """A job whose worker reports in time stays its own, and people see stage and progress."""
    await jobs.claim(job_id, "press", 0.2)
    for done in (0.25, 0.5, 7.0):
        await asyncio.sleep(0.1)
        assert await jobs.heartbeat(job_id, "press", 0.2, Stage.SPEECH, done)
        with pytest.raises(Busy):
            await jobs.claim(job_id, "other", 60)
    seen = await requests.job(ann, job_id)
    assert (seen.state, seen.stage, seen.progress) == (JobState.RUNNING, Stage.SPEECH, 1.0)


async def test_completed_job_tells_each_conversation_once_and_counts_the_money(
    jobs: RenderJobs, job_id: UUID, records: Records, database: Database, ann: UUID
) -> None:
    """Film, usage and one notice come together; a redelivered task finds nothing to do."""
    await jobs.claim(job_id, "press", 60)
    assert await jobs.complete(job_id, "press", film(), speech_characters=2_000_000, render_seconds=12.5)
    assert not await jobs.complete(job_id, "press", film(), speech_characters=2_000_000, render_seconds=12.5)
    with pytest.raises(AlreadyEnded, match="done"):
        await jobs.claim(job_id, "press-2", 60)
    (notice,) = await records.notices()
    row = await records.job(job_id)
    assert (notice.kind, notice.user_id, notice.delivered_at) == ("render_done", ann, None)
    assert notice.payload == {
        "job_id": str(job_id),
        "course_id": str(row.course_id),
        "lesson_id": str(row.lesson_id),
        "lesson_number": "1.1",
        "lesson_title": "Lipids",
        "duration_seconds": 61.5,
        "cost_usd": 30.0,
    }
    async with database.transaction() as session:
        spent = {use.purpose: use for use in await session.scalars(select(UsageRow))}
    assert (spent["speech"].input_units, spent["speech"].cost_usd) == (2_000_000, Decimal(30))
    assert (spent["render"].input_units, spent["render"].cost_usd) == (12_500, Decimal(0))
    assert {use.course_id for use in spent.values()} == {row.course_id}


async def test_everyone_who_waits_is_told(
    jobs: RenderJobs, requests: RenderRequests, job_id: UUID, records: Records, written: UUID, ann: UUID
) -> None:
    """Asking for the same lesson in a second conversation joins the job; each conversation gets its notice."""
    again = await requests.request(ann, written, "1.1", "second-thread")
    twice = await requests.request(ann, written, "1.1", "second-thread")
    assert again.id == twice.id == job_id
    await jobs.claim(job_id, "press", 60)
    await jobs.complete(job_id, "press", film(), speech_characters=1, render_seconds=1)
    assert sorted(notice.thread_id for notice in await records.notices()) == ["second-thread", "thread-of-ann"]


async def test_asking_while_it_finishes_is_answered_once(
    jobs: RenderJobs, requests: RenderRequests, job_id: UUID, records: Records, written: UUID, ann: UUID
) -> None:
    """Conversations that ask at the very moment the film is recorded are each told once: not twice, not never."""
    await jobs.claim(job_id, "press", 60)
    threads = [f"thread-{number}" for number in range(8)]
    asking = [requests.request(ann, written, "1.1", thread) for thread in threads]
    finishing = jobs.complete(job_id, "press", film(), speech_characters=1, render_seconds=1)
    await asyncio.gather(*asking[:4], finishing, *asking[4:])
    assert sorted(notice.thread_id for notice in await records.notices()) == sorted([*threads, "thread-of-ann"])


async def test_trouble_that_passes_is_tried_again_then_given_up(
    jobs: RenderJobs, job_id: UUID, records: Records
) -> None:
    """A released job can be claimed again, as often as attempts are allowed; then it has failed, and says why."""
    outcomes = []
    for number in range(3):
        await jobs.claim(job_id, f"press-{number}", 60)
        outcomes.append(await jobs.release(job_id, f"press-{number}", "The file store is down."))
    assert outcomes == [True, True, False]
    row = await records.job(job_id)
    assert (row.state, row.error) == (JobState.FAILED, "The file store is down.")
    (notice,) = await records.notices()
    assert (notice.kind, notice.payload["sentence"]) == ("render_failed", "The file store is down.")
    with pytest.raises(AlreadyEnded, match="failed"):
        await jobs.claim(job_id, "press-9", 60)


async def test_job_rests_between_attempts(database: Database, job_id: UUID, records: Records) -> None:
    """An outage of minutes must not use up all attempts in seconds: each rest is twice the last."""
    jobs = RenderJobs(database, attempts=9, rest_seconds=100)
    rests = []
    for number in range(3):
        await jobs.claim(job_id, f"press-{number}", 60)
        assert await jobs.release(job_id, f"press-{number}", "The file store is down.")
        with pytest.raises(Busy):
            await jobs.claim(job_id, "eager", 60)
        until = (await records.job(job_id)).lease_until
        assert until is not None
        rests.append((until - datetime.now(UTC)).total_seconds())
        await records.expire(job_id)
    assert rests == pytest.approx([100, 200, 300], abs=5)


async def test_restarts_of_the_press_use_up_no_attempt(jobs: RenderJobs, job_id: UUID, records: Records) -> None:
    """However often the press is deployed meanwhile, the lesson keeps its attempts and is free at once."""
    for number in range(5):
        await jobs.claim(job_id, f"press-{number}", 60)
        assert await jobs.release(job_id, f"press-{number}", "Restarted.", interrupted=True)
    assert (await records.job(job_id)).attempt == 0


async def test_worker_that_dies_every_time_does_not_go_on_for_ever(
    jobs: RenderJobs, job_id: UUID, records: Records
) -> None:
    """A lesson that kills the press is given up after the last attempt, with a notice."""
    for number in range(3):
        await jobs.claim(job_id, f"press-{number}", 60)
        await records.expire(job_id)
    with pytest.raises(AlreadyEnded, match="attempts"):
        await jobs.claim(job_id, "press-9", 60)
    assert (await records.job(job_id)).state == JobState.FAILED
    assert [notice.kind for notice in await records.notices()] == ["render_failed"]


async def test_permanent_failure_ends_the_job(jobs: RenderJobs, job_id: UUID, records: Records) -> None:
    """What cannot be rendered fails at once, with its sentence."""
    await jobs.claim(job_id, "press", 60)
    assert await jobs.fail(job_id, "press", "Slide 2 has a sign no font can draw.")
    row = await records.job(job_id)
    assert (row.state, row.attempt, row.error) == (JobState.FAILED, 1, "Slide 2 has a sign no font can draw.")
    assert len(await records.notices()) == 1


async def test_unknown_job_has_ended(jobs: RenderJobs) -> None:
    """A task of a course that was deleted meanwhile asks for nothing more."""
    with pytest.raises(AlreadyEnded, match="no such"):
        await jobs.claim(uuid4(), "press", 60)


async def test_cancelled_job_stops_its_worker(
    jobs: RenderJobs, requests: RenderRequests, job_id: UUID, records: Records, ann: UUID
) -> None:
    """Once cancelled, the next heartbeat says stop, nothing of the worker is kept, and who cancelled is not told."""
    await jobs.claim(job_id, "press", 60)
    assert (await requests.cancel(ann, job_id)).state is JobState.CANCELLED
    assert not await jobs.heartbeat(job_id, "press", 60, Stage.FILM, 0.5)
    assert not await jobs.complete(job_id, "press", film(), speech_characters=1, render_seconds=1)
    assert (await records.job(job_id)).state == JobState.CANCELLED
    assert await records.notices() == []


async def test_worker_of_a_cancelled_round_cannot_touch_the_next(
    jobs: RenderJobs, requests: RenderRequests, job_id: UUID, records: Records, written: UUID, ann: UUID, thread: str
) -> None:
    """Cancelled and asked for again: the old worker, still winding down, has no say in the new round."""
    await jobs.claim(job_id, "old", 60)
    await requests.cancel(ann, job_id)
    assert (await requests.request(ann, written, "1.1", thread)).state is JobState.QUEUED
    assert not await jobs.release(job_id, "old", "Stopped.")
    await jobs.claim(job_id, "new", 60)
    assert not await jobs.complete(job_id, "old", film(1), speech_characters=1, render_seconds=1)
    assert await jobs.complete(job_id, "new", film(2), speech_characters=1, render_seconds=1)
    assert (await requests.job(ann, job_id)).film == film(2)
    assert len(await records.notices()) == 1


async def test_what_was_spoken_in_vain_is_counted(
    jobs: RenderJobs, job_id: UUID, records: Records, database: Database
) -> None:
    """An attempt that ends half-way through its speech has cost half of it, and one that ended before nothing."""
    await jobs.claim(job_id, "first", 60)
    await jobs.release(job_id, "first", "The voice went away.")
    await jobs.claim(job_id, "second", 60)
    await jobs.heartbeat(job_id, "second", 60, Stage.SPEECH, 0.4)
    await jobs.fail(job_id, "second", "The voice is gone.")
    async with database.transaction() as session:
        (use,) = await session.scalars(select(UsageRow))
    whole = sum(len(slide["narration"]) for slide in (await records.job(job_id)).order["slides"])
    assert (use.purpose, use.input_units) == ("speech", round(whole / 2))


async def test_a_try_the_budget_cannot_pay_is_the_last(
    requests: RenderRequests, job_id: UUID, database: Database, written: UUID, ann: UUID
) -> None:
    """When what was spoken in vain leaves too little for another try, the job fails and says so."""
    dear = Prices(date(2026, 11, 22), {"tts-1": Price(input=Decimal(20_000)), "press": Price(input=Decimal(0))})
    jobs = RenderJobs(database, attempts=3, rest_seconds=0.0, prices=dear)
    await Budgets(database).set(ann, written, Decimal(3))
    order = await jobs.claim(job_id, "first", 60)
    assert Decimal("1.5") < (speech_cost(order, dear) or 0) < Decimal(3)
    assert await jobs.release(job_id, "first", "The voice is away.")
    await jobs.claim(job_id, "second", 60)
    await jobs.heartbeat(job_id, "second", 60, Stage.FILM, 0.9)
    assert not await jobs.release(job_id, "second", "The store is away.")
    job = await requests.job(ann, job_id)
    assert job.state is JobState.FAILED
    assert job.error == (
        "The store is away. Another try would pass the budget of this course: raise it, then ask for the video again."
    )
