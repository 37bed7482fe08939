"""Order and cut of things: what was meant changes, and everything else stays byte for byte."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest

from course import parts
from course.arranging import Arranging
from course.authoring import Authoring
from course.edit import START
from course.errors import Invalid
from course.lessons import Lessons
from course.models.lesson import Lesson, LessonDraft
from course.models.outline import Course
from course.models.revision import Kind
from course.revisions import Revisions

_OBJECTIVES = ["Explain how bees fly.", "Describe the queen.", "Name three flowers."]


@pytest.fixture
def arranging(revisions: Revisions) -> Arranging:
    """Use cases of order."""
    return Arranging(revisions)


def bees() -> LessonDraft:
    """Four slides, three objectives, and a question for each objective."""
    texts = {
        "Wings": "Bees fly with four wings. The wings beat fast.",
        "Queen": "The queen lays eggs. She lives for years.",
        "Flowers": "Clover flowers feed bees. So do apple flowers.",
        "Recap": "Bees fly. Queens lay eggs.",
    }
    questions = [
        ("How do bees fly?", "With wings", 0),
        ("Who lays eggs?", "The queen", 1),
        ("What feeds?", "Clover", 2),
    ]
    return LessonDraft.model_validate(
        {
            "objectives": _OBJECTIVES,
            "slides": [
                {
                    "title": title,
                    "body": {"layout": "bullets", "points": [f"{title} one", f"{title} two"]},
                    "narration": narration,
                    "citations": [{"passage": f"P1.{number}", "quote": title}],
                }
                for number, (title, narration) in enumerate(texts.items(), start=1)
            ],
            "quiz": [
                {
                    "question": question,
                    "choices": [right, "No", "Never"],
                    "answer": 0,
                    "explanation": "",
                    "objective": objective,
                }
                for question, right, objective in questions
            ],
        },
    )


@pytest.fixture
async def course(authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID) -> Course:
    """Ann's course with bees in lessons 1.1 and 1.2."""
    for line in (await authoring.outline(ann, cells)).lessons[:2]:
        await lessons.write(ann, cells, line.id, bees(), "Wrote it")
    return await authoring.course(ann, cells)


def words(lesson: Lesson) -> dict[str, Any]:
    """All a lesson says, without identities and revisions."""
    whole = lesson.model_dump(mode="json", exclude={"revision", "number", "id"})
    for part in (*whole["slides"], *whole["quiz"]):
        part.pop("id")
    return whole


def titles(several: Iterable[Any]) -> list[str]:
    """Their titles."""
    return [part.title for part in several]


def aims(lesson: Lesson) -> dict[str, str]:
    """Each question with the objective it tests."""
    return {item.question: lesson.objectives[item.objective] for item in lesson.quiz}


async def test_swapped_lessons_stand_in_each_others_place(
    arranging: Arranging, authoring: Authoring, ann: UUID, course: Course
) -> None:
    """Across modules too; nothing but the two is touched."""
    _, proteins, diffusion = course.lessons
    revision = await arranging.swap(ann, course.id, (Kind.LESSON, proteins.id), (Kind.LESSON, diffusion.id), "Swapped")
    after = await authoring.course(ann, course.id)
    assert titles(after.lessons) == ["Lipids", "Diffusion", "Proteins"]
    assert revision is not None
    assert {change.id for change in revision.changes} == {proteins.id, diffusion.id}
    assert words(after.lessons[2]) == words(proteins)


async def test_swapped_objectives_keep_their_questions(
    arranging: Arranging, authoring: Authoring, revisions: Revisions, ann: UUID, course: Course
) -> None:
    """Each question tests the objective it tested before, and undo gives the very same lesson."""
    async with revisions.edit(ann, course.id, "-") as edit:
        rows = [row for kind, row in await parts.children(edit.session, Kind.LESSON, course.lessons[0].id)]
        first, second = rows[0].id, rows[1].id
    await arranging.swap(ann, course.id, (Kind.OBJECTIVE, first), (Kind.OBJECTIVE, second), "Swapped")
    after = (await authoring.course(ann, course.id)).lessons[0]
    assert after.objectives == [_OBJECTIVES[1], _OBJECTIVES[0], _OBJECTIVES[2]]
    assert aims(after) == aims(course.lessons[0])
    await arranging.remove(ann, course.id, [(Kind.OBJECTIVE, second)], "Removed")
    after = (await authoring.course(ann, course.id)).lessons[0]
    assert after.objectives == [_OBJECTIVES[0], _OBJECTIVES[2]]
    assert aims(after) | {"Who lays eggs?": ""} == aims(course.lessons[0]) | {"Who lays eggs?": ""}
    await revisions.undo(ann, course.id)
    await revisions.undo(ann, course.id)
    assert words((await authoring.course(ann, course.id)).lessons[0]) == words(course.lessons[0])


async def test_merged_modules_keep_all_lessons(
    arranging: Arranging, authoring: Authoring, ann: UUID, course: Course
) -> None:
    """In their order, under both titles."""
    ids = [module.id for module in course.modules]
    await arranging.merge(ann, course.id, Kind.MODULE, ids, "Merged")
    after = await authoring.course(ann, course.id)
    assert titles(after.modules) == ["Membranes and Transport"]
    assert [words(lesson) for lesson in after.lessons] == [words(lesson) for lesson in course.lessons]


async def test_merged_lessons_keep_slides_questions_and_aims(
    arranging: Arranging, authoring: Authoring, lessons: Lessons, ann: UUID, course: Course
) -> None:
    """Both contents one after the other; each question still tests its own objective."""
    one, other, _ = course.lessons
    other_draft = bees().model_copy(update={"objectives": ["Smell.", "See.", "Hear."]})
    await lessons.write(ann, course.id, other.id, other_draft, "Wrote it")
    await arranging.merge(ann, course.id, Kind.LESSON, [one.id, other.id], "Merged", title="Bees")
    merged = (await authoring.course(ann, course.id)).lessons[0]
    assert (merged.title, merged.minutes) == ("Bees", 12)
    assert titles(merged.slides) == titles(one.slides) * 2
    assert merged.objectives == [*_OBJECTIVES, "Smell.", "See.", "Hear."]
    assert [item.objective for item in merged.quiz] == [0, 1, 2, 3, 4, 5]
    assert len((await authoring.course(ann, course.id)).lessons) == 2


async def test_a_split_lesson_is_two_with_their_own_questions(
    arranging: Arranging, authoring: Authoring, ann: UUID, course: Course
) -> None:
    """Slides after the cut go; questions follow the slide that answers them; minutes are shared."""
    before = course.lessons[0]
    await arranging.split(ann, course.id, (Kind.LESSON, before.id), "Split", after=2)
    first, second = (await authoring.course(ann, course.id)).lessons[:2]
    assert second.title == "Lipids, continued"
    assert titles(first.slides) + titles(second.slides) == titles(before.slides)
    assert first.minutes + second.minutes == before.minutes
    assert [item.question for item in second.quiz] == ["What feeds?"]
    assert aims(first) | aims(second) == aims(before)
    assert words(first)["slides"] == words(before)["slides"][:2]


async def test_a_split_slide_shares_points_and_sentences(
    arranging: Arranging, authoring: Authoring, ann: UUID, course: Course
) -> None:
    """Each half has its own; merging them again gives all of it in order."""
    lesson = course.lessons[0]
    await arranging.split(ann, course.id, (Kind.SLIDE, lesson.slides[0].id), "Split", title="Speed")
    first, second = (await authoring.course(ann, course.id)).lessons[0].slides[:2]
    assert (first.title, second.title) == ("Wings", "Speed")
    assert (first.narration, second.narration) == ("Bees fly with four wings.", "The wings beat fast.")
    assert second.citations == lesson.slides[0].citations
    await arranging.merge(ann, course.id, Kind.SLIDE, [first.id, second.id], "Merged", title="Wings")
    after = (await authoring.course(ann, course.id)).lessons[0]
    assert words(after) == words(lesson)


async def test_a_split_needs_something_on_both_sides(arranging: Arranging, ann: UUID, course: Course) -> None:
    """Cutting after the last slide is refused with the reason."""
    with pytest.raises(Invalid, match="both halves"):
        await arranging.split(ann, course.id, (Kind.LESSON, course.lessons[0].id), "Split", after=4)


async def test_a_copy_has_everything_and_stands_behind(
    arranging: Arranging, authoring: Authoring, ann: UUID, course: Course
) -> None:
    """A copied lesson says the same in every part; only its title tells it is a copy."""
    lesson = course.lessons[0]
    await arranging.duplicate(ann, course.id, (Kind.LESSON, lesson.id), "Copied")
    after = await authoring.course(ann, course.id)
    assert titles(after.modules[0].lessons) == ["Lipids", "Lipids (copy)", "Proteins"]
    assert words(after.lessons[1]) | {"title": ""} == words(lesson) | {"title": ""}
    assert words(after.lessons[0]) == words(lesson)


async def test_a_slide_moves_to_another_lesson(
    arranging: Arranging, authoring: Authoring, ann: UUID, course: Course
) -> None:
    """It leaves one and comes into the other at its place; the last one cannot leave."""
    one, other, planned = course.lessons
    slide = (Kind.SLIDE, one.slides[1].id)
    await arranging.move(ann, course.id, [slide], other.id, "Moved", after=START)
    after = (await authoring.course(ann, course.id)).lessons
    assert titles(after[0].slides) == ["Wings", "Flowers", "Recap"]
    assert titles(after[1].slides) == ["Queen", *titles(other.slides)]
    assert planned.slides == []


async def test_a_lesson_keeps_a_slide_and_an_objective(arranging: Arranging, ann: UUID, course: Course) -> None:
    """Removing all slides is refused and nothing is removed."""
    with pytest.raises(Invalid, match="only slide"):
        await arranging.remove(ann, course.id, [(Kind.SLIDE, one.id) for one in course.lessons[0].slides], "Emptied")
