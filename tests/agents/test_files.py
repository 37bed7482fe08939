"""Files by asking in the chat: a course taken away and brought in, a deck as a lesson, with the built-in author."""

import io
from typing import Any
from uuid import UUID

import pytest
from pptx import Presentation

from agents.events import CourseChanged, CourseOpened, ExportMade, Failed, Reply, ToolEnded
from agents.studio import Attached, Studio
from agents.turn import UseCases
from course.exports.markdown import course_markdown
from course.lessons import Lessons
from course.models.export import Format
from tests.agents.conversing import about, every, only, said
from tests.fixtures.course import lesson_draft
from tests.fixtures.courses import cells_course


@pytest.fixture
async def written(cells: UUID, cases: UseCases, lessons: Lessons, ann: UUID) -> UUID:
    """Ann's course; its first lesson is written."""
    line = (await cases.authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, line.id, lesson_draft("Lipids", "Membranes"), "Wrote lesson 1.1")
    return cells


@pytest.mark.parametrize(
    ("words", "form", "name"),
    [
        ("export the course as Markdown", Format.MARKDOWN, "Cells.md"),
        ("give me a handout of lesson 1.1", Format.HANDOUT, "1.1 Lipids handout.pdf"),
        ("export module 1 as PowerPoint", Format.SLIDES, "Cells - module 1.pptx"),
        ("download everything as SCORM", Format.SCORM, "Cells SCORM.zip"),
        ("export it for Canvas", Format.CARTRIDGE, "Cells.imscc"),
    ],
)
async def test_a_file_is_made_by_asking(
    built_in: Studio, cases: UseCases, written: UUID, ann: UUID, words: str, form: Format, name: str
) -> None:
    """The form and the part asked for appear in the conversation, with what is not in the file."""
    await about(cases, ann, "t1", written)
    events = await said(built_in, ann, "t1", words)
    made = only(events, ExportMade)
    assert (made.export.format, made.export.filename) == (form, name)
    assert name in only(events, Reply).text
    if form is Format.SCORM:
        assert "Left out, because only planned: 1.2 “Proteins”, 2.1 “Diffusion”." in made.notes
        assert "Without a video: 1.1 “Lipids”." in only(events, Reply).text
    assert not every(events, CourseChanged)


async def test_what_cannot_be_exported_is_said(built_in: Studio, cases: UseCases, written: UUID, ann: UUID) -> None:
    """No video yet: the reply says what to do first, and no file appears."""
    await about(cases, ann, "t1", written)
    events = await said(built_in, ann, "t1", "download all videos")
    assert "render lesson 1.1" in only(events, Reply).text
    assert not every(events, ExportMade)


async def test_a_saved_course_is_imported_by_attaching_it(
    built_in: Studio, cases: UseCases, cells: UUID, ann: UUID
) -> None:
    """It becomes a course of its own, which the conversation is about then; no document, no other course is made."""
    file = Attached("cells.md", course_markdown(cells_course()).encode())
    events = await said(built_in, ann, "t1", "import this course", file)
    opened = only(events, CourseOpened).course_id
    course = await cases.authoring.course(ann, opened)
    assert (course.title, len(course.lessons)) == ("Cells & their <membranes>", 4)
    assert "2 modules, 4 lessons, 4 of them written" in only(events, Reply).text
    assert not await cases.sources.list(ann, opened)
    assert {one.id for one in await cases.authoring.courses(ann)} == {cells, opened}
    assert "Undo: Imported" in (await cases.revisions.undo(ann, opened)).sentence


async def test_a_broken_course_file_is_told_with_its_line(built_in: Studio, ann: UUID) -> None:
    """The person reads which line to mend; no course is made."""
    text = course_markdown(cells_course()).replace("Minutes: 6", "Minutes: 600", 1)
    events = await said(built_in, ann, "t1", "import this course", Attached("cells.md", text.encode()))
    assert "Line 13 of this file cannot be read" in only(events, Reply).text
    assert not every(events, CourseOpened)
    assert not every(events, Failed)


def _deck() -> bytes:
    deck: Any = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text_frame.text = "Osmosis"
    slide.placeholders[1].text_frame.text = "Water moves\nSalt stays"
    slide.notes_slide.notes_text_frame.text = "Water moves to where it is saltier."
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


async def test_a_deck_becomes_a_lesson_by_asking(built_in: Studio, cases: UseCases, written: UUID, ann: UUID) -> None:
    """Attached with the place it belongs to: one revision, at that place, its notes spoken."""
    await about(cases, ann, "t1", written)
    events = await said(built_in, ann, "t1", "add this deck as a lesson in module 2", Attached("osmosis.pptx", _deck()))
    assert not [event for event in every(events, ToolEnded) if event.failed], events
    only(events, CourseChanged)
    lesson = (await cases.authoring.course(ann, written)).modules[1].lessons[1]
    assert (lesson.title, lesson.slides[0].narration) == ("osmosis", "Water moves to where it is saltier.")
    assert "Added “osmosis” as lesson 2.2: 1 slide." in only(events, Reply).text


async def test_a_deck_alone_begins_a_course(built_in: Studio, cases: UseCases, ann: UUID) -> None:
    """Without a course the deck makes one, with one module and one lesson."""
    events = await said(built_in, ann, "t1", "import this deck as a lesson", Attached("osmosis.pptx", _deck()))
    course = await cases.authoring.course(ann, every(events, CourseOpened)[0].course_id)
    assert [[lesson.title for lesson in module.lessons] for module in course.modules] == [["osmosis"]]
