"""The panel's own routes: what is changed by hand, what was changed before, and what it is made from."""

from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from chat_app import elements
from course.models.people import Person
from course.models.revision import Kind
from tests.chat_app.conftest import Chat
from tests.chat_app.page import page_of

ZERO = str(UUID(int=0))


async def lesson_of(http: httpx.AsyncClient, course_id: UUID) -> dict[str, Any]:
    """Lesson 1.1 as the panel reads it."""
    outline = (await http.get(f"/api/courses/{course_id}/outline")).json()
    lesson: dict[str, Any] = (
        await http.get(f"/api/courses/{course_id}/lessons/{outline['modules'][0]['lessons'][0]['id']}")
    ).json()
    return lesson


async def test_a_lesson_is_worked_on_by_hand(chat: Chat, instructor: Person, written: UUID) -> None:
    """Change, add, move, copy and remove; each answers with its revision, and the history lists them, newest first."""
    async with page_of(chat, instructor) as page:
        lesson = await lesson_of(page.http, written)
        assert len(lesson["objectiveIds"]) == len(lesson["objectives"])
        parts, base = f"/api/courses/{written}/parts", lesson["courseRevision"]
        first, second = (slide["id"] for slide in lesson["slides"])
        said = {"base": base, "words": {"narration": "Fat floats."}}
        changed = (await page.http.patch(f"{parts}/slide/{first}", json=said)).json()
        assert changed["revision"]["sentence"] == "Changed the narration of slide 1 of lesson 1.1"
        assert (await page.http.patch(f"{parts}/slide/{first}", json=said | {"base": base + 1})).json() == {
            "revision": None
        }
        place = {"base": base + 1, "parent": lesson["id"], "after": ZERO}
        await page.http.post(f"{parts}/slide/{second}/place", json=place)
        copy = (await page.http.post(f"{parts}/slide/{second}/copy")).json()
        objective = {"kind": "objective", "parent": lesson["id"], "words": {"text": "Name a fat."}}
        added = (await page.http.post(parts, json=objective)).json()
        now = await lesson_of(page.http, written)
        assert [slide["id"] for slide in now["slides"]] == [second, copy["id"], first]
        assert now["objectiveIds"][-1] == added["id"]
        await page.http.delete(f"{parts}/slide/{copy['id']}?base={now['courseRevision']}")
        history = (await page.http.get(f"/api/courses/{written}/revisions")).json()
    assert [one["sentence"].split()[0] for one in history["revisions"]][:5] == [
        "Removed",
        "Added",
        "Copied",
        "Moved",
        "Changed",
    ]
    assert history["more"] is False


async def test_an_undo_is_refused_or_goes_as_far_as_asked(chat: Chat, instructor: Person, written: UUID) -> None:
    """A change that a later one built on: 409 with the later's number; then with it; and back to any state."""
    async with page_of(chat, instructor) as page:
        lesson = await lesson_of(page.http, written)
        slide, base = lesson["slides"][0]["id"], lesson["courseRevision"]
        address, revisions = f"/api/courses/{written}/parts/slide/{slide}", f"/api/courses/{written}/revisions"
        for number, title in enumerate(("One", "Two")):
            await page.http.patch(address, json={"base": base + number, "words": {"title": title}})
        refused = await page.http.post(f"{revisions}/{base + 1}/undo", json={})
        assert (refused.status_code, refused.json()["later"]) == (409, [base + 2])
        undone = await page.http.post(f"{revisions}/{base + 1}/undo", json={"reach": "with_later"})
        assert undone.json()["number"] == base + 3
        lines = (await page.http.get(revisions)).json()["revisions"]
        assert [one["undoneBy"] for one in lines[:3]] == [None, base + 3, base + 3]
        assert (await lesson_of(page.http, written))["slides"][0]["title"] == lesson["slides"][0]["title"]
        back = await page.http.post(f"{revisions}/{base + 1}/return")
        assert back.json()["backTo"] == base + 1
        assert (await lesson_of(page.http, written))["slides"][0]["title"] == "One"


async def test_only_its_own_page_and_people_change_a_course(
    chat: Chat, instructor: Person, stranger: Person, learner: Person, written: UUID
) -> None:
    """A page of another site gets 403, others 404, a stale or unreadable change its sentence; nothing is changed."""
    async with page_of(chat, instructor) as page:
        lesson = await lesson_of(page.http, written)
        slide, base = lesson["slides"][0]["id"], lesson["courseRevision"]
        address = f"/api/courses/{written}/parts/slide/{slide}"
        said = {"base": base, "words": {"title": "Changed"}}
        elsewhere = await page.http.patch(address, json=said, headers={"Origin": "https://elsewhere.test"})
        assert (elsewhere.status_code, "another site" in elsewhere.json()["error"]) == (403, True)
        unreadable = await page.http.patch(address, json={"words": 1})
        assert (unreadable.status_code, "Reload" in unreadable.json()["error"]) == (422, True)
        await chat.parts.handwork.change(
            instructor.id, written, Kind.SLIDE, UUID(slide), {"title": "Theirs"}, base=base
        )
        stale = await page.http.patch(address, json=said, headers={"Origin": chat.url})
        assert (stale.status_code, "Theirs" in stale.json()["error"]) == (409, True)
        assert (await page.http.get("/api/no/such/thing")).status_code == 404
    for person in (stranger, learner):
        async with page_of(chat, person) as page:
            answers = [
                await page.http.patch(address, json=said),
                await page.http.delete(f"{address}?base={base}"),
                await page.http.post(f"/api/courses/{written}/revisions/1/undo", json={}),
                await page.http.get(f"/api/courses/{written}/revisions"),
                await page.http.get(f"/api/courses/{written}/documents"),
            ]
            assert {answer.status_code for answer in answers} == {404}
    found = await chat.parts.authoring.lesson(instructor.id, written, UUID(lesson["id"]))
    assert found.slides[0].title == "Theirs"


async def test_documents_tell_who_rests_on_them(chat: Chat, instructor: Person, written: UUID) -> None:
    """Each document with its size and the lessons that were planned from it or cite it."""
    await chat.parts.sources.attach(instructor.id, written, "fats.md", b"# Fats\n\nFat floats on water.\n")
    lesson = (await chat.parts.authoring.outline(instructor.id, written)).lessons[0]
    body = {"layout": "statement", "text": "Fat floats."}
    cited = {"title": "Float", "body": body, "citations": [{"passage": "P1.1", "quote": "Fat floats"}]}
    await chat.parts.handwork.add(instructor.id, written, Kind.SLIDE, lesson.id, cited)
    async with page_of(chat, instructor) as page:
        found = (await page.http.get(f"/api/courses/{written}/documents")).json()["documents"]
    assert [(one["filename"], [line["number"] for line in one["lessons"]]) for one in found] == [("fats.md", ["1.1"])]


async def test_a_card_of_several_files_is_one(chat: Chat, tmp_path: Path) -> None:
    """Files are put together behind what they need, each once; the page asks whether it has them already."""
    (tmp_path / "Card.jsx").write_text('import { useState } from "react"\nimport { b } from "./b"\nexport default b\n')
    (tmp_path / "b.jsx").write_text(
        'import { useRef, useState } from "react"\nimport { a } from "./a"\nexport const b = a\n'
    )
    (tmp_path / "a.jsx").write_text("export const a = 1\nexport function other() {}\n")
    text = elements.assembled(tmp_path / "Card.jsx")
    assert text.startswith('import { useRef, useState } from "react"\nconst $a = ')
    assert text.index("return { a, other }") < text.index("const { a } = $a") < text.index("return { b }")
    assert text.endswith("const { b } = $b\nexport default b\n")
    assert text.count("const $a = ") == 1
    async with httpx.AsyncClient(base_url=chat.url) as http:
        answer = await http.get("/public/elements/Course.jsx")
        assert "./course/" not in answer.text
        again = await http.get("/public/elements/Course.jsx", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        assert (await http.get("/public/elements/Nothing.jsx")).status_code == 404


@pytest.mark.parametrize("card", sorted(elements.FOLDER.glob("*.jsx")), ids=lambda card: card.stem)
def test_cards_import_what_chainlit_offers(card: Path) -> None:
    """No card leaves an import that Chainlit's page does not know."""
    for line in elements.assembled(card).splitlines():
        if line.startswith("import "):
            source = line.rpartition(" from ")[2].strip('";')
            assert source in ("react", "lucide-react", "sonner", "@chainlit/react-client") or source.startswith(
                "@/components/"
            )


async def test_a_document_is_removed_and_brought_back(
    chat: Chat, instructor: Person, stranger: Person, written: UUID
) -> None:
    """Removed it is still listed, apart; a stranger can do neither."""
    source = (await chat.parts.sources.attach(instructor.id, written, "oils.md", b"# Oils\n\nOil is liquid fat.\n")).id
    address = f"/api/courses/{written}/documents"
    async with page_of(chat, stranger) as page:
        assert (await page.http.delete(f"{address}/{source}")).status_code == 404
        assert (await page.http.post(f"{address}/{source}/restore")).status_code == 404
    async with page_of(chat, instructor) as page:
        assert (await page.http.delete(f"{address}/{source}")).json() == {"stale": []}
        found = (await page.http.get(address)).json()
        assert (found["documents"], [one["filename"] for one in found["removed"]]) == ([], ["oils.md"])
        await page.http.post(f"{address}/{source}/restore")
        found = (await page.http.get(address)).json()
        assert ([one["filename"] for one in found["documents"]], found["removed"]) == (["oils.md"], [])
