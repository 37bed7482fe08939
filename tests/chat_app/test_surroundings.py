"""Routes of what is around a course: its documents and its people, and who may do what with them."""

from typing import Any
from uuid import UUID

from course.models.lesson import LessonDraft
from course.models.people import Person
from tests.chat_app.conftest import Chat
from tests.chat_app.page import page_of
from tests.course.sources import files
from tests.course.sources.test_changes import NEWER
from tests.fixtures.course import lesson_draft


async def _cite(chat: Chat, actor: UUID, course_id: UUID, passage: str) -> None:
    """Lesson 1.1 cites the passage on its only slide."""
    draft: dict[str, Any] = lesson_draft("Ovens").model_dump()
    draft["slides"][0]["citations"] = [{"passage": passage, "quote": "Roman bakeries stood"}]
    line = (await chat.parts.authoring.outline(actor, course_id)).lessons[0]
    await chat.parts.lessons.write(actor, course_id, line.id, LessonDraft.model_validate(draft), "Wrote 1.1")


async def test_documents_are_added_replaced_removed_and_brought_back(
    chat: Chat, instructor: Person, written: UUID
) -> None:
    """The outline marks the stale lesson; the citation still opens its passage, with what became of its document."""
    at = f"/api/courses/{written}"
    async with page_of(chat, instructor) as page:
        old = (await page.http.post(f"{at}/documents", files={"file": ("bread.md", files.markdown())})).json()
        new = (await page.http.post(f"{at}/documents", files={"file": ("bread2.md", NEWER)})).json()
        assert (old["number"], new["number"]) == (1, 2)
        await _cite(chat, instructor.id, written, "P1.3")
        shown = (await page.http.get(f"{at}/passages/P1.3")).json()
        assert (shown["document"], shown["removed"]) == (files.TITLE, False)
        told = (await page.http.post(f"{at}/documents/{old['id']}/replace", json={"by": new["id"]})).json()
        assert (told["moved"], told["changed"], told["revision"]) == (0, ["Ovens"], None)
        assert [one["number"] for one in told["stale"]] == ["1.1"]
        shown = (await page.http.get(f"{at}/passages/P1.3")).json()
        assert (shown["removed"], shown["replaced_by"]) == (True, f"{files.TITLE}, Second Edition")
        lessons = [
            one for module in (await page.http.get(f"{at}/outline")).json()["modules"] for one in module["lessons"]
        ]
        assert lessons[0]["stale"].startswith("It cites passages of")
        assert lessons[1]["stale"] is None
        listed = (await page.http.get(f"{at}/documents")).json()
        assert [one["number"] for one in listed["documents"]] == [2]
        assert [(one["number"], one["replaced_by"]) for one in listed["removed"]] == [(1, 2)]
        assert [one["number"] for one in listed["stale"]] == ["1.1"]
        assert (await page.http.delete(f"{at}/documents/{new['id']}")).status_code == 200
        assert (await page.http.post(f"{at}/documents/{old['id']}/restore")).json()["removed"] is False
        listed = (await page.http.get(f"{at}/documents")).json()
        assert ([one["number"] for one in listed["documents"]], listed["stale"]) == ([1], [])
        refused = await page.http.post(f"{at}/documents", files={"file": ("scan.pdf", files.scan())})
        assert refused.status_code == 422
        assert "no text" in refused.text


async def test_documents_are_nobody_elses(chat: Chat, instructor: Person, learner: Person, written: UUID) -> None:
    """A learner is told there is no such course, whatever they try."""
    source = await chat.parts.sources.attach(instructor.id, written, "bread.md", files.markdown())
    at = f"/api/courses/{written}/documents"
    async with page_of(chat, learner) as page:
        tries = [
            await page.http.get(at),
            await page.http.post(at, files={"file": ("bread.html", files.html())}),
            await page.http.delete(f"{at}/{source.id}"),
            await page.http.post(f"{at}/{source.id}/restore"),
            await page.http.post(f"{at}/{source.id}/replace", json={"by": str(source.id)}),
        ]
    assert [one.status_code for one in tries] == [404] * 5


async def test_people_are_invited_seen_and_removed(
    chat: Chat, instructor: Person, learner: Person, written: UUID
) -> None:
    """By the owner; a learner who is invited sees the course and its people, may leave, and invites nobody."""
    at = f"/api/courses/{written}/people"
    async with page_of(chat, instructor) as page, page_of(chat, learner) as guest:
        assert (await guest.http.get(at)).status_code == 404
        made = await page.http.post(at, json={"email": learner.email})
        assert (made.status_code, made.json()["standing"]) == (200, "coauthor")
        assert (await page.http.post(at, json={"email": "nobody"})).status_code == 422
        invited = await page.http.post(at, json={"email": "someone@new.test"})
        assert invited.json()["standing"] == "invited"
        seen = (await guest.http.get(at)).json()
        assert [one["standing"] for one in seen["people"]] == ["owner", "coauthor", "invited"]
        assert seen["owner"] is False
        assert (await page.http.get(at)).json()["owner"] is True
        assert (await guest.http.post(at, json={"email": "more@new.test"})).status_code == 403
        assert (await guest.http.delete(f"{at}/someone@new.test")).status_code == 403
        assert (await page.http.delete(f"{at}/someone@new.test")).status_code == 200
        assert (await guest.http.delete(f"{at}/{learner.email}")).status_code == 200
        assert (await guest.http.get(at)).status_code == 404


async def test_a_learner_who_was_invited_has_the_studio(
    chat: Chat, instructor: Person, learner: Person, written: UUID
) -> None:
    """They are told in their next conversation, and open the course there; a course of their own is refused."""
    await chat.parts.coauthors.invite(instructor.id, written, learner.email)
    async with page_of(chat, learner) as page:
        await page.connect(profile="Studio")
        await page.say("open Cells")
        await page.until(lambda: "made you a co-author of **Cells**" in str(page.shown))
        await page.until(lambda: "Opened **Cells**" in str(page.shown) and page.names()[-1] == "task_end")
        await page.say("rename lesson 1.1 to Fats")
        await page.say("make a copy of this course")
        assert any("Only instructors can create courses" in str(one) for one in page.shown)
    assert (await chat.parts.authoring.outline(instructor.id, written)).lessons[0].title == "Fats"
