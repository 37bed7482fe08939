"""History: undo, redo, conflicts, and any sequence of edits taken back."""

import asyncio
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.authoring import Authoring
from course.errors import Conflict, Invalid, LecternError, NotFound
from course.lessons import Lessons
from course.models.revision import Kind
from course.revisions import Revisions
from tests.fixtures.course import lesson_draft, outline_draft


async def test_undo_and_redo(authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID) -> None:
    """Undo takes back the last change; undoing the undo brings it again."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await authoring.rename(ann, cells, Kind.LESSON, lesson.id, "Fats", "Renamed 1.1")
    undone = await revisions.undo(ann, cells)
    assert undone.sentence == "Undo: Renamed 1.1"
    assert (await authoring.outline(ann, cells)).lessons[0].title == "Lipids"
    await revisions.undo(ann, cells, undone.number)
    assert (await authoring.outline(ann, cells)).lessons[0].title == "Fats"


async def test_undo_goes_back_step_by_step(authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID) -> None:
    """Undo after undo takes back the change before, down to the empty course, then says there is nothing left."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await authoring.rename(ann, cells, Kind.LESSON, lesson.id, "Fats", "Renamed")
    await revisions.undo(ann, cells)
    await revisions.undo(ann, cells)
    assert (await authoring.outline(ann, cells)).modules == []
    with pytest.raises(Invalid, match="nothing to undo"):
        await revisions.undo(ann, cells)


async def test_undo_of_a_change_others_built_on_is_refused(
    authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID
) -> None:
    """An old change whose parts were changed since says so, and nothing is changed."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    first = await authoring.rename(ann, cells, Kind.LESSON, lesson.id, "Fats", "Renamed")
    await authoring.rename(ann, cells, Kind.LESSON, lesson.id, "Oils", "Renamed again")
    assert first is not None
    with pytest.raises(Conflict, match="later change"):
        await revisions.undo(ann, cells, first.number)
    assert (await authoring.outline(ann, cells)).lessons[0].title == "Oils"


async def test_a_lesson_written_again_records_only_what_changed(
    authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID
) -> None:
    """Rewriting with one changed narration is one change of one column."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    draft = lesson_draft("One", "Two", "Three")
    await lessons.write(ann, cells, lesson.id, draft, "Wrote it")
    slides = list(draft.slides)
    slides[1] = slides[1].model_copy(update={"narration": "Quite another story."})
    revision = await lessons.write(ann, cells, lesson.id, draft.model_copy(update={"slides": slides}), "Rewrote it")
    assert revision is not None
    assert len(revision.changes) == 1
    assert revision.changes[0].after == {"narration": "Quite another story."}


async def test_replacing_words_keeps_everything_else(
    authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID
) -> None:
    """Whole words only, capitals kept, and a word that stands nowhere is said so."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("Cell walls", "Cellulose"), "Wrote it")
    await lessons.replace_text(ann, cells, None, "cell", "unit", "Replaced")
    course = await authoring.course(ann, cells)
    assert course.title == "Cells"
    assert [slide.title for slide in course.lessons[0].slides] == ["Unit walls", "Cellulose"]
    assert "A unit is the smallest" in course.lessons[0].slides[0].narration
    with pytest.raises(Invalid, match="mitochondria"):
        await lessons.replace_text(ann, cells, None, "mitochondria", "mitochondrion", "Replaced")


@pytest.mark.parametrize(
    ("find", "replace"),
    [("Lipids", ""), ("Lipids", "fat " * 60), ("atom", "organ"), ("cell", "unit " * 110)],
    ids=["a title of nothing", "an endless title", "two equal choices", "an endless point"],
)
async def test_replacing_words_never_breaks_a_course(
    authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID, find: str, replace: str
) -> None:
    """What could not be read any more afterwards is refused with a sentence, and nothing is changed."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("Cell", "Cellulose"), "Wrote it")
    before = await authoring.course(ann, cells)
    with pytest.raises(Invalid, match="nothing was changed"):
        await lessons.replace_text(ann, cells, None, find, replace, "Replaced")
    assert await authoring.course(ann, cells) == before


async def test_two_authors_at_once_lose_nothing(authoring: Authoring, ann: UUID, cells: UUID) -> None:
    """Twenty edits of different parts at the same moment all arrive, each as its own revision."""
    names = [f"Module {number}" for number in range(20)]
    await asyncio.gather(*(authoring.add_module(ann, cells, name, f"Added {name}") for name in names))
    outline = await authoring.outline(ann, cells)
    assert sorted(module.title for module in outline.modules[2:]) == sorted(names)
    assert outline.revision == 21


_STEPS = st.lists(
    st.tuples(st.sampled_from(["rename", "remove", "move", "plan", "write", "undo"]), st.integers(0, 7)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
async def test_undoing_all_gives_back_the_first_revision(
    authoring: Authoring, lessons: Lessons, revisions: Revisions, ann: UUID, steps: list[tuple[str, int]]
) -> None:
    """Whatever was done, undoing every revision in turn ends at the course as it began."""
    course_id = await authoring.create(ann)
    for step, number in steps:
        try:
            await _take(step, number, authoring, lessons, revisions, ann, course_id)
        except LecternError:
            continue
    for revision in await revisions.history(ann, course_id, limit=100):
        await revisions.undo(ann, course_id, revision.number)
    course = await authoring.course(ann, course_id)
    assert course.modules == []
    assert course.title == "Untitled course"


async def _take(
    step: str,
    number: int,
    authoring: Authoring,
    lessons: Lessons,
    revisions: Revisions,
    ann: UUID,
    course_id: UUID,
) -> None:
    outline = await authoring.outline(ann, course_id)
    names = ["Lipids", "Proteins", "Diffusion", "Osmosis"][: 1 + number % 4]
    if step == "plan":
        await authoring.plan(ann, course_id, outline_draft("Cells", A=names[::-1], B=["ATP"]), "Planned")
    elif step == "undo":
        await revisions.undo(ann, course_id)
    elif outline.lessons:
        lesson = outline.lessons[number % len(outline.lessons)]
        if step == "rename":
            await authoring.rename(ann, course_id, Kind.LESSON, lesson.id, f"Lesson {number}", "Renamed")
        elif step == "remove":
            await authoring.remove(ann, course_id, Kind.LESSON, lesson.id, "Removed")
        elif step == "move":
            target = outline.modules[number % len(outline.modules)]
            await authoring.move(ann, course_id, Kind.LESSON, lesson.id, target.id, "Moved")
        else:
            await lessons.write(ann, course_id, lesson.id, lesson_draft(*names), "Wrote")


async def test_a_change_is_undone_as_long_as_its_last_undo_stands(
    authoring: Authoring, revisions: Revisions, ann: UUID, eve: UUID, cells: UUID
) -> None:
    """Undone, redone and undone again are told apart, also sixty changes later; strangers are told nothing."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    change = await authoring.rename(ann, cells, Kind.LESSON, lesson.id, "Fats", "Renamed")
    assert change is not None

    async def undone() -> bool:
        return await revisions.is_undone(ann, cells, change.number)

    assert not await undone()
    undo = await revisions.undo(ann, cells, change.number)
    assert await undone()
    redo = await revisions.undo(ann, cells, undo.number)
    assert not await undone()
    assert await revisions.is_undone(ann, cells, undo.number)
    await revisions.undo(ann, cells, redo.number)
    assert await undone()
    for number in range(60):
        await authoring.describe(ann, cells, "Renamed the course", title=f"Title {number}")
    assert await undone()
    with pytest.raises(NotFound, match="no such course"):
        await revisions.is_undone(eve, cells, change.number)
