"""A teacher asks what is wrong and is told, with words that mend it; nothing is changed by asking."""

from uuid import UUID

import pytest

from agents.events import CourseChanged, Reply, ToolStarted
from agents.studio import Studio
from agents.turn import UseCases
from course.lessons import Lessons
from tests.agents.conversing import about, every, only, said
from tests.fixtures.course import lesson_draft


@pytest.fixture
async def written(cases: UseCases, lessons: Lessons, ann: UUID, cells: UUID) -> UUID:
    """Lesson 1.1 of Ann's course says the same on both of its slides."""
    first = (await cases.authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, first.id, lesson_draft("Lipids", "Membranes"), "Wrote it")
    await about(cases, ann, "t1", cells)
    return cells


@pytest.mark.parametrize(
    ("asked", "label", "told"),
    [
        ("check lesson 1.1", "Checking the quality: lesson 1.1", "Lesson 1.1, “Lipids”: "),
        ("what is wrong with module 1?", "Checking the quality: module 1", "Module 1, “"),
        ("quality report", "Checking the quality: course", "The course: "),
    ],
)
async def test_a_check_is_told_with_what_mends_it(
    built_in: Studio, cases: UseCases, ann: UUID, written: UUID, asked: str, label: str, told: str
) -> None:
    """The figures of the part that was named, its findings, and no new revision."""
    events = await said(built_in, ann, "t1", asked)
    assert [one.label for one in every(events, ToolStarted)] == [label]
    reply = only(events, Reply).text
    assert told in reply
    assert "A cell is the smallest unit of life” is said again on slide 2, after slide 1." in reply
    assert " → *In lesson 1.1, say this on slide 2 in new words" in reply
    assert every(events, CourseChanged) == []
    assert (await cases.authoring.outline(ann, written)).revision == 2


async def test_a_planned_lesson_has_nothing_to_check(built_in: Studio, ann: UUID, written: UUID) -> None:
    """It is said so instead of a report of faults."""
    reply = only(await said(built_in, ann, "t1", "check lesson 1.2"), Reply).text
    assert "is not written yet; there is nothing to check." in reply
