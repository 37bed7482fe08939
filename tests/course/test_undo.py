"""Undo, redo and going back as people mean it, and what an edit on an old state is told."""

from uuid import UUID

import pytest

from course.authoring import Authoring
from course.database import Database
from course.errors import BuiltOn, Conflict, Invalid, NotFound
from course.lessons import Lessons
from course.models.revision import Kind, Revision
from course.revisions import Reach, Revisions
from course.tables import MemberRow
from tests.course.snapshots import snapshot
from tests.fixtures.course import lesson_draft


@pytest.fixture
async def both(database: Database, eve: UUID, cells: UUID) -> UUID:
    """Eve, who edits Ann's course with her."""
    async with database.transaction() as session:
        session.add(MemberRow(course_id=cells, user_id=eve))
    return eve


@pytest.fixture
async def named(authoring: Authoring, ann: UUID, cells: UUID) -> list[Revision]:
    """The course called A, B and then C: revisions 2 to 4."""
    made = [await authoring.describe(ann, cells, f"Called it {title}", title=title) for title in "ABC"]
    return [one for one in made if one is not None]


async def _title(authoring: Authoring, ann: UUID, cells: UUID) -> str:
    return (await authoring.outline(ann, cells)).title


async def test_undo_and_redo_walk_back_and_forth_any_number_of_times(
    authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID, named: list[Revision]
) -> None:
    """Step by step down and up again, three times over, each step saying what it is."""
    for _ in range(3):
        for title in ("B", "A", "Cells"):
            undone = await revisions.undo(ann, cells)
            assert (undone.sentence[:16], await _title(authoring, ann, cells)) == ("Undo: Called it ", title)
        for title in ("A", "B", "C"):
            redone = await revisions.redo(ann, cells)
            assert (redone.sentence, await _title(authoring, ann, cells)) == (f"Redo: Called it {title}", title)
        with pytest.raises(Invalid, match="nothing to redo"):
            await revisions.redo(ann, cells)


async def test_a_new_change_leaves_what_was_undone_undone(
    authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID, named: list[Revision]
) -> None:
    """Undo goes on below it and never brings back what was taken back before."""
    await revisions.undo(ann, cells)
    await authoring.describe(ann, cells, "Toned it", tone="warm")
    await revisions.undo(ann, cells)
    await revisions.undo(ann, cells)
    assert await _title(authoring, ann, cells) == "A"
    assert [one.undone_by for one in (await revisions.history(ann, cells, limit=10))[::-1]] == [
        None, None, 8, 5, None, 7, None, None,
    ]  # fmt: skip


async def test_several_changes_are_taken_back_at_once(
    authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID, named: list[Revision]
) -> None:
    """By one revision, which one redo brings again; more than there are is all of them."""
    undone = await revisions.undo(ann, cells, count=2)
    assert undone.sentence == "Undo: the last 2 changes, from “Called it B” on"
    assert await _title(authoring, ann, cells) == "A"
    await revisions.redo(ann, cells)
    assert await _title(authoring, ann, cells) == "C"
    await revisions.undo(ann, cells, count=50)
    assert (await authoring.outline(ann, cells)).modules == []


async def test_going_back_is_one_change_like_any_other(
    authoring: Authoring, revisions: Revisions, database: Database, ann: UUID, cells: UUID, named: list[Revision]
) -> None:
    """It makes the course exactly what it was; undo brings everything again, redo goes back once more."""
    before = await snapshot(database, cells)
    await revisions.undo(ann, cells)
    gone = await revisions.go_back(ann, cells, 2)
    assert (gone.sentence, gone.back_to) == ("Went back to revision 2: Called it A", 2)
    assert await _title(authoring, ann, cells) == "A"
    await revisions.undo(ann, cells)
    assert await _title(authoring, ann, cells) == "B"
    await revisions.redo(ann, cells)
    assert await _title(authoring, ann, cells) == "A"
    await revisions.go_back(ann, cells, 4)
    assert await snapshot(database, cells) == before
    with pytest.raises(Invalid, match="already"):
        await revisions.go_back(ann, cells, 4)
    with pytest.raises(NotFound, match="no revision 99"):
        await revisions.go_back(ann, cells, 99)


async def test_an_old_change_names_what_was_built_on_it(
    authoring: Authoring, lessons: Lessons, revisions: Revisions, ann: UUID, cells: UUID
) -> None:
    """Those later ones and no others; then both ways out do what they say."""
    lipids, proteins, _ = (await authoring.outline(ann, cells)).lessons
    await lessons.write(ann, cells, lipids.id, lesson_draft("Fat"), "Wrote 1.1")
    await authoring.rename(ann, cells, Kind.LESSON, proteins.id, "Enzymes", "Renamed 1.2")
    course = await authoring.course(ann, cells)
    slide = course.lessons[0].slides[0].id
    await authoring.rename(ann, cells, Kind.SLIDE, slide, "Oil", "Renamed the slide")
    with pytest.raises(BuiltOn, match=r"“Wrote 1.1”.* later changes .*revision 4, “Renamed the slide”\.") as refusal:
        await revisions.undo(ann, cells, 2)
    assert (refusal.value.number, refusal.value.later) == (2, (4,))

    partly = await revisions.undo(ann, cells, 2, reach=Reach.UNTOUCHED)
    assert partly.sentence == "Undo in part: Wrote 1.1"
    lesson = (await authoring.course(ann, cells)).lessons[0]
    assert [one.title for one in lesson.slides] == ["Oil"]
    assert lesson.quiz == []
    await revisions.redo(ann, cells)
    assert [len((await authoring.course(ann, cells)).lessons[0].quiz), lesson.slides[0].id] == [1, slide]

    whole = await revisions.undo(ann, cells, 2, reach=Reach.WITH_LATER)
    assert whole.sentence == "Undo: Wrote 1.1, and 1 later change"
    outline = await authoring.outline(ann, cells)
    assert [(one.title, one.slides) for one in outline.lessons[:2]] == [("Lipids", 0), ("Enzymes", 0)]


async def test_what_stood_in_a_removed_part_comes_back_only_with_it(
    authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID
) -> None:
    """A lesson moved out of a module that is gone cannot go back there; together they can, to the very same."""
    outline = await authoring.outline(ann, cells)
    membranes, transport = outline.modules
    await authoring.move(ann, cells, Kind.LESSON, transport.lessons[0].id, membranes.id, "Moved it")
    await authoring.remove(ann, cells, Kind.MODULE, transport.id, "Removed the module")
    with pytest.raises(BuiltOn, match="Removed the module"):
        await revisions.undo(ann, cells, 2)
    await revisions.undo(ann, cells, 2, reach=Reach.WITH_LATER)
    assert [[one.title for one in module.lessons] for module in (await authoring.outline(ann, cells)).modules] == [
        ["Lipids", "Proteins"],
        ["Diffusion"],
    ]


async def test_a_part_put_back_finds_its_place(
    authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID
) -> None:
    """Another that was put there meanwhile stays beside it, and more can be put between them."""
    module = (await authoring.outline(ann, cells)).modules[0]
    first, second = module.lessons
    await authoring.remove(ann, cells, Kind.LESSON, second.id, "Removed Proteins")
    async with revisions.edit(ann, cells, "Added") as edit:
        await edit.insert(Kind.LESSON, module.id, after=first.id, title="New", minutes=5, sections=[])
    await revisions.undo(ann, cells, 2)
    async with revisions.edit(ann, cells, "Added") as edit:
        await edit.insert(Kind.LESSON, module.id, after=first.id, title="Newer", minutes=5, sections=[])
    titles = [one.title for one in (await authoring.outline(ann, cells)).modules[0].lessons]
    assert titles[:2] == ["Lipids", "Newer"]
    assert sorted(titles[2:]) == ["New", "Proteins"]


async def test_two_authors_on_one_slide(
    authoring: Authoring, lessons: Lessons, revisions: Revisions, ann: UUID, both: UUID, cells: UUID
) -> None:
    """Other columns are set all the same; the same ones are refused, saying who put what there, and deletes too."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("One", "Two"), "Wrote it")
    slide = (await authoring.course(ann, cells)).lessons[0].slides[1].id
    async with revisions.edit(both, cells, "Said it better", base=2) as edit:
        await edit.update(Kind.SLIDE, slide, narration="Two is more than one.")
    async with revisions.edit(ann, cells, "Named it", base=2) as edit:
        await edit.update(Kind.SLIDE, slide, title="Pairs")
    said = "Eve changed the narration of slide 2 of lesson 1.1 just now: “Two is more than one.”."
    with pytest.raises(Conflict, match=said):
        async with revisions.edit(ann, cells, "Said it worse", base=2) as edit:
            await edit.update(Kind.SLIDE, slide, title="Pairs", narration="Two.")
    with pytest.raises(Conflict, match=r"Eve changed the narration of slide 2 of lesson 1.1"):
        await authoring.remove(ann, cells, Kind.LESSON, lesson.id, "Removed it", base=2)
    now = (await authoring.course(ann, cells)).lessons[0].slides[1]
    assert (now.title, now.narration) == ("Pairs", "Two is more than one.")


async def test_a_draft_of_an_old_state_takes_nothing_back(
    authoring: Authoring, lessons: Lessons, revisions: Revisions, ann: UUID, both: UUID, cells: UUID
) -> None:
    """A lesson rewritten from what it said before keeps what the other changed where the draft did not mean to."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    draft = lesson_draft("One", "Two")
    await lessons.write(ann, cells, lesson.id, draft, "Wrote it")
    slide = (await authoring.course(ann, cells)).lessons[0].slides[0].id
    async with revisions.edit(both, cells, "Said it better", base=2) as edit:
        await edit.update(Kind.SLIDE, slide, narration="One is first.")
    slides = [draft.slides[0], draft.slides[1].model_copy(update={"narration": "Two is second."})]
    await lessons.write(ann, cells, lesson.id, draft.model_copy(update={"slides": slides}), "Rewrote it", base=2)
    now = (await authoring.course(ann, cells)).lessons[0]
    assert [one.narration for one in now.slides] == ["One is first.", "Two is second."]


async def test_a_question_whose_objective_goes_tests_another(
    authoring: Authoring, lessons: Lessons, revisions: Revisions, ann: UUID, cells: UUID
) -> None:
    """Numbers of objectives always point at one, also when an undo takes one away; undoing that is exact."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("One"), "Wrote it")
    async with revisions.edit(ann, cells, "Added an objective") as edit:
        await edit.insert(Kind.OBJECTIVE, lesson.id, text="Compare cells.")
    item = (await authoring.course(ann, cells)).lessons[0].quiz[0].id
    async with revisions.edit(ann, cells, "Aimed it") as edit:
        await edit.update(Kind.QUIZ_ITEM, item, objective=7)
    assert (await authoring.course(ann, cells)).lessons[0].quiz[0].objective == 1
    undo = await revisions.undo(ann, cells, 3)
    assert (await authoring.course(ann, cells)).lessons[0].quiz[0].objective == 0
    await revisions.undo(ann, cells, undo.number)
    assert (await authoring.course(ann, cells)).lessons[0].quiz[0].objective == 1


async def test_an_old_edit_keeps_numbers_pointing_at_something(
    authoring: Authoring, lessons: Lessons, revisions: Revisions, ann: UUID, both: UUID, cells: UUID
) -> None:
    """One removes an objective, not having seen that the other aimed a question at it: the question is aimed anew."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("One"), "Wrote it")
    async with revisions.edit(ann, cells, "Added an objective") as edit:
        second = await edit.insert(Kind.OBJECTIVE, lesson.id, text="Compare cells.")
    item = (await authoring.course(ann, cells)).lessons[0].quiz[0].id
    async with revisions.edit(both, cells, "Aimed it", base=3) as edit:
        await edit.update(Kind.QUIZ_ITEM, item, objective=1)
    async with revisions.edit(ann, cells, "Removed it", base=3) as edit:
        await edit.delete(Kind.OBJECTIVE, second)
    assert (await authoring.course(ann, cells)).lessons[0].quiz[0].objective == 0


async def test_an_edit_that_came_to_nothing_hides_nobodys_change(
    authoring: Authoring, lessons: Lessons, revisions: Revisions, ann: UUID, both: UUID, cells: UUID
) -> None:
    """A question aimed at what is not there stays as it is; what the other did to it is still not overwritten."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("One"), "Wrote it")
    item = (await authoring.course(ann, cells)).lessons[0].quiz[0].id
    async with revisions.edit(both, cells, "Asked it better", base=2) as edit:
        await edit.update(Kind.QUIZ_ITEM, item, choices=["The cell", "The atom"])
    async with revisions.edit(both, cells, "Aimed it") as edit:
        await edit.update(Kind.QUIZ_ITEM, item, objective=5)
    assert edit.revision is None
    with pytest.raises(Conflict, match="Eve changed the choices of"):
        async with revisions.edit(ann, cells, "Asked it worse", base=2) as edit:
            await edit.update(Kind.QUIZ_ITEM, item, choices=["Yes", "No"])
    assert (await authoring.course(ann, cells)).lessons[0].quiz[0].choices == ["The cell", "The atom"]


async def test_an_edit_that_came_to_nothing_leaves_no_mark(
    authoring: Authoring, revisions: Revisions, ann: UUID, cells: UUID
) -> None:
    """A lesson renamed and named back says the revision it is really of."""
    before = (await authoring.outline(ann, cells)).lessons[0]
    async with revisions.edit(ann, cells, "Renamed it, or not") as edit:
        await edit.update(Kind.LESSON, before.id, title="Fats")
        await edit.update(Kind.LESSON, before.id, title=before.title)
    assert edit.revision is None
    assert (await authoring.outline(ann, cells)).lessons[0] == before


async def test_nothing_is_put_into_a_part_that_is_gone(
    authoring: Authoring, revisions: Revisions, ann: UUID, both: UUID, cells: UUID
) -> None:
    """Neither added nor moved; the sentence says who removed it."""
    membranes, transport = (await authoring.outline(ann, cells)).modules
    await authoring.remove(both, cells, Kind.MODULE, transport.id, "Removed it", base=1)
    said = "Eve removed that module just now"
    with pytest.raises(NotFound, match=said):
        await authoring.move(ann, cells, Kind.LESSON, membranes.lessons[0].id, transport.id, "Moved it", base=1)
    with pytest.raises(NotFound, match=said):
        async with revisions.edit(ann, cells, "Added it", base=1) as edit:
            await edit.insert(Kind.LESSON, transport.id, title="New", minutes=5, sections=[])
