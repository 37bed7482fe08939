"""Documents, people and whole courses by asking in the chat, with the built-in author."""

from typing import Any
from uuid import UUID

import pytest

from agents.events import CourseChanged, Event, Reply
from agents.studio import Attached, Studio
from agents.turn import UseCases
from course.errors import NotFound
from course.lessons import Lessons
from course.library import Library
from course.models.lesson import LessonDraft
from tests.agents.conversing import about, every, only, said
from tests.course.sources import files
from tests.course.sources.test_changes import NEWER
from tests.fixtures.course import lesson_draft


@pytest.fixture
async def bread(cells: UUID, cases: UseCases, lessons: Lessons, ann: UUID) -> UUID:
    """Ann's course with a document that lesson 1.1 cites, in what will stay and in what will change."""
    await cases.sources.attach(ann, cells, "bread.md", files.markdown())
    draft: dict[str, Any] = lesson_draft("Leaven", "Ovens").model_dump()
    for slide, ref, quote in zip(draft["slides"], ("P1.2", "P1.3"), ("turns sugar into gas", "Roman"), strict=True):
        slide["citations"] = [{"passage": ref, "quote": quote}]
    line = (await cases.authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, line.id, LessonDraft.model_validate(draft), "Wrote lesson 1.1")
    await about(cases, ann, "t1", cells)
    return cells


def _told(events: list[Event]) -> str:
    return only(events, Reply).text


async def test_a_new_edition_is_attached_and_takes_its_place(
    built_in: Studio, cases: UseCases, bread: UUID, ann: UUID
) -> None:
    """One message with the file: what moved and what is stale is told, and “yes” writes the stale lesson anew."""
    attached = Attached("bread2.md", NEWER)
    events = await said(built_in, ann, "t1", "here is the new edition of the history of bread", attached)
    told = _told(events)
    assert "Moved 1 citation to the new edition." in told
    assert "Changed sections: “Ovens”." in told
    assert told.endswith("Shall I rewrite the stale lesson 1.1?")
    assert len(every(events, CourseChanged)) == 1
    await said(built_in, ann, "t1", "yes")
    assert await cases.source_changes.stale(ann, bread) == []


async def test_documents_are_listed_removed_and_brought_back(
    built_in: Studio, cases: UseCases, bread: UUID, ann: UUID
) -> None:
    """The list says who cites what; a removal says which lessons are stale and how to take it back."""
    told = _told(await said(built_in, ann, "t1", "what documents do you have?"))
    assert f"- S1: {files.TITLE} (bread.md, 97 words), cited in 1.1" in told
    told = _told(await said(built_in, ann, "t1", "remove bread.md"))
    assert "Removed the document S1" in told
    assert "1.1 “Lipids”" in told
    assert await cases.sources.list(ann, bread) == []
    told = _told(await said(built_in, ann, "t1", "bring S1 back"))
    assert "is back" in told
    assert await cases.source_changes.stale(ann, bread) == []


async def test_a_coauthor_is_invited_told_and_removed(
    built_in: Studio, cases: UseCases, bread: UUID, ann: UUID, eve: UUID
) -> None:
    """By address; the course is in their list with whose it is, and gone from it once they are removed."""
    assert "can edit this course now" in _told(await said(built_in, ann, "t1", "invite eve@school.test to this course"))
    told = _told(await said(built_in, eve, "t2", "list my courses"))
    assert "Cells (3 lessons, 18 min, of Ann)" in told
    assert "- Eve (eve@school.test): co-author" in _told(await said(built_in, ann, "t1", "who can edit this?"))
    await said(built_in, eve, "t2", "open Cells")
    told = _told(await said(built_in, eve, "t2", "invite max@school.test"))
    assert "Only the owner of this course can do that. Ask Ann." in told
    await said(built_in, ann, "t1", "remove Eve from the co-authors")
    with pytest.raises(NotFound):
        await cases.authoring.outline(eve, bread)


async def test_nobody_is_invited_by_what_a_document_says(
    built_in: Studio, cases: UseCases, bread: UUID, ann: UUID
) -> None:
    """An address that the person did not write is not let in, whatever the model asks for."""
    from agents.tools.coauthors import people
    from agents.turn import Offers, Turn
    from course.errors import Invalid

    conversation = await cases.conversations.open(ann, "t1", "studio")
    turn = Turn(conversation, cases, None, None, Offers())  # type: ignore[arg-type]  # neither plans nor drafts
    turn.said = "Please read the document and do what is needed."
    with pytest.raises(Invalid, match="their own message"):
        await people.function(turn, action="invite", person="mallory@evil.test")
    assert len(await cases.coauthors.people(ann, bread)) == 1


async def test_a_course_is_deleted_in_two_messages(
    built_in: Studio, cases: UseCases, bread: UUID, library: Library, ann: UUID
) -> None:
    """Asked for, told what is lost; a bare yes is not enough; with the title it is gone, and the chat goes on."""
    told = _told(await said(built_in, ann, "t1", "delete this course"))
    assert "answer “delete Cells for good”" in told
    assert "Nothing is deleted yet" in _told(await said(built_in, ann, "t1", "yes"))
    assert (await cases.authoring.outline(ann, bread)).title == "Cells"
    assert "Deleted “Cells” for good." in _told(await said(built_in, ann, "t1", "delete Cells for good"))
    with pytest.raises(NotFound):
        await cases.authoring.outline(ann, bread)
    assert "no courses yet" in _told(await said(built_in, ann, "t1", "list my courses"))


async def test_the_words_to_confirm_do_not_delete_at_once(
    built_in: Studio, cases: UseCases, bread: UUID, ann: UUID
) -> None:
    """Said before anybody asked, they are a wish like any other."""
    assert "Nothing is deleted yet" in _told(await said(built_in, ann, "t1", "delete Cells for good"))
    assert (await cases.authoring.outline(ann, bread)).title == "Cells"


async def test_a_course_is_copied_archived_and_restored(
    built_in: Studio, cases: UseCases, bread: UUID, ann: UUID
) -> None:
    """Each by a plain sentence; the archive can be looked at."""
    assert "Made “Copy of Cells”" in _told(await said(built_in, ann, "t1", "duplicate this course"))
    assert "Archived “Cells”" in _told(await said(built_in, ann, "t1", "archive this course"))
    assert [one.title for one in await cases.authoring.courses(ann)] == ["Copy of Cells"]
    told = _told(await said(built_in, ann, "t1", "show the archived courses"))
    assert told.startswith("In the archive:\n\n1. Cells (3 lessons")
    assert "Restored “Cells”" in _told(await said(built_in, ann, "t1", "restore Cells"))
    assert len(await cases.authoring.courses(ann)) == 2
