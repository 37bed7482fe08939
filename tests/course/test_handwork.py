"""Changes by hand: the meant column of the meant part, told in a sentence, and nothing of others overwritten."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from course.authoring import Authoring
from course.database import Database
from course.edit import START
from course.errors import Conflict, Invalid, NotFound
from course.handwork import Handwork, LessonPage
from course.lessons import Lessons
from course.models.revision import Kind, Revision
from course.revisions import Revisions
from tests.fixtures.course import lesson_draft


@pytest.fixture
def handwork(database: Database, revisions: Revisions) -> Handwork:
    """Use cases of the panel."""
    return Handwork(database, revisions)


@pytest.fixture
async def lipids(authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID) -> UUID:
    """Lesson 1.1 of Ann's course, written: slides Fats, Oils and Waxes, an objective, a question."""
    lesson_id = (await authoring.outline(ann, cells)).lessons[0].id
    await lessons.write(ann, cells, lesson_id, lesson_draft("Fats", "Oils", "Waxes"), "Wrote lesson 1.1")
    return lesson_id


def told(revision: Revision | None) -> str:
    """The revision's sentence."""
    assert revision is not None
    return revision.sentence


async def page_of(handwork: Handwork, ann: UUID, cells: UUID, lipids: UUID) -> LessonPage:
    """The lesson as the panel reads it."""
    return await handwork.page(ann, cells, lipids)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"narration": "Fats store energy."}, "Changed the narration of slide 1 of lesson 1.1"),
        ({"title": "Fat"}, "Changed the title of slide 1 of lesson 1.1"),
        ({"body": {"layout": "statement", "text": "Fat floats."}}, "Changed what is shown on slide 1 of lesson 1.1"),
    ],
)
async def test_one_column_of_one_slide_changes(
    handwork: Handwork, ann: UUID, cells: UUID, lipids: UUID, words: dict[str, Any], sentence: str
) -> None:
    """What was typed stands there, the revision holds that column alone and says so; the same again is no revision."""
    before = await page_of(handwork, ann, cells, lipids)
    slide = before.lesson.slides[0].id
    revision = await handwork.change(ann, cells, Kind.SLIDE, slide, words, base=before.revision)
    assert told(revision) == sentence
    assert revision is not None
    assert [(one.id, set(one.after or {})) for one in revision.changes] == [(slide, set(words))]
    after = await page_of(handwork, ann, cells, lipids)
    assert after.lesson.slides[0].model_dump(mode="json", include=set(words)) == words
    assert after.lesson.slides[1:] == before.lesson.slides[1:]
    assert await handwork.change(ann, cells, Kind.SLIDE, slide, words, base=after.revision) is None


async def test_a_slide_is_laid_out_anew(handwork: Handwork, ann: UUID, cells: UUID, lipids: UUID) -> None:
    """Points become steps with the same words; what cannot be laid out so is refused in a sentence."""
    before = await page_of(handwork, ann, cells, lipids)
    slide = before.lesson.slides[0].id
    await handwork.change(ann, cells, Kind.SLIDE, slide, {"layout": "process"}, base=before.revision)
    body = (await page_of(handwork, ann, cells, lipids)).lesson.slides[0].body.model_dump()
    assert body == {"layout": "process", "steps": ["Fats in one point", "Cells are small"]}
    with pytest.raises(Invalid, match="comparison needs two sides"):
        await handwork.change(ann, cells, Kind.SLIDE, slide, {"layout": "comparison"}, base=before.revision + 1)


async def test_what_others_changed_is_not_overwritten(handwork: Handwork, ann: UUID, cells: UUID, lipids: UUID) -> None:
    """The same column changed since is a conflict that says who; another column of the same slide is set."""
    page = await page_of(handwork, ann, cells, lipids)
    slide = page.lesson.slides[0].id
    await handwork.change(ann, cells, Kind.SLIDE, slide, {"narration": "Theirs."}, base=page.revision)
    with pytest.raises(Conflict, match=r"changed the narration of slide 1 of lesson 1\.1 just now.*“Theirs\.”"):
        await handwork.change(ann, cells, Kind.SLIDE, slide, {"narration": "Mine."}, base=page.revision)
    await handwork.change(ann, cells, Kind.SLIDE, slide, {"title": "Mine"}, base=page.revision)
    now = (await page_of(handwork, ann, cells, lipids)).lesson.slides[0]
    assert (now.title, now.narration) == ("Mine", "Theirs.")


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        (Kind.SLIDE, {"title": " "}, "The title cannot be stored: it must not be empty."),
        (Kind.SLIDE, {"body": {"layout": "bullets", "points": ["x" * 601]}}, "text on the slide cannot be stored"),
        (Kind.SLIDE, {"citations": []}, "A slide has no citations"),
        (Kind.LESSON, {"minutes": 0}, "The minutes cannot be stored: a lesson takes 1 to 60 minutes"),
        (Kind.LESSON, {"sections": ["S1.1"]}, "A lesson has no sections"),
        (Kind.QUIZ_ITEM, {"choices": ["One"]}, "two to six choices"),
        (Kind.QUIZ_ITEM, {"answer": 9}, "index of one of the choices"),
        (Kind.QUIZ_ITEM, {"objective": 3}, "one of the lesson's objectives"),
        (Kind.SLIDE, {}, "nothing to change"),
    ],
)
async def test_what_cannot_be_stored_is_said(
    handwork: Handwork, ann: UUID, cells: UUID, lipids: UUID, kind: Kind, words: dict[str, Any], sentence: str
) -> None:
    """A field the part has not, or words it cannot hold: a sentence, and nothing changed."""
    page = await page_of(handwork, ann, cells, lipids)
    part = {Kind.SLIDE: page.lesson.slides[0].id, Kind.QUIZ_ITEM: page.lesson.quiz[0].id}.get(kind, lipids)
    with pytest.raises(Invalid, match=sentence):
        await handwork.change(ann, cells, kind, part, words, base=page.revision)
    assert (await page_of(handwork, ann, cells, lipids)).lesson == page.lesson


async def test_parts_are_added_where_they_were_put(
    handwork: Handwork, ann: UUID, cells: UUID, lipids: UUID, authoring: Authoring
) -> None:
    """A slide first, an objective behind another (the question keeps its own), a lesson and a module with a title."""
    page = await page_of(handwork, ann, cells, lipids)
    slide = {"title": "Intro", "body": {"layout": "statement", "text": "Fat is fine."}}
    made = await handwork.add(ann, cells, Kind.SLIDE, lipids, slide, after=START)
    assert told(made) == "Added the slide “Intro” to lesson 1.1, “Lipids”"
    await handwork.add(ann, cells, Kind.OBJECTIVE, lipids, {"text": "Name a fat."}, after=START)
    question = {"question": "Which is a fat?", "choices": ["Butter", "Salt"], "answer": 0, "objective": 0}
    await handwork.add(ann, cells, Kind.QUIZ_ITEM, lipids, question)
    after = (await page_of(handwork, ann, cells, lipids)).lesson
    assert [one.title for one in after.slides] == ["Intro", "Fats", "Oils", "Waxes"]
    assert after.objectives == ["Name a fat.", *page.lesson.objectives]
    assert [(item.question[:5], item.objective) for item in after.quiz] == [("What ", 1), ("Which", 0)]
    module = (await authoring.outline(ann, cells)).modules[0]
    await handwork.add(ann, cells, Kind.MODULE, cells, {"title": "Energy"}, after=module.id)
    await handwork.add(ann, cells, Kind.LESSON, module.id, {"title": "Sugars", "objectives": ["Name a sugar."]})
    outline = await authoring.outline(ann, cells)
    assert [one.title for one in outline.modules] == ["Membranes", "Energy", "Transport"]
    assert [(one.title, one.objectives) for one in outline.modules[0].lessons][-1] == ("Sugars", ["Name a sugar."])
    with pytest.raises(Invalid, match="needs its text on the slide"):
        await handwork.add(ann, cells, Kind.SLIDE, lipids, {"title": "Bare"})


async def test_parts_are_moved_copied_and_removed(
    handwork: Handwork, ann: UUID, cells: UUID, lipids: UUID, revisions: Revisions
) -> None:
    """Each says what it did in words a teacher knows, and one undo takes it back."""
    page = await page_of(handwork, ann, cells, lipids)
    fats, oils, waxes = (slide.id for slide in page.lesson.slides)
    base = page.revision

    async def titles() -> list[str]:
        return [slide.title for slide in (await page_of(handwork, ann, cells, lipids)).lesson.slides]

    moved = await handwork.move(ann, cells, Kind.SLIDE, waxes, lipids, after=START, base=base)
    assert told(moved) == "Moved slide 3 of lesson 1.1 to the beginning"
    assert await titles() == ["Waxes", "Fats", "Oils"]
    behind = await handwork.move(ann, cells, Kind.SLIDE, waxes, lipids, after=fats, base=base + 1)
    assert told(behind) == "Moved slide 1 of lesson 1.1 behind slide 2 of lesson 1.1"
    assert told(await handwork.duplicate(ann, cells, Kind.SLIDE, oils)) == "Copied slide 3 of lesson 1.1"
    assert await titles() == ["Fats", "Waxes", "Oils", "Oils"]
    gone = await handwork.remove(ann, cells, Kind.SLIDE, fats, base=base + 3)
    assert told(gone) == "Removed slide 1 of lesson 1.1"
    await revisions.undo(ann, cells)
    assert await titles() == ["Fats", "Waxes", "Oils", "Oils"]


async def test_others_have_no_hand_in_it(
    handwork: Handwork, ann: UUID, eve: UUID, cells: UUID, lipids: UUID, authoring: Authoring
) -> None:
    """Someone without rights reads and changes nothing; a part of another course is not there."""
    slide = (await page_of(handwork, ann, cells, lipids)).lesson.slides[0].id
    theirs = await authoring.create(eve)
    for course_id in (cells, theirs):
        with pytest.raises(NotFound):
            await handwork.page(eve, course_id, lipids)
        with pytest.raises(NotFound):
            await handwork.change(eve, course_id, Kind.SLIDE, slide, {"title": "Eve's"}, base=0)
        with pytest.raises(NotFound):
            await handwork.remove(eve, course_id, Kind.SLIDE, slide, base=99)
        with pytest.raises(NotFound):
            await handwork.add(eve, course_id, Kind.OBJECTIVE, lipids, {"text": "Eve's"})
    with pytest.raises(NotFound):
        await handwork.duplicate(ann, cells, Kind.SLIDE, uuid4())
