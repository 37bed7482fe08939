"""One render job, on a real database, store and voice."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import httpx
import psutil
import pytest
from sqlalchemy import update

from course.database import Database
from course.errors import Busy, StorageUnavailable, Unavailable
from course.models.rendering import Film, JobState, Stage
from course.rendering.jobs import RenderJobs
from course.storage import Storage
from course.tables import RenderJobRow
from local_cloud.identity.authority import Authority
from local_cloud.ports import free_port
from local_cloud.storage import Storage as StorageServer
from render_service import job
from render_service.job import Press, PressSettings
from render_service.shelf import FilmShelf
from tests.render_service.conftest import Desk, SpeechServer, short_order

LONG = "The cell is a small room with a wall, and much goes on in it at any time. " * 40


def _objects(storage_server: StorageServer, bucket: str) -> list[str]:
    listed = httpx.get(f"{storage_server.endpoint}/storage/v1/b/{bucket}/o").json()
    return sorted(item["name"] for item in listed.get("items", []))


def _renderers() -> list[psutil.Process]:
    """This process's renderer processes."""
    children = psutil.Process().children()
    return [child for child in children if "render_service.renderer" in " ".join(child.cmdline())]


def _is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


async def _reaches(desk: Desk, job_id: UUID, stage: Stage, task: asyncio.Task[None]) -> None:
    while (await desk.look(job_id)).stage != stage:
        assert not task.done()
        await asyncio.sleep(0.05)


@asynccontextmanager
async def _rendering(press: Press, desk: Desk, job_id: UUID) -> AsyncIterator[asyncio.Task[None]]:
    """The job under way, its voice speaking."""
    task = asyncio.create_task(press.render(job_id))
    try:
        await _reaches(desk, job_id, Stage.SPEECH, task)
        yield task
    finally:
        await press.stop()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_job_becomes_a_film(press: Press, desk: Desk, object_store: Storage, tmp_path: Path) -> None:
    """The row is done, the three files are in the store and fit each other, and nothing is left on the disk."""
    job_id = await desk.put()
    await press.render(job_id)

    row = await desk.look(job_id)
    assert (row.state, row.stage, row.progress, row.error) == (JobState.DONE, Stage.FINISHED, 1.0, None)
    film = Film.model_validate(row.film)
    assert [cue.text for cue in film.cues] == ["Cells are small.", "They divide."]
    video = await object_store.download(film.video)
    assert len(video) == film.size_bytes
    assert video[4:8] == b"ftyp"
    assert film.video_generation > 0
    assert (await object_store.download(film.captions)).startswith(b"WEBVTT")
    assert (await object_store.download(film.poster)).startswith(b"\xff\xd8\xff")
    assert film.cues[-1].end < film.duration_seconds < 30
    assert _is_empty(tmp_path)


async def test_a_second_delivery_makes_no_second_video(
    press: Press, desk: Desk, storage_server: StorageServer, bucket: str, speech_server: SpeechServer
) -> None:
    """Nothing is spoken, made or stored again; not even when the first worker died before it could record its film."""
    job_id = await desk.put()
    await press.render(job_id)
    film, objects, asked = (await desk.look(job_id)).film, _objects(storage_server, bucket), speech_server.requests()
    assert len(objects) == 4

    await press.render(job_id)
    async with desk.database.transaction() as session:
        forgotten = {"state": "running", "film": None, "lease_until": None, "worker": "dead"}
        await session.execute(update(RenderJobRow).where(RenderJobRow.id == job_id).values(**forgotten))
    await press.render(job_id)

    row = await desk.look(job_id)
    assert row.state == JobState.DONE
    assert row.film == film
    assert _objects(storage_server, bucket) == objects
    assert speech_server.requests() == asked


async def test_a_job_that_is_gone_is_no_trouble(press: Press) -> None:
    """A task for a deleted job is done with."""
    await press.render(UUID(int=7))


async def test_progress_is_true_and_never_goes_back(press: Press, desk: Desk) -> None:
    """Watched from outside: stages in order, a growing share of the work, and it takes as long as it says."""
    job_id = await desk.put(short_order(LONG[:450], "The end."))
    task = asyncio.create_task(press.render(job_id))
    seen: list[tuple[str, float]] = []
    while not task.done():
        row = await desk.look(job_id)
        if row.state == JobState.RUNNING:
            seen.append((row.stage, row.progress))
        await asyncio.sleep(0.1)
    await task
    assert [progress for _, progress in seen] == sorted(progress for _, progress in seen)
    assert any(stage == Stage.SPEECH and 0.1 < progress < 0.9 for stage, progress in seen)


async def test_a_cancelled_job_stops_within_two_seconds(press: Press, desk: Desk, tmp_path: Path) -> None:
    """The renderer's process is gone, the task is answered, and no file is left."""
    job_id = await desk.put(short_order(LONG))
    async with _rendering(press, desk, job_id) as task:
        assert len(_renderers()) == 1
        async with desk.database.transaction() as session:
            cancelled = {"state": "cancelled", "worker": None, "lease_until": None}
            await session.execute(update(RenderJobRow).where(RenderJobRow.id == job_id).values(**cancelled))
        started = time.monotonic()
        await task
        assert time.monotonic() - started < 2
        assert not _renderers()
        assert _is_empty(tmp_path)
    assert (await desk.look(job_id)).state == JobState.CANCELLED


async def test_a_killed_renderer_is_tried_again(press: Press, desk: Desk) -> None:
    """Out of memory or killed: the job goes back to the queue, and the next try makes the film."""
    job_id = await desk.put(short_order(LONG[:900]))
    async with _rendering(press, desk, job_id) as task:
        _renderers()[0].kill()
        with pytest.raises(Unavailable):
            await task
    row = await desk.look(job_id)
    assert (row.state, row.attempt) == (JobState.QUEUED, 1)


async def test_a_stopping_service_gives_its_job_back(press: Press, desk: Desk, tmp_path: Path) -> None:
    """At once, so that another worker need not wait, and uncounted: deployments never use up a job's attempts."""
    job_id = await desk.put(short_order(LONG))
    async with _rendering(press, desk, job_id) as task:
        started = time.monotonic()
        await press.stop()
        with pytest.raises(Unavailable, match="restarting"):
            await task
        assert time.monotonic() - started < 2
        assert not _renderers()
        assert _is_empty(tmp_path)
    row = await desk.look(job_id)
    assert (row.state, row.worker, row.attempt) == (JobState.QUEUED, None, 0)


async def test_only_one_film_at_a_time(press: Press, desk: Desk) -> None:
    """A second task is sent back to the queue, untouched."""
    first, second = await desk.put(short_order(LONG)), await desk.put()
    async with _rendering(press, desk, first):
        with pytest.raises(Busy):
            await press.render(second)
    assert (await desk.look(second)).attempt == 0


async def test_too_slow_a_render_is_given_back_before_the_queue_gives_up(
    database: Database, object_store: Storage, press_settings: PressSettings, desk: Desk
) -> None:
    """The deadline ends the work with a reason, not with two workers at one job."""
    hasty = Press(RenderJobs(database), FilmShelf(object_store), replace(press_settings, deadline_seconds=3.0))
    job_id = await desk.put(short_order(LONG))
    started = time.monotonic()
    with pytest.raises(Unavailable, match="longer"):
        await hasty.render(job_id)
    assert time.monotonic() - started < 3.5
    assert not _renderers()
    assert (await desk.look(job_id)).state == JobState.QUEUED


@pytest.mark.parametrize(
    ("narration", "sentence"), [("", "no narration"), ("— … —", "no narration")], ids=["nothing", "nothing to say"]
)
async def test_an_empty_lesson_fails_for_good(press: Press, desk: Desk, narration: str, sentence: str) -> None:
    """With a sentence for the teacher, and without being tried again."""
    job_id = await desk.put(short_order(narration))
    await press.render(job_id)
    row = await desk.look(job_id)
    assert row.state == JobState.FAILED
    assert row.error is not None
    assert sentence in row.error


async def test_a_silent_voice_uses_up_the_attempts(
    database: Database, object_store: Storage, press_settings: PressSettings, desk: Desk, speech_server: SpeechServer
) -> None:
    """The last attempt ends with a sentence, not with a silent film, and takes the task off the queue."""
    press = Press(RenderJobs(database, attempts=1), FilmShelf(object_store), press_settings)
    speech_server.misbehave({"kind": "silence"})
    job_id = await desk.put()
    await press.render(job_id)
    row = await desk.look(job_id)
    assert (row.state, row.attempt) == (JobState.FAILED, 1)
    assert "speech service" in (row.error or "")


async def test_a_store_that_is_away_at_the_end_is_waited_for(
    desk: Desk,
    database: Database,
    press_settings: PressSettings,
    identity: Authority,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The store goes down while the voice speaks and comes back after: the film arrives, spoken once."""
    folder, port = tmp_path_factory.mktemp("store"), free_port()
    server = StorageServer(folder / "data", port)
    server.start(folder / "log")
    server.ensure_bucket("films")
    storage = Storage("films", endpoint=server.endpoint, credentials=Path(identity.credentials))
    press = Press(RenderJobs(database), FilmShelf(storage), press_settings)
    job_id = await desk.put(short_order(LONG[:400]))
    try:
        async with _rendering(press, desk, job_id) as task:
            server.stop()
            await _reaches(desk, job_id, Stage.UPLOAD, task)
            await asyncio.sleep(1.0)
            assert not task.done()
            server.start(folder / "log")
            await task
        row = await desk.look(job_id)
        assert (row.state, row.attempt) == (JobState.DONE, 1)
    finally:
        storage.close()
        server.stop()


async def test_a_store_that_is_away_at_the_start_costs_no_speech(
    desk: Desk,
    database: Database,
    press_settings: PressSettings,
    absent_store: Storage,
    speech_server: SpeechServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody pays for a film that has nowhere to go."""
    monkeypatch.setattr(job, "_STORING_WAITS", ())
    asked = speech_server.requests()
    job_id = await desk.put()
    with pytest.raises((StorageUnavailable, Unavailable)):
        await Press(RenderJobs(database), FilmShelf(absent_store), press_settings).render(job_id)
    assert speech_server.requests() == asked
    assert (await desk.look(job_id)).state == JobState.QUEUED


async def test_an_unusable_scratch_folder_is_named(
    database: Database, object_store: Storage, press_settings: PressSettings, desk: Desk, tmp_path: Path
) -> None:
    """The operator is told, and the job waits."""
    (tmp_path / "file").touch()
    lost = replace(press_settings, work_folder=tmp_path / "file")
    job_id = await desk.put()
    with pytest.raises(Unavailable, match="cannot write"):
        await Press(RenderJobs(database), FilmShelf(object_store), lost).render(job_id)
    assert (await desk.look(job_id)).state == JobState.QUEUED
