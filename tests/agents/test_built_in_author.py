"""A teacher's whole way with the built-in author: from a document to written lessons, an estimate and an edition."""

from uuid import UUID

from agents.events import CourseOpened, DraftProgress, DraftState, Failed, RenderOffered, RenderStarted, Reply
from agents.studio import Attached, Studio
from agents.turn import UseCases
from course.library.indexer import Indexer
from tests.agents.conversing import every, only, said

_DOCUMENT = b"""# Keeping bees

## The colony

A **colony** is a family of bees that lives together in a hive. Each colony has one queen, who lays all the eggs.
The workers are female bees that gather nectar and guard the hive. Drones are male bees whose only task is to mate.
A worker lives for about six weeks in summer. In winter the bees form a cluster to keep the queen warm.

## Honey

**Honey** is nectar that bees have thickened by fanning it with their wings. Foragers carry nectar to the hive in a
honey stomach. House bees pass the nectar from mouth to mouth, which adds enzymes to it. The enzymes break sucrose
into glucose and fructose. When the water falls below twenty percent, the bees seal the cell with wax.
Sealed honey keeps for many years.
A strong colony stores about thirty kilograms of honey in a good summer.

## Swarming

**Swarming** is the way in which a colony divides. The old queen leaves the hive with half of the workers. Scouts look
for a new home and dance to show where it is. The bees that stay behind raise a new queen from a larva fed with royal
jelly. A beekeeper prevents swarming by giving the colony more room in spring.
"""


async def test_from_a_document_to_an_edition(built_in: Studio, cases: UseCases, ann: UUID) -> None:
    """Attach, plan, approve, revise, estimate, render and publish, each with one plain sentence, and nothing fails."""
    document = Attached("bees.md", _DOCUMENT)
    planned = await said(built_in, ann, "t1", "Turn this into a three-module course for beginners.", document)
    course_id = only(planned, CourseOpened).course_id
    outline = await cases.authoring.outline(ann, course_id)
    assert len(outline.modules) == 3
    assert all(lesson.objectives and lesson.sections for lesson in outline.lessons)

    drafted = await said(built_in, ann, "t1", "Yes, go ahead")
    done = [event for event in every(drafted, DraftProgress) if event.state is DraftState.DONE]
    assert len(done) == len(outline.lessons)
    course = await cases.authoring.course(ann, course_id)
    assert all(lesson.drafted for lesson in course.lessons)
    cited = {citation.passage for lesson in course.lessons for slide in lesson.slides for citation in slide.citations}
    assert cited >= {"P1.1", "P1.2", "P1.3"}
    quotes = [one.quote for lesson in course.lessons for slide in lesson.slides for one in slide.citations]
    assert quotes
    assert all(quotes)

    await said(built_in, ann, "t1", "rename lesson 1.1 to A family of bees")
    assert (await cases.authoring.outline(ann, course_id)).lessons[0].title == "A family of bees"
    offered = await said(built_in, ann, "t1", "Render lesson 1.1")
    assert only(offered, RenderOffered).estimate.lesson_title == "A family of bees"
    assert not every(offered, RenderStarted)
    started = await said(built_in, ann, "t1", "yes")
    assert only(started, RenderStarted).course_id == course_id
    published = await said(built_in, ann, "t1", "publish the course")
    assert "Published" in only(published, Reply).text
    for events in (planned, drafted, offered, started, published):
        assert not every(events, Failed)


async def test_a_lesson_keeps_to_what_is_its_own(
    built_in: Studio, cases: UseCases, indexer: Indexer, ann: UUID
) -> None:
    """A short section is not filled up with what other lessons teach, however near the search finds it."""
    document = Attached("bees.md", _DOCUMENT)
    planned = await said(built_in, ann, "t1", "Turn this into a three-module course for beginners.", document)
    course_id = only(planned, CourseOpened).course_id
    assert await indexer.index_pending() > 0
    await said(built_in, ann, "t1", "Yes, go ahead")
    course = await cases.authoring.course(ann, course_id)
    for lesson in course.lessons:
        own = {one.ref for one in await cases.sources.passages(ann, course_id, lesson.sections)}
        cited = {citation.passage for slide in lesson.slides for citation in slide.citations}
        assert cited
        assert cited <= own


async def test_a_number_that_does_not_exist(built_in: Studio, ann: UUID) -> None:
    """Asking for lesson 7.3 is answered with the lessons there are."""
    await said(built_in, ann, "t1", "Make a course", Attached("bees.md", _DOCUMENT))
    reply = only(await said(built_in, ann, "t1", "render lesson 7.3"), Reply).text
    assert "7.3" in reply
    assert "1.1" in reply


async def test_one_word_is_asked_about(built_in: Studio, cases: UseCases, ann: UUID) -> None:
    """A brief of one empty word makes no course; the author asks one question."""
    reply = only(await said(built_in, ann, "t1", "course"), Reply).text
    assert reply.count("?") == 1
    assert await cases.authoring.courses(ann) == []


_HANDBOOK = b"""# Staff Handbook

## Opening Hours

The library opens at nine in the morning and closes at six in the evening. Two members of staff must be present
whenever the doors are open. A **duty manager** is the member of staff who holds the keys.

## Annual Leave

Full-time staff have twenty-eight days of paid leave each year. Requests for leave must reach the line manager two
weeks in advance.

## Data Protection

**Personal data** is any information that relates to a living person who can be identified. Records must never be left
open on an unattended screen.

## Locking Up

1. Check the reading rooms.
2. Close the windows and turn off the lights.
3. Lock the front door.
"""


async def test_a_handbook_of_short_sections(built_in: Studio, cases: UseCases, ann: UUID) -> None:
    """Questions plan nothing; a short document gives its modules, each lesson its own content, its steps and a quiz."""
    asked = await said(built_in, ann, "t1", "What can you do for me? (2)", Attached("handbook.md", _HANDBOOK))
    assert "plan a course" in only(asked, Reply).text
    course_id = only(asked, CourseOpened).course_id
    assert (await cases.authoring.outline(ann, course_id)).modules == []
    await said(built_in, ann, "t1", "Turn this into a three-module course for new staff.")
    assert len((await cases.authoring.outline(ann, course_id)).modules) == 3
    declined = await said(built_in, ann, "t1", "not yet")
    assert not every(declined, DraftProgress)
    await said(built_in, ann, "t1", "make lesson 1.1 two minutes long")
    assert (await cases.authoring.outline(ann, course_id)).lessons[0].minutes == 2
    await said(built_in, ann, "t1", "write the lessons")
    course = await cases.authoring.course(ann, course_id)
    assert all(lesson.drafted for lesson in course.lessons)
    told = [" ".join(slide.narration for slide in lesson.slides) for lesson in course.lessons]
    assert sum("Full-time staff have" in one for one in told) == 1
    assert any("Next, close the windows and turn off the lights." in one for one in told)
    assert any(lesson.quiz for lesson in course.lessons)
    offered = await said(built_in, ann, "t1", "render lesson 1.1")
    assert every(offered, RenderOffered)
    assert not every(await said(built_in, ann, "t1", "no, not now"), RenderStarted)
    assert not every(await said(built_in, ann, "t1", "yes"), RenderStarted)
