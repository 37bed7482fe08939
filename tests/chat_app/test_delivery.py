"""News of renders: once in the conversation, on every page that shows it, whenever that page is there."""

import asyncio
from uuid import UUID, uuid4

from chat_app.delivery import Deliveries
from course.models.people import Person
from course.models.rendering import RenderJob
from tests.chat_app.conftest import Chat
from tests.chat_app.page import Page, page_of
from tests.chat_app.test_routes import rendered


async def _conversation(chat: Chat, person: Person, course_id: UUID) -> str:
    thread_id = str(uuid4())
    await chat.parts.conversations.open(person.id, thread_id, "studio")
    await chat.parts.conversations.set_course(person.id, thread_id, course_id)
    async with chat.parts.database.transaction() as session:
        from course.tables import ThreadRow

        session.add(ThreadRow(id=thread_id, user_id=person.id, name="Cells", details={"chat_profile": "Studio"}))
    return thread_id


def _is_told(page: Page) -> bool:
    return bool(page.cards("LessonVideo"))


async def test_a_live_page_is_told_at_once(chat: Chat, instructor: Person, written: UUID) -> None:
    """The message and its player appear by themselves, in every tab that shows the conversation and in no other."""
    thread_id = await _conversation(chat, instructor, written)
    async with (
        page_of(chat, instructor) as page,
        page_of(chat, instructor) as tab,
        page_of(chat, instructor) as elsewhere,
    ):
        await page.connect(thread_id=thread_id)
        await tab.connect(thread_id=thread_id)
        await elsewhere.connect()
        job = await rendered(chat, instructor, written, thread_id)
        for one in (page, tab):
            await one.until(lambda one=one: _is_told(one))  # type: ignore[misc]
            assert one.cards("LessonVideo") == [{"jobId": str(job.id)}]
            assert "is ready" in one.replies()[-1]
        await asyncio.sleep(0.2)
        assert elsewhere.cards("LessonVideo") == []


async def test_who_was_away_finds_it_once(chat: Chat, instructor: Person, written: UUID) -> None:
    """Delivered with nobody there, by several deliverers at once: one message in the history, not more."""
    thread_id = await _conversation(chat, instructor, written)
    job: RenderJob = await rendered(chat, instructor, written, thread_id)
    others = [Deliveries(chat.parts.notices) for _ in range(4)]
    await asyncio.gather(*(one.deliver() for one in others))
    async with page_of(chat, instructor) as page:
        await page.connect(thread_id=thread_id)
        (thread,) = page.of("resume_thread")
        videos = [one for one in thread["elements"] if one["name"] == "LessonVideo"]
        assert [one["props"] for one in videos] == [{"jobId": str(job.id)}]
        (told,) = [step for step in thread["steps"] if step["id"] == videos[0]["forId"]]
        assert "is ready" in told["output"]


async def test_a_socket_that_comes_back_gets_what_it_missed(chat: Chat, instructor: Person, written: UUID) -> None:
    """Chainlit resends nothing to a session that reconnects: the delivery does."""
    thread_id = await _conversation(chat, instructor, written)
    async with page_of(chat, instructor) as page:
        await page.connect(thread_id=thread_id)
        await page.disconnect()
        await rendered(chat, instructor, written, thread_id)
        await asyncio.sleep(0.5)
        assert not _is_told(page)
        again = Page(chat, page.http)
        again.session_id = page.session_id
        await again.connect(thread_id=thread_id)
        await again.until(lambda: _is_told(again))
        assert len(again.cards("LessonVideo")) == 1
        await again.disconnect()


async def test_a_change_elsewhere_reaches_open_panels(chat: Chat, instructor: Person, written: UUID) -> None:
    """Changed by another process or tab, the panel of every page that shows the course is told to look again."""
    thread_id = await _conversation(chat, instructor, written)
    async with page_of(chat, instructor) as page:
        await page.connect(thread_id=thread_id)
        await asyncio.sleep(0.3)
        # The watch must have seen the course once to know a later revision for news.
        await chat.parts.authoring.describe(instructor.id, written, "Renamed it", title="One")
        await asyncio.sleep(0.5)
        page.shown.clear()
        await chat.parts.authoring.describe(instructor.id, written, "Renamed it", title="Two")
        await page.until(lambda: {"lectern": "course", "id": str(written)} in page.of("window_message"))
