"""What the panel is told of money, and of lessons that could not be written."""

from decimal import Decimal
from uuid import UUID

from course.models.people import Person
from tests.chat_app.conftest import Chat
from tests.chat_app.page import page_of


async def test_spending_is_for_editors(chat: Chat, instructor: Person, learner: Person, written: UUID) -> None:
    """Cost by purpose and lesson with the budget; a learner is told there is no such course."""
    lesson = (await chat.parts.authoring.outline(instructor.id, written)).lessons[0]
    await chat.parts.usage.record("writer", "gpt-4o", 400_000, course_id=written, lesson_id=lesson.id)
    await chat.parts.budgets.set(instructor.id, written, Decimal(5))
    address = f"/api/courses/{written}/spending"
    async with page_of(chat, instructor) as page:
        spent = (await page.http.get(address)).json()
    assert spent["cost_usd"] == 1.0
    assert [(one["number"], one["cost_usd"]) for one in spent["lessons"]] == [("1.1", 1.0)]
    assert spent["budget"] == {"limit_usd": 5.0, "spent_usd": 1.0, "held_usd": 0.0}
    async with page_of(chat, learner) as page:
        assert (await page.http.get(address)).status_code == 404


async def test_the_outline_says_why_a_lesson_is_not_written(chat: Chat, instructor: Person, written: UUID) -> None:
    """Also after a reload, for it is stored; it is gone once the lesson is begun anew, and never on a written one."""
    first, second, _ = (await chat.parts.authoring.outline(instructor.id, written)).lessons
    for lesson in (first, second):
        await chat.parts.drafts.fail(instructor.id, written, lesson.id, "The model took too long to answer.")
    address = f"/api/courses/{written}/outline"
    async with page_of(chat, instructor) as page:
        course = (await page.http.get(address)).json()
        assert [lesson["failure"] for module in course["modules"] for lesson in module["lessons"]] == [
            None,
            "The model took too long to answer.",
            None,
        ]
        await chat.parts.drafts.begin(instructor.id, written, [second.id])
        assert "took too long" not in (await page.http.get(address)).text
