"""A learner who asks before they chose a course."""

import asyncio
from uuid import UUID

import pytest

from course.models.people import Person
from tests.chat_app.conftest import Chat
from tests.chat_app.page import Page, page_of

_QUESTION = "What is the smallest unit of life?"


async def _published(chat: Chat, instructor: Person, course_id: UUID) -> None:
    await chat.parts.publishing.publish(instructor.id, course_id)
    await chat.parts.indexer.index_pending()


async def _opens_without_an_answer(page: Page, course_id: UUID) -> None:
    page.shown.clear()
    await page.act("open_course", courseId=str(course_id))
    await page.until(lambda: bool(page.replies()))
    await asyncio.sleep(0.3)
    assert "task_start" not in page.names()
    assert [reply.startswith("You are in **Cells**") for reply in page.replies()] == [True]


async def test_a_question_asked_first_is_answered_once_a_course_is_open(
    chat: Chat, instructor: Person, learner: Person, written: UUID
) -> None:
    """It waits for the choice, also over a reload; then it is answered from the course, once."""
    await _published(chat, instructor, written)
    async with page_of(chat, learner) as page:
        await page.connect(profile="Learn")
        await page.say(_QUESTION)
        assert "Then I answer your question" in page.replies()[0]
        thread_id = page.thread_id
    async with page_of(chat, learner) as page:
        await page.connect(thread_id=thread_id, profile="Learn")
        page.shown.clear()
        opened = await page.act("open_course", courseId=str(written))
        assert opened.json()["response"]["ok"] is True
        await page.until(lambda: "task_end" in page.names())
        (cited,) = page.cards("Citations")
        assert cited["passages"][0]["lesson_number"] == "1.1"
        await _opens_without_an_answer(page, written)


@pytest.mark.parametrize("message", ["Which courses can I take?", "How do I learn here?", "Hello!", "My courses"])
async def test_a_message_about_the_choice_is_not_put_to_the_course(
    chat: Chat, instructor: Person, learner: Person, written: UUID, message: str
) -> None:
    """What the list of courses answers is answered by it."""
    await _published(chat, instructor, written)
    async with page_of(chat, learner) as page:
        await page.connect(profile="Learn")
        await page.say(message)
        assert "Then ask me anything" in page.replies()[0]
        await _opens_without_an_answer(page, written)
