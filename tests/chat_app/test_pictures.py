"""Pictures of slides over the chat's own address: for editors, at every view."""

from uuid import UUID

import httpx

from chat_app.wiring import Parts
from course.models.people import Person
from course.rendering.picture_shelf import PictureShelf
from course.rendering.sheets import lesson_sheets, sheet_key
from tests.chat_app.conftest import Chat
from tests.chat_app.page import page_of


async def _draw_first(parts: Parts, person: Person, course_id: UUID) -> tuple[UUID, str]:
    """The first slide of lesson 1.1 has its picture; returns the lesson's id and the picture's key."""
    outline = await parts.authoring.outline(person.id, course_id)
    lesson = await parts.authoring.lesson(person.id, course_id, outline.lessons[0].id)
    key = sheet_key(lesson_sheets(outline.modules[0].title, lesson)[0])
    await PictureShelf(parts.storage).put(course_id, key, [b"a picture"], [])
    return lesson.id, key


async def test_editors_see_pictures_and_others_none(
    chat: Chat, instructor: Person, stranger: Person, written: UUID
) -> None:
    """A link that is checked and leads to the picture; what is not drawn is said to be missing, for the text to stand.

    This chat's press is not running.
    """
    lesson_id, key = await _draw_first(chat.parts, instructor, written)
    wanted = f"/api/courses/{written}/lessons/{lesson_id}/pictures"
    async with page_of(chat, instructor) as page:
        answer = (await page.http.get(wanted, timeout=30)).json()
        assert [slide["url"] for slide in answer["pictures"]] == [f"/pictures/{written}/{key}/0", None]
        assert "cannot be drawn" in answer["trouble"]
        seen = await page.http.get(answer["pictures"][0]["url"])
        assert (seen.status_code, seen.headers["cache-control"]) == (302, "private, no-store")
        async with httpx.AsyncClient() as anyone:
            content = await anyone.get(seen.headers["location"])
        assert (content.content, content.headers["content-type"]) == (b"a picture", "image/webp")
        assert "immutable" in content.headers["cache-control"]
        assert (await page.http.get(f"/pictures/{written}/{key}/1")).status_code == 404
        assert (await page.http.get(f"/pictures/{written}/{key.upper()}/0")).status_code == 422
    async with page_of(chat, stranger) as page:
        assert (await page.http.get(wanted)).status_code == 404
        assert (await page.http.get(f"/pictures/{written}/{key}/0")).status_code == 404
    async with httpx.AsyncClient(base_url=chat.url) as nobody:
        assert (await nobody.get(f"/pictures/{written}/{key}/0")).status_code == 401
