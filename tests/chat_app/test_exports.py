"""Files in the conversation: described and linked to for those who edit the course, and for nobody else."""

from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid4

import httpx

from chat_app import export_card
from course.models.export import Format
from course.models.people import Person
from tests.chat_app.conftest import Chat
from tests.chat_app.page import page_of


async def test_a_file_is_linked_to_at_each_view(
    chat: Chat, instructor: Person, stranger: Person, learner: Person, written: UUID
) -> None:
    """The author is sent to a fresh signed address that saves it under its name; others learn of nothing."""
    made = await chat.parts.exports.make(instructor.id, written, Format.MARKDOWN)
    file, about = f"/exports/{made.export.id}", f"/api/exports/{made.export.id}"
    async with page_of(chat, instructor) as page:
        described = (await page.http.get(about)).json()
        assert (described["filename"], described["kind"]) == ("Cells.md", "Markdown")
        answer = await page.http.get(file)
        assert (answer.status_code, answer.headers["cache-control"]) == (302, "private, no-store")
        assert "Cells.md" in unquote(answer.headers["location"])
        async with httpx.AsyncClient() as outside:
            saved = await outside.get(answer.headers["location"])
        content = saved.content
        assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''Cells.md"
        assert content.startswith(b"---\nlectern: 1")
        assert described["bytes"] == len(content)
        assert (await page.http.get(f"/exports/{uuid4()}")).status_code == 404
    for other in (stranger, learner):
        async with page_of(chat, other) as page:
            assert [(await page.http.get(address)).status_code for address in (file, about)] == [404, 404]
    async with httpx.AsyncClient(base_url=chat.url) as nobody:
        assert [(await nobody.get(address)).status_code for address in (file, about)] == [401, 401]


def test_a_conversation_read_again_shows_nothing_as_being_made() -> None:
    """A card whose file never came was stopped; one whose file is there stays."""
    elements: list[dict[str, Any]] = [
        {"name": "ExportCard", "props": {"label": "SCORM", "share": 0.4}},
        {"name": "ExportCard", "props": {"exportId": "x", "notes": []}},
        {"name": "DraftCard", "props": {"total": 1}},
    ]
    export_card.settle(elements)
    assert [one["props"] for one in elements] == [
        {"label": "SCORM", "stopped": True},
        {"exportId": "x", "notes": []},
        {"total": 1},
    ]
