"""The quality report as the panel reads it."""

from uuid import UUID

import httpx

from course.models.people import Person
from course.models.quality import CourseReport, LessonReport
from tests.chat_app.conftest import Chat
from tests.chat_app.page import page_of


async def test_editors_read_reports_and_others_none(
    chat: Chat, instructor: Person, stranger: Person, written: UUID
) -> None:
    """The course's report and a lesson's, the same findings in both; nothing for those who may not edit."""
    address = f"/api/courses/{written}/quality"
    async with page_of(chat, instructor) as page:
        answer = await page.http.get(address, timeout=30)
        report = CourseReport.model_validate_json(answer.content)
        first = next(one for one in report.lessons if one.drafted)
        assert first.findings
        assert answer.headers["cache-control"] == "private, no-cache"
        by_itself = await page.http.get(f"/api/courses/{written}/lessons/{first.lesson_id}/quality", timeout=30)
        assert LessonReport.model_validate_json(by_itself.content).findings == first.findings
    async with page_of(chat, stranger) as page:
        assert (await page.http.get(address)).status_code == 404
    async with httpx.AsyncClient(base_url=chat.url) as nobody:
        assert (await nobody.get(address)).status_code == 401
