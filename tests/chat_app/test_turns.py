"""Turns as a page sees them, from the message to the last card, with the real agents on the real model server."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import httpx
import pytest
from chainlit.config import FILES_DIRECTORY
from socketio.exceptions import ConnectionError as SocketRefused

from course.models.people import Person, Role
from course.rendering.jobs import RenderJobs
from course.tables import UserRow
from tests.chat_app.conftest import Chat
from tests.chat_app.page import Page, page_of
from tests.fixtures.models import ModelServer

_BRIEF = "Rename lesson 1.1 to “Fats”."


async def _in_course(chat: Chat, page: Page, person: Person, course_id: UUID) -> str:
    """A conversation of the person's about the course, open on the page."""
    thread_id = str(uuid4())
    await chat.parts.conversations.open(person.id, thread_id, "studio")
    await chat.parts.conversations.set_course(person.id, thread_id, course_id)
    await page.connect(thread_id=thread_id)
    return thread_id


async def test_a_change_shows_its_step_its_card_and_the_panel(chat: Chat, instructor: Person, written: UUID) -> None:
    """The tool is a step in a teacher's words, the reply follows, its card names the revision; all is there later."""
    async with page_of(chat, instructor) as page:
        thread_id = await _in_course(chat, page, instructor, written)
        await page.say(_BRIEF)
        step = next(step for step in page.of("update_message") if step["type"] == "tool")
        assert step["name"] == "Renaming lesson 1.1"
        assert "Fats" in step["input"]
        assert any("Fats" in reply for reply in page.replies())
        assert {"lectern": "course", "id": str(written)} in page.of("window_message")
        (card,) = page.cards("ChangeCard")
        await page.disconnect()
    async with page_of(chat, instructor) as again:
        await again.connect(thread_id=thread_id)
        (thread,) = again.of("resume_thread")
        said = [one["output"] for one in thread["steps"] if one["type"].endswith("_message")]
        assert said[0] == _BRIEF
        elements = {one["name"]: one for one in thread["elements"]}
        assert elements["ChangeCard"]["props"] == card
        assert (elements["Course"]["display"], elements["Course"]["props"]["courseId"]) == ("side", str(written))


async def test_a_document_becomes_a_source_and_leaves_no_file(chat: Chat, instructor: Person) -> None:
    """It is read, the conversation is named after its course, and what stays on the page is the document's name."""
    text = "# Rivers\n\n## Springs\n\n" + "A spring is where groundwater comes to the surface of the land. " * 40
    async with page_of(chat, instructor) as page:
        await page.connect()
        file = await page.attach("rivers.md", text.encode(), "text/markdown")
        kept = list(FILES_DIRECTORY.rglob(f"{file}*"))
        assert len(kept) == 1
        await page.say("Turn this into a short course.", file)
        await page.until(lambda: {"name": "rivers.md", "mime": "text/markdown"} in page.cards("Attachment"))
        assert not kept[0].exists()
        thread = (await page.http.get(f"/project/thread/{page.thread_id}")).json()
        panel = page.cards("Course")[0]
    assert [one["props"]["name"] for one in thread["elements"] if one["name"] == "Attachment"] == ["rivers.md"]
    course = await chat.parts.authoring.outline(instructor.id, UUID(panel["courseId"]))
    assert thread["name"] == course.title
    assert [source.filename for source in await chat.parts.sources.list(instructor.id, course.id)] == ["rivers.md"]


async def test_undo_is_checked_for_who_presses_it(
    chat: Chat, instructor: Person, stranger: Person, written: UUID
) -> None:
    """A stranger's press of the very same button changes nothing and tells them nothing; the author's takes it back."""
    async with page_of(chat, instructor) as page, page_of(chat, stranger) as theirs:
        await _in_course(chat, page, instructor, written)
        await page.say(_BRIEF)
        number = page.cards("ChangeCard")[0]["numbers"][-1]
        await theirs.connect()
        refused = (await theirs.act("undo", courseId=str(written), number=number)).json()["response"]
        assert (refused["ok"], "no such course" in refused["sentence"]) == (False, True)
        nonsense = (await theirs.act("undo", courseId="x")).json()["response"]
        assert nonsense["ok"] is False
        address = f"/api/courses/{written}/revisions/{number}"
        assert (await page.http.get(address)).json()["undone"] is False
        assert (await page.act("undo", courseId=str(written), number=number)).json()["response"]["ok"] is True
        change = (await page.http.get(address)).json()
    assert change["undone"] is True
    fields = change["rows"][0]["fields"]
    pieces = [["gone", "Lipids"], ["new", "Fats"]]
    assert fields == [{"name": "Title", "before": "Lipids", "after": "Fats", "pieces": pieces}]
    outline = await chat.parts.authoring.outline(instructor.id, written)
    assert outline.lessons[0].title == "Lipids"


async def test_stop_keeps_what_was_said_and_the_next_message_works(
    chat: Chat, instructor: Person, written: UUID, model_server: ModelServer
) -> None:
    """Stopped in the middle of the model's silence the turn ends within two seconds and says so; then all works."""
    async with page_of(chat, instructor) as page, httpx.AsyncClient(base_url=model_server.url) as model:
        await _in_course(chat, page, instructor, written)
        stall = {"rules": [{"path": "chat/completions", "kind": "delay", "seconds": 60}]}
        (await model.put("/faults", json=stall)).raise_for_status()
        try:
            await page.send(_BRIEF)
            await page.until(lambda: "task_start" in page.names())
            await asyncio.sleep(1.0)
            begun = time.monotonic()
            await page.stop()
            await page.until(lambda: any("Stopped." in reply for reply in page.replies()))
            assert time.monotonic() - begun < 2.0
        finally:
            await model.delete("/faults")
        assert not any("Task manually stopped" in reply for reply in page.replies())
        await page.until(lambda: page.names().count("task_end") >= 2)
        await page.say(_BRIEF)
        assert any("Fats" in reply for reply in page.replies())


async def test_a_model_that_is_down_is_a_sentence_with_a_way_to_try_again(
    chat: Chat, instructor: Person, written: UUID, model_server: ModelServer
) -> None:
    """No traceback and no vendor's words reach the page; the message can be sent once more by a button."""
    async with page_of(chat, instructor) as page, httpx.AsyncClient(base_url=model_server.url) as model:
        await _in_course(chat, page, instructor, written)
        down = {"rules": [{"path": "chat/completions", "kind": "status", "status": 400}]}
        (await model.put("/faults", json=down)).raise_for_status()
        try:
            await page.say(_BRIEF)
        finally:
            await model.delete("/faults")
        text = " ".join(page.replies())
        assert "Traceback" not in text
        assert "400" not in text
        assert text.strip()


async def test_profiles_cannot_be_chosen_by_the_browser(chat: Chat, learner: Person) -> None:
    """A learner who asks for the operator's desk, or the studio, gets a sentence and nothing else."""
    for profile in ("Operate", "Studio"):
        async with page_of(chat, learner) as page:
            await page.connect(profile=profile)
            await page.say("How is the render service doing?")
            assert page.replies() == ["Your account does not open this kind of conversation. Start a new one."]


async def test_a_learner_opens_a_course_and_is_answered_from_it(
    chat: Chat, instructor: Person, learner: Person, written: UUID
) -> None:
    """The list, the enrolment, the panel of the published edition, then an answer that cites its slide."""
    await chat.parts.publishing.publish(instructor.id, written)
    await chat.parts.indexer.index_pending()
    async with page_of(chat, learner) as page:
        await page.connect(profile="Learn")
        await page.say("Which courses can I take?")
        assert page.cards("CourseList") == [{}]
        courses = (await page.http.get("/api/courses")).json()["courses"]
        assert str(written) in [course["id"] for course in courses]
        opened = (await page.act("open_course", courseId=str(written))).json()["response"]
        assert opened == {"ok": True, "title": "Cells"}
        assert page.cards("Course") == [{"courseId": str(written), "view": "learn"}]
        await page.say("What is the smallest unit of life?")
        (cited,) = page.cards("Citations")
        assert cited["passages"][0]["lesson_number"] == "1.1"
        await page.say("Who won the football world cup in 1998?")
        assert "does not cover" in " ".join(page.replies())


async def test_strangers_cannot_open_or_resume_a_conversation(
    chat: Chat, instructor: Person, stranger: Person, written: UUID
) -> None:
    """Neither over the socket nor over HTTP; nor do they find it in their list."""
    async with page_of(chat, instructor) as page, page_of(chat, stranger) as theirs:
        thread_id = await _in_course(chat, page, instructor, written)
        await page.say(_BRIEF)
        assert (await theirs.http.get(f"/project/thread/{thread_id}")).status_code == 401
        listed = await theirs.http.post("/project/threads", json={"pagination": {"first": 10}, "filter": {}})
        assert listed.json()["data"] == []
        step = page.of("new_message")[0]
        rated = await theirs.http.put("/feedback", json={"feedback": {"forId": step["id"], "value": 0}})
        assert rated.status_code == 404
        mine = await page.http.put("/feedback", json={"feedback": {"forId": step["id"], "value": 1}})
        assert mine.json()["success"] is True
        with pytest.raises(SocketRefused):
            await theirs.connect(thread_id=thread_id)


async def test_pages_of_other_sites_cannot_open_the_socket(chat: Chat, instructor: Person) -> None:
    """A cookie alone does not let another site's script speak in the person's name."""
    async with page_of(chat, instructor) as page:
        with pytest.raises(SocketRefused):
            await page.connect(origin="https://elsewhere.test")
        await page.connect()


async def test_the_operators_desk_tells_of_the_press(
    chat: Chat, instructor: Person, written: UUID, new_person: Callable[[Role], Awaitable[Person]]
) -> None:
    """A failed render is named with its reason; whoever is no operator any more is refused."""
    operator = await new_person(Role.OPERATOR)
    job = await chat.parts.renders.request(instructor.id, written, "1.1", str(uuid4()))
    jobs = RenderJobs(chat.parts.database)
    await jobs.claim(job.id, "press", 60)
    await jobs.fail(job.id, "press", "The voice | is hoarse.")
    async with page_of(chat, operator) as page:
        await page.connect(profile="Operate")
        await page.say("How is the render service doing?")
        assert "1.1 Lipids: The voice" in page.replies()[0]
        async with chat.parts.database.transaction() as session:
            (await session.get_one(UserRow, operator.id)).role = "learner"
        await page.say("And now?")
        assert page.replies() == ["Your account does not open this kind of conversation. Start a new one."]
