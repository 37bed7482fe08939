"""The outline: planned, planned again, edited and read."""

from uuid import UUID

import pytest

from course.authoring import Authoring
from course.database import Database
from course.edit import START
from course.errors import Conflict, NotAllowed, NotFound
from course.lessons import Lessons
from course.models.revision import Kind
from course.publishing import Publishing
from tests.fixtures.course import lesson_draft, outline_draft


async def test_a_planned_course_is_read_back_in_order(authoring: Authoring, ann: UUID, cells: UUID) -> None:
    """Modules and lessons keep their order and get their numbers from it."""
    outline = await authoring.outline(ann, cells)
    assert [(lesson.number, lesson.title) for lesson in outline.lessons] == [
        ("1.1", "Lipids"),
        ("1.2", "Proteins"),
        ("2.1", "Diffusion"),
    ]
    assert outline.title == "Cells"
    assert outline.revision == 1
    assert outline.lessons[0].objectives == ["Explain lipids."]


async def test_planning_again_keeps_what_stays(authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID) -> None:
    """A lesson that keeps its title keeps its identity and its slides, wherever it goes; only it is touched."""
    before = await authoring.outline(ann, cells)
    proteins = before.lessons[1]
    await lessons.write(ann, cells, proteins.id, lesson_draft("One", "Two"), "Wrote it")
    draft = outline_draft("Cells", Transport=["Diffusion", "Proteins"], Membranes=["Lipids"], Energy=["ATP"])
    revision = await authoring.plan(ann, cells, draft, "Reordered")
    outline = await authoring.outline(ann, cells)
    assert [lesson.title for lesson in outline.lessons] == ["Diffusion", "Proteins", "Lipids", "ATP"]
    assert outline.lessons[1].id == proteins.id
    assert outline.lessons[1].slides == 2
    assert revision is not None
    touched = {change.id for change in revision.changes}
    assert before.lessons[0].id not in touched


async def test_planning_the_same_again_changes_nothing(authoring: Authoring, ann: UUID, cells: UUID) -> None:
    """No revision is made when nothing had to change."""
    draft = outline_draft("Cells", Membranes=["Lipids", "Proteins"], Transport=["Diffusion"])
    assert await authoring.plan(ann, cells, draft, "Again") is None
    assert (await authoring.outline(ann, cells)).revision == 1


async def test_a_dropped_lesson_comes_back_with_undo(
    authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID
) -> None:
    """What a plan removes is recorded whole, so undo gives the very same course."""
    first = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, first.id, lesson_draft("One"), "Wrote it")
    before = await authoring.course(ann, cells)
    await authoring.plan(ann, cells, outline_draft("Cells", Transport=["Diffusion"]), "Cut")
    assert len((await authoring.course(ann, cells)).lessons) == 1
    await authoring._revisions.undo(ann, cells)
    after = await authoring.course(ann, cells)
    untouched = {"revision": 0}
    assert _without_revisions(after.model_dump() | untouched) == _without_revisions(before.model_dump() | untouched)


def _without_revisions(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_revisions(one) for key, one in value.items() if key != "revision"}
    return [_without_revisions(one) for one in value] if isinstance(value, list) else value


async def test_moving_touches_only_what_moves(authoring: Authoring, ann: UUID, cells: UUID) -> None:
    """A move is one change of one part."""
    outline = await authoring.outline(ann, cells)
    membranes, transport = outline.modules
    revision = await authoring.move(
        ann, cells, Kind.LESSON, membranes.lessons[1].id, transport.id, "Moved Proteins", after=START
    )
    assert revision is not None
    assert [change.id for change in revision.changes] == [membranes.lessons[1].id]
    titles = [lesson.title for lesson in (await authoring.outline(ann, cells)).lessons]
    assert titles == ["Lipids", "Proteins", "Diffusion"]


async def test_a_stale_edit_is_refused(authoring: Authoring, ann: UUID, cells: UUID) -> None:
    """A part changed after the author looked is not overwritten; other parts can still be edited."""
    outline = await authoring.outline(ann, cells)
    lipids, proteins, _ = outline.lessons
    await authoring.rename(ann, cells, Kind.LESSON, lipids.id, "Fats", "Renamed", base=outline.revision)
    with pytest.raises(Conflict):
        await authoring.rename(ann, cells, Kind.LESSON, lipids.id, "Oils", "Renamed", base=outline.revision)
    await authoring.rename(ann, cells, Kind.LESSON, proteins.id, "Enzymes", "Renamed", base=outline.revision)
    assert [lesson.title for lesson in (await authoring.outline(ann, cells)).lessons][:2] == ["Fats", "Enzymes"]


async def test_another_instructor_sees_nothing(authoring: Authoring, ann: UUID, eve: UUID, cells: UUID) -> None:
    """Someone else's course does not exist for the other: not in lists, not by its id."""
    assert await authoring.courses(eve) == []
    with pytest.raises(NotFound):
        await authoring.outline(eve, cells)
    with pytest.raises(NotFound):
        await authoring.describe(eve, cells, "Took it", title="Mine")
    assert (await authoring.outline(ann, cells)).title == "Cells"


async def test_learners_cannot_create_courses(authoring: Authoring, lee: UUID) -> None:
    """Creating is for instructors, whatever the conversation says."""
    with pytest.raises(NotAllowed):
        await authoring.create(lee)


async def test_publishing_leaves_out_what_is_only_planned(
    authoring: Authoring, lessons: Lessons, database: Database, ann: UUID, cells: UUID
) -> None:
    """Learners get the written lessons, under the numbers they have in the studio."""
    second = (await authoring.outline(ann, cells)).lessons[1]
    await lessons.write(ann, cells, second.id, lesson_draft("One"), "Wrote it")
    edition = await Publishing(database).publish(ann, cells)
    assert [lesson.number for lesson in edition.lessons] == ["1.2"]
    assert (await authoring.outline(ann, cells)).published_revision == edition.revision
