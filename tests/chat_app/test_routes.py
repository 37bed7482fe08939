"""What cards and panels read, and who may: editors what they edit, learners what is published, others nothing."""

from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from course.models.people import Person
from course.models.rendering import Cue, Film, RenderJob
from course.rendering.jobs import RenderJobs
from tests.chat_app.conftest import Chat
from tests.chat_app.page import page_of


async def rendered(chat: Chat, person: Person, course_id: UUID, thread_id: str | None = None) -> RenderJob:
    """Lesson 1.1's film, stored; the conversation waits for it."""
    requests, jobs = chat.parts.renders, RenderJobs(chat.parts.database)
    job = await requests.request(person.id, course_id, "1.1", thread_id or str(uuid4()))
    await jobs.claim(job.id, "press", 60)
    names = {kind: f"films/{job.id}/{kind}" for kind in ("video", "captions", "poster")}
    await chat.parts.storage.upload(b"film" * 1_000, names["video"], "video/mp4")
    await chat.parts.storage.upload(b"WEBVTT\n", names["captions"], "text/vtt")
    await chat.parts.storage.upload(b"\xff\xd8", names["poster"], "image/jpeg")
    cues = [Cue(slide=0, start=0.5, end=2, text="a"), Cue(slide=2, start=4.25, end=6, text="b")]
    film = Film(video_generation=1, duration_seconds=6.5, size_bytes=4_000, cues=cues, **names)
    assert await jobs.complete(job.id, "press", film, speech_characters=10, render_seconds=1)
    done: RenderJob = await requests.job(person.id, job.id)
    return done


async def test_an_outline_is_sent_once_until_it_changes(chat: Chat, instructor: Person, written: UUID) -> None:
    """Each lesson has its state; asked again with the tag the answer is empty, until something changed."""
    async with page_of(chat, instructor) as page:
        address = f"/api/courses/{written}/outline"
        answer = await page.http.get(address)
        course = answer.json()
        lessons = [lesson for module in course["modules"] for lesson in module["lessons"]]
        assert [(one["number"], one["state"]) for one in lessons] == [
            ("1.1", "drafted"),
            ("1.2", "planned"),
            ("2.1", "planned"),
        ]
        assert (course["editable"], course["publishedRevision"]) == (True, None)
        tag = {"If-None-Match": answer.headers["etag"]}
        assert (await page.http.get(address, headers=tag)).status_code == 304
        await rendered(chat, instructor, written)
        changed = await page.http.get(address, headers=tag)
        assert changed.json()["modules"][0]["lessons"][0]["state"] == "rendered"
        lesson = (await page.http.get(f"/api/courses/{written}/lessons/{lessons[0]['id']}")).json()
    assert [slide["title"] for slide in lesson["slides"]] == ["Lipids", "Membranes"]
    # A slide without words of its own starts with the one before.
    assert lesson["render"]["slides"] == [0.5, 0.5, 4.25]
    assert "films/" not in str(lesson)


async def test_learners_see_the_published_edition_only(
    chat: Chat, instructor: Person, learner: Person, written: UUID
) -> None:
    """Nothing before they are enrolled in what is published; then the edition, whatever the author changes after."""
    outline = (await chat.parts.authoring.outline(instructor.id, written)).lessons[0]
    address, lesson = f"/api/courses/{written}/outline", f"/api/courses/{written}/lessons/{outline.id}"
    async with page_of(chat, learner) as page:
        assert [(await page.http.get(one)).status_code for one in (address, lesson)] == [404, 404]
        await chat.parts.publishing.publish(instructor.id, written)
        assert (await page.http.get(address)).status_code == 404
        await chat.parts.learning.enroll(learner.id, written)
        await chat.parts.authoring.describe(instructor.id, written, "Renamed it", title="Another title")
        course = (await page.http.get(address)).json()
        assert (course["title"], course["editable"]) == ("Cells", False)
        assert [one["number"] for module in course["modules"] for one in module["lessons"]] == ["1.1"]
        assert (await page.http.get(lesson)).json()["editable"] is False
        for closed in (f"/api/courses/{written}/passages/P1.1", f"/api/courses/{written}/revisions/1"):
            assert (await page.http.get(closed)).status_code == 404


async def test_media_are_for_those_who_may_watch(
    chat: Chat, instructor: Person, stranger: Person, learner: Person, written: UUID
) -> None:
    """The author and enrolled learners are sent to a signed address that plays in ranges; nobody else learns of it."""
    job = await rendered(chat, instructor, written)
    media = f"/media/{job.id}"
    every = [media, f"{media}/captions.vtt", f"{media}/poster", f"/api/renders/{job.id}"]
    async with page_of(chat, stranger) as page:
        for address in every:
            answer = await page.http.get(address)
            assert (answer.status_code, set(answer.json())) == (404, {"error"})
    async with page_of(chat, learner) as page:
        assert {(await page.http.get(address)).status_code for address in every} == {404}
        await chat.parts.publishing.publish(instructor.id, written)
        await chat.parts.learning.enroll(learner.id, written)
        assert [(await page.http.get(address)).status_code for address in every] == [302, 200, 302, 200]
    async with page_of(chat, instructor) as page:
        answer = await page.http.get(media)
        assert answer.headers["cache-control"] == "private, no-store"
        async with httpx.AsyncClient() as outside:
            part = await outside.get(answer.headers["location"], headers={"Range": "bytes=0-3"})
        assert (part.status_code, part.content) == (206, b"film")
        captions = await page.http.get(f"{media}/captions.vtt")
        assert (captions.text, captions.headers["content-type"].split(";")[0]) == ("WEBVTT\n", "text/vtt")
        saved = await page.http.get(f"{media}?download=1")
        assert "attachment" in httpx.URL(saved.headers["location"]).params["response-content-disposition"]


@pytest.mark.parametrize("path", ["/api/renders/nonsense", "/media/nonsense", "/api/courses/x/outline"])
async def test_nonsense_is_refused_and_not_a_fault(chat: Chat, instructor: Person, path: str) -> None:
    """An address that is none answers 4xx."""
    async with page_of(chat, instructor) as page:
        assert 400 <= (await page.http.get(path)).status_code < 500


async def test_health_says_what_is_missing(chat: Chat) -> None:
    """Alive at once; ready with every part named."""
    async with httpx.AsyncClient(base_url=chat.url) as http:
        assert (await http.get("/healthz")).json() == {"status": "ok"}
        ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()) == (
        200,
        {"ready": True, "parts": {"database": "ok", "storage": "ok", "model": "ok"}},
    )


async def test_a_database_that_is_away_makes_the_chat_not_ready(chat: Chat, tmp_path: Path) -> None:
    """Not ready without Postgres; once ready, a model that is away takes nothing from the page."""
    from dataclasses import replace

    from pydantic import SecretStr

    from chat_app.health import Readiness
    from chat_app.wiring import build

    away = chat.parts.settings.model_copy(
        update={"postgres_url": SecretStr("postgresql+asyncpg://127.0.0.1:1/none"), "qdrant_folder": tmp_path}
    )
    readiness = Readiness()
    ready, state = await readiness.look(build(away))
    assert (ready, state["database"] == "ok", state["storage"]) == (False, False, "ok")
    assert (await readiness.look(chat.parts))[0] is True
    no_model = chat.parts.settings.model_copy(update={"openai_base_url": "http://127.0.0.1:1/v1"})
    readiness.forget()
    ready, state = await readiness.look(replace(chat.parts, settings=no_model))
    assert (ready, state["model"]) == (True, "does not answer")
