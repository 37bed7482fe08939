"""Review mode on Postgres: nothing changes until it is applied, then exactly what was chosen, by one revision."""

from uuid import UUID

import pytest

from course.arranging import Arranging
from course.authoring import Authoring
from course.database import Database
from course.errors import Invalid, NotFound
from course.lessons import Lessons
from course.models.lesson import Lesson, LessonDraft
from course.models.proposal import Proposal, State
from course.models.revision import Kind
from course.proposals import Proposals
from course.proposing import OutlookAuthoring, Proposing
from course.revisions import Revisions
from course.slides import Slides
from course.tables import MemberRow
from tests.fixtures.course import lesson_draft


@pytest.fixture
def proposals(database: Database) -> Proposals:
    """Use cases of proposals."""
    return Proposals(database)


@pytest.fixture
def proposing(proposals: Proposals) -> Proposing:
    """The revisions of a turn in review mode."""
    return proposals.proposing("talk")


@pytest.fixture
async def lipids(authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID) -> Lesson:
    """Lesson 1.1, written."""
    line = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, line.id, lesson_draft("One", "Two", "Three"), "Wrote it")
    return await authoring.lesson(ann, cells, line.id)


async def retold(proposing: Proposing, ann: UUID, cells: UUID, lesson: Lesson, *places: int) -> None:
    """Proposes other narration for these slides, in one edit."""
    words = {lesson.slides[place].id: {"narration": f"Said anew {place}."} for place in places}
    await Slides(proposing).change(ann, cells, words, "Made it simpler")  # type: ignore[arg-type]  # built in a loop


async def test_an_edit_becomes_a_proposal(
    authoring: Authoring, proposing: Proposing, proposals: Proposals, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """The course stays byte for byte; the proposal has each changed part as a hunk, in reading order."""
    before = await authoring.course(ann, cells)
    made = await Authoring(proposing._database, proposing).rename(
        ann, cells, Kind.LESSON, lipids.id, "Fats", "Renamed lesson 1.1"
    )
    assert made is not None
    assert made.proposal is not None
    await retold(proposing, ann, cells, lipids, 2, 0)
    assert await authoring.course(ann, cells) == before
    waiting = await proposals.waiting(ann, "talk")
    assert waiting.id == made.proposal
    assert waiting.sentence == "Renamed lesson 1.1; made it simpler"
    assert [one.changes[0].id for one in waiting.hunks] == [lipids.id, lipids.slides[0].id, lipids.slides[2].id]
    assert [one.label for one in waiting.hunks] == ["1", "2.1", "2.2"]
    assert [one.told for one in waiting.hunks] == ["Renamed lesson 1.1", "Made it simpler", "Made it simpler"]


async def test_later_edits_of_a_turn_build_on_earlier_ones(
    database: Database, proposing: Proposing, proposals: Proposals, authoring: Authoring, ann: UUID, cells: UUID
) -> None:
    """What the turn reads and changes is the course as it would be: a lesson in a module that is only proposed."""
    outlook = OutlookAuthoring(database, proposing)
    await outlook.add_module(ann, cells, "Energy", "Added a module")
    module = (await outlook.outline(ann, cells)).modules[-1]
    assert module.title == "Energy"
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await outlook.move(ann, cells, Kind.LESSON, lesson.id, module.id, "Moved a lesson")
    await outlook.rename(ann, cells, Kind.MODULE, module.id, "Power", "Renamed it")
    assert [one.title for one in (await outlook.outline(ann, cells)).modules[-1].lessons] == [lesson.title]
    assert len((await authoring.outline(ann, cells)).modules) == 2
    waiting = await proposals.waiting(ann, "talk")
    assert [[one.kind for one in hunk.changes] for hunk in waiting.hunks] == [[Kind.LESSON], [Kind.MODULE]]
    assert waiting.hunks[0].needs == [2]
    done = await proposals.apply(ann, cells, waiting.id, [1])
    assert done.applied == [1, 2]
    assert [one.title for one in (await authoring.outline(ann, cells)).modules] == ["Membranes", "Transport", "Power"]


async def test_all_of_it_is_what_the_edits_would_have_done(
    database: Database, proposing: Proposing, proposals: Proposals, authoring: Authoring, ann: UUID, cells: UUID
) -> None:
    """Applied as a whole, the course is what the turn saw; undone, it is what it was."""
    outlook = OutlookAuthoring(database, proposing)
    before = await authoring.course(ann, cells)
    modules = before.modules
    await Arranging(proposing).merge(ann, cells, Kind.MODULE, [one.id for one in modules], "Merged the modules")
    await outlook.rename(ann, cells, Kind.MODULE, modules[0].id, "All of it", "Renamed it")
    seen = await outlook.outline(ann, cells)
    waiting = await proposals.waiting(ann, "talk")
    done = await proposals.apply(ann, cells, waiting.id)
    now = await authoring.outline(ann, cells)
    assert done.refused == {}
    assert done.proposal.state is State.ACCEPTED
    assert done.revision is not None
    assert done.revision.number == before.revision + 1
    assert [(one.title, [each.title for each in one.lessons]) for one in now.modules] == [
        (one.title, [each.title for each in one.lessons]) for one in seen.modules
    ]
    await Revisions(database).undo(ann, cells)
    again = await authoring.course(ann, cells)
    assert _plain(again) == _plain(before)


async def test_a_module_is_not_removed_with_what_was_to_move_out_of_it(
    proposing: Proposing, proposals: Proposals, authoring: Authoring, ann: UUID, cells: UUID
) -> None:
    """Of a merge, choosing only the removal takes the move with it: no lesson is lost."""
    before = await authoring.outline(ann, cells)
    await Arranging(proposing).merge(ann, cells, Kind.MODULE, [one.id for one in before.modules], "Merged them")
    waiting = await proposals.waiting(ann, "talk")
    removal = next(one for one in waiting.hunks if one.changes[0].after is None)
    assert removal.needs
    await proposals.apply(ann, cells, waiting.id, [removal.number])
    now = await authoring.outline(ann, cells)
    assert {one.id for one in now.lessons} == {one.id for one in before.lessons}
    assert len(now.modules) == 1


async def test_some_of_it_is_applied_and_the_rest_waits(
    proposing: Proposing, proposals: Proposals, authoring: Authoring, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """Only the chosen slide changes; the other can be applied later, and nothing twice."""
    await retold(proposing, ann, cells, lipids, 0, 2)
    waiting = await proposals.waiting(ann, "talk")
    first = await proposals.apply(ann, cells, waiting.id, [2])
    now = await authoring.lesson(ann, cells, lipids.id)
    assert [one.narration for one in now.slides] == [
        lipids.slides[0].narration,
        lipids.slides[1].narration,
        "Said anew 2.",
    ]
    assert first.proposal.state is State.OPEN
    with pytest.raises(Invalid, match="no open change 2"):
        await proposals.apply(ann, cells, waiting.id, [2])
    last = await proposals.apply(ann, cells, waiting.id)
    assert last.proposal.state is State.ACCEPTED
    assert (await authoring.lesson(ann, cells, lipids.id)).slides[0].narration == "Said anew 0."
    with pytest.raises(Invalid, match="decided already"):
        await proposals.apply(ann, cells, waiting.id)


async def test_what_others_changed_is_refused_and_the_rest_applied(
    database: Database,
    proposing: Proposing,
    proposals: Proposals,
    authoring: Authoring,
    ann: UUID,
    eve: UUID,
    cells: UUID,
    lipids: Lesson,
) -> None:
    """The refusal says who changed it and what it is now; the card knows before anything is applied."""
    await _coauthor(database, cells, eve)
    await retold(proposing, ann, cells, lipids, 0, 1)
    slides = Slides(Revisions(database))
    await slides.change(eve, cells, {lipids.slides[0].id: {"narration": "Eve's own words."}}, "Eve's change")
    await slides.change(eve, cells, {lipids.slides[1].id: {"title": "Another title"}}, "Eve's title")
    waiting = await proposals.waiting(ann, "talk")
    shown = await proposals.show(ann, cells, waiting.id)
    assert [bool(one.obstacle) for one in shown.hunks] == [True, False]
    done = await proposals.apply(ann, cells, waiting.id)
    assert done.applied == [2]
    assert "Eve changed the narration of slide 1 of lesson 1.1" in done.refused[1]
    assert "Eve's own words." in done.refused[1]
    now = await authoring.lesson(ann, cells, lipids.id)
    assert now.slides[0].narration == "Eve's own words."
    assert (now.slides[1].title, now.slides[1].narration) == ("Another title", "Said anew 1.")
    assert done.proposal.state is State.OPEN
    with_nothing = await proposals.apply(ann, cells, waiting.id)
    assert with_nothing.revision is None
    assert (await proposals.decline(ann, cells, waiting.id)).state is State.ACCEPTED


async def test_a_new_lesson_comes_with_its_slides(
    database: Database, proposing: Proposing, proposals: Proposals, authoring: Authoring, ann: UUID, cells: UUID
) -> None:
    """What is proposed for a lesson that is itself proposed is one hunk with it."""
    outlook = OutlookAuthoring(database, proposing)
    await Arranging(proposing).duplicate(
        ann, cells, (Kind.LESSON, (await authoring.outline(ann, cells)).lessons[0].id), "Copied lesson 1.1"
    )
    copy = (await outlook.outline(ann, cells)).lessons[1]
    await Lessons(proposing).write(ann, cells, copy.id, lesson_draft("One", "Two"), "Wrote it")
    waiting = await proposals.waiting(ann, "talk")
    assert len(waiting.hunks) == 1
    await proposals.apply(ann, cells, waiting.id)
    assert len((await authoring.lesson(ann, cells, copy.id)).slides) == 2


async def test_questions_follow_their_objectives(
    proposing: Proposing, proposals: Proposals, lessons: Lessons, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """Objectives in another order come with the questions that name them by number: one hunk."""
    draft = lesson_draft("One", "Two", "Three").model_dump()
    draft["objectives"] = ["Name the parts.", "Explain the whole."]
    draft["quiz"] = [item | {"objective": 1} for item in draft["quiz"]]
    await lessons.write(ann, cells, lipids.id, LessonDraft.model_validate(draft), "Two objectives")
    draft["objectives"].reverse()
    draft["quiz"] = [item | {"objective": 0} for item in draft["quiz"]]
    draft["slides"][0]["narration"] = "Told in other words."
    await Lessons(proposing).write(ann, cells, lipids.id, LessonDraft.model_validate(draft), "Turned round")
    waiting = await proposals.waiting(ann, "talk")
    assert sorted(len(one.changes) > 1 for one in waiting.hunks) == [False, True]


async def test_an_empty_course_is_filled_at_once(
    database: Database, proposing: Proposing, authoring: Authoring, ann: UUID
) -> None:
    """There is nothing to overwrite in a course without modules: its first outline is stored."""
    course_id = await authoring.create(ann)
    made = await OutlookAuthoring(database, proposing).add_module(ann, course_id, "First", "Added a module")
    assert made is not None
    assert made.proposal is None
    assert [one.title for one in (await authoring.outline(ann, course_id)).modules] == ["First"]


async def test_a_proposal_is_the_editors_alone(
    proposing: Proposing, proposals: Proposals, ann: UUID, eve: UUID, lee: UUID, cells: UUID, lipids: Lesson
) -> None:
    """Who does not edit the course finds no proposal, whatever they try; nor under another course."""
    await retold(proposing, ann, cells, lipids, 0)
    waiting = await proposals.waiting(ann, "talk")
    for stranger in (eve, lee):
        for attempt in (proposals.show, proposals.apply, proposals.decline):
            with pytest.raises(NotFound):
                await attempt(stranger, cells, waiting.id)
        with pytest.raises(NotFound):
            await proposals.waiting(stranger, "talk")
    with pytest.raises(NotFound):
        await proposals.show(ann, UUID(int=5), waiting.id)


async def test_a_declined_proposal_changes_nothing(
    proposing: Proposing, proposals: Proposals, authoring: Authoring, ann: UUID, cells: UUID, lipids: Lesson
) -> None:
    """Declined it is, and stays; and no proposal waits any more."""
    before = await authoring.course(ann, cells)
    await retold(proposing, ann, cells, lipids, 0)
    waiting = await proposals.waiting(ann, "talk")
    assert (await proposals.decline(ann, cells, waiting.id)).state is State.DECLINED
    assert await authoring.course(ann, cells) == before
    with pytest.raises(Invalid, match="declined"):
        await proposals.apply(ann, cells, waiting.id)
    with pytest.raises(NotFound, match="no proposal waiting"):
        await proposals.waiting(ann, "talk")


async def test_a_swap_is_one_hunk(
    proposing: Proposing, proposals: Proposals, authoring: Authoring, ann: UUID, cells: UUID
) -> None:
    """Half of a swap is offered to nobody."""
    outline = await authoring.outline(ann, cells)
    await Arranging(proposing).swap(
        ann, cells, (Kind.MODULE, outline.modules[0].id), (Kind.MODULE, outline.modules[1].id), "Swapped them"
    )
    waiting: Proposal = await proposals.waiting(ann, "talk")
    assert len(waiting.hunks) == 1


async def _coauthor(database: Database, course_id: UUID, who: UUID) -> None:
    async with database.transaction() as session:
        session.add(MemberRow(course_id=course_id, user_id=who))


def _plain(value: object) -> object:
    if hasattr(value, "model_dump"):
        value = value.model_dump()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key != "revision"}
    return [_plain(one) for one in value] if isinstance(value, list) else value
