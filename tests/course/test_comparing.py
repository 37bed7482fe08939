"""Changes read as a teacher would tell them: places, moves, answers and sources in words."""

from uuid import UUID, uuid4

import pytest

from course.arranging import Arranging
from course.authoring import Authoring
from course.comparing import Comparing
from course.database import Database
from course.edit import START
from course.errors import NotFound
from course.lessons import Lessons
from course.models.comparison import ChangedPart
from course.models.lesson import Lesson
from course.models.revision import Kind, Revision
from course.quizzes import Quizzes
from course.revisions import Revisions
from course.tables import PassageRow, SourceRow
from tests.fixtures.course import lesson_draft


@pytest.fixture
def comparing(database: Database) -> Comparing:
    """The use case."""
    return Comparing(database)


@pytest.fixture
async def lipids(authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID) -> Lesson:
    """Lesson 1.1, written."""
    line = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, line.id, lesson_draft("One", "Two", "Three"), "Wrote it")
    return await authoring.lesson(ann, cells, line.id)


async def compared(comparing: Comparing, ann: UUID, cells: UUID, made: Revision | None) -> list[ChangedPart]:
    """The parts of that revision."""
    assert made is not None
    return await comparing.compare(ann, cells, made.changes)


async def test_moves_are_said_in_words(
    comparing: Comparing, revisions: Revisions, authoring: Authoring, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """Within its lesson from place to place, to another module from module to module; by where it stands now."""
    arranging = Arranging(revisions)
    slide = lipids.slides[0].id
    made = await arranging.move(ann, cells, [(Kind.SLIDE, slide)], lipids.id, "Moved", after=lipids.slides[2].id)
    part = (await compared(comparing, ann, cells, made))[0]
    assert (part.how, part.moved, part.where) == ("moved", "moved from place 1 to 3", "slide 3 of lesson 1.1")
    modules = (await authoring.outline(ann, cells)).modules
    other = await arranging.move(ann, cells, [(Kind.LESSON, lipids.id)], modules[1].id, "Moved", after=START)
    part = (await compared(comparing, ann, cells, other))[0]
    assert (part.moved, part.where, part.title) == ("moved from module 1 to module 2", "lesson 2.1", "Lipids")
    # The older change is told by where its slide stands now.
    assert (await compared(comparing, ann, cells, made))[0].where == "slide 3 of lesson 2.1"


async def test_what_is_gone_is_named_by_where_it_stood(
    comparing: Comparing, revisions: Revisions, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """A removed lesson has its slides below it, by their last places."""
    made = await Arranging(revisions).remove(ann, cells, [(Kind.LESSON, lipids.id)], "Removed it")
    parts = await compared(comparing, ann, cells, made)
    assert [(one.where, one.title, one.how) for one in parts] == [("lesson 1.1", "Lipids", "removed")]
    slides = [one for one in parts[0].below if one.kind is Kind.SLIDE]
    assert [one.where for one in slides] == [f"slide {number} of lesson 1.1" for number in (1, 2, 3)]
    assert all(field.after is None for one in slides for field in one.fields)


async def test_a_slide_is_told_field_by_field(
    comparing: Comparing, revisions: Revisions, database: Database, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """Only what reads differently, points as a list, sources by name."""
    await _source(database, ann, cells)
    async with revisions.edit(ann, cells, "Changed") as edit:
        body = {"layout": "bullets", "points": ["Fats store energy", "Oils flow"]}
        cited = [{"passage": "P1.1", "quote": "fats store"}, {"passage": "P9.9", "quote": ""}]
        await edit.update(Kind.SLIDE, lipids.slides[1].id, body=body, citations=cited)
    part = (await compared(comparing, ann, cells, edit.revision))[0]
    after = {field.name: field.after for field in part.fields}
    assert after["Points"] == "• Fats store energy\n• Oils flow"
    assert after["Sources"] == "Cell biology, On fats, page 7: “fats store”\nP9.9"
    assert "Narration" not in after
    assert "Title" not in after


async def test_answers_are_told_by_their_words(
    comparing: Comparing, revisions: Revisions, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """Another right answer is its text; choices in another order leave it the same."""
    item = lipids.quiz[0]
    made = await Quizzes(revisions).change(ann, cells, item.id, {"answer": 1}, "Another answer")
    fields = (await compared(comparing, ann, cells, made))[0].fields
    told = [(one.name, one.before, one.after) for one in fields]
    assert told == [("Right answer", item.choices[0], item.choices[1])]
    turned = [*reversed(item.choices)]
    made = await Quizzes(revisions).change(
        ann, cells, item.id, {"choices": turned, "answer": turned.index(item.choices[1])}, "Turned round"
    )
    assert [one.name for one in (await compared(comparing, ann, cells, made))[0].fields] == ["Choices"]


async def test_parts_come_in_reading_order(
    comparing: Comparing, revisions: Revisions, lessons: Lessons, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """The course first, then lesson by lesson, whatever the order they were changed in."""
    made = await lessons.replace_text(ann, cells, None, "Lipids", "Fats", "Replaced")
    parts = await compared(comparing, ann, cells, made)
    assert parts[0].where == "lesson 1.1"
    assert [one.kind for one in parts] == sorted((one.kind for one in parts), key=list(Kind).index)


async def test_only_editors_read_them(comparing: Comparing, ann: UUID, eve: UUID, lee: UUID, cells: UUID) -> None:
    """Names of parts and sources are not told to others."""
    for stranger in (eve, lee):
        with pytest.raises(NotFound):
            await comparing.compare(stranger, cells, [])
    assert await comparing.compare(ann, cells, []) == []


async def _source(database: Database, ann: UUID, cells: UUID) -> None:
    async with database.transaction() as session:
        source = SourceRow(
            id=uuid4(),
            course_id=cells,
            number=1,
            title="Cell biology",
            filename="cells.pdf",
            media_type="application/pdf",
            sha256="-",
            object_name="-",
            words=9,
            attached_by=ann,
        )
        session.add(source)
        await session.flush()
        session.add(PassageRow(source_id=source.id, number=1, section=1, heading="On fats", page=7, text="fats store"))
