"""Files that were uploaded and never sent."""

import asyncio

import pytest
from chainlit.config import FILES_DIRECTORY
from chainlit.config import config as chainlit_config

from course.models.people import Person
from tests.chat_app.conftest import Chat
from tests.chat_app.page import page_of


async def test_an_upload_goes_with_its_session(chat: Chat, instructor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is closed, and stays so for the time a session may rest, leaves no file behind."""
    monkeypatch.setattr(chainlit_config.project, "session_timeout", 0.2)
    async with page_of(chat, instructor) as page:
        await page.connect()
        file = await page.attach("rivers.md", b"# Rivers\n", "text/markdown")
        assert len(list(FILES_DIRECTORY.rglob(f"{file}*"))) == 1
    async with asyncio.timeout(10):
        while (FILES_DIRECTORY / page.session_id).exists():  # noqa: ASYNC110 - there is nothing to be told by
            await asyncio.sleep(0.05)
