"""A lesson looked at by machine and reviewer, mended once, and the better of the two drafts kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from agents import checking
from agents.events import DraftState
from agents.model import Account, Model
from agents.writing import Assignment, Writing
from course.authoring import Authoring
from course.models.lesson import LessonDraft
from course.models.outline import Outline
from course.models.source import Passage
from tests.agents.drafts import sound
from tests.agents.scripted_model import ScriptedModel
from tests.fixtures.course import lesson_draft

_ACCEPTED = {"verdict": "accept", "findings": []}
_TASTE = {"verdict": "repair", "findings": ["Slide 1: the hook is dull."]}


@pytest.fixture
async def outline(authoring: Authoring, ann: UUID, cells: UUID) -> Outline:
    """Lipids, Proteins and Diffusion, planned."""
    return await authoring.outline(ann, cells)


@pytest.fixture
def writing(scripted: ScriptedModel, new_model: Callable[..., Model]) -> Writing:
    """Writer and reviewer, scripted."""
    return Writing(new_model(scripted.base_url))


def _flawed(title: str, *, problems: int) -> dict[str, Any]:
    """A lesson that says a sentence twice, and with two problems is also far too short."""
    draft = sound(title, "More")
    if problems > 1:
        for slide in draft["slides"]:
            slide["narration"] = " ".join(slide["narration"].split()[:40]) + "."
    draft["slides"][1]["narration"] += " A cell is the smallest unit of life."
    return draft


def _asked(scripted: ScriptedModel) -> list[str]:
    return [str(one["messages"][-1]["content"]) for one in scripted.requests]


async def test_a_sound_lesson_is_not_mended(
    writing: Writing, scripted: ScriptedModel, outline: Outline, ann: UUID
) -> None:
    """Nothing found by reviewer or machine: two calls, and the first draft is it."""
    scripted.structured = {"LessonDraft": [sound("First")], "ReviewDraft": [_ACCEPTED]}
    states: list[DraftState] = []
    draft = await writing.write(Assignment(outline.lessons[0], outline, []), Account(ann), states.append)
    assert draft.slides[0].title == "First"
    assert states == [DraftState.WRITING, DraftState.REVIEWING]
    assert not any("<measured>" in one for one in _asked(scripted))


async def test_what_a_machine_finds_is_mended_even_if_the_reviewer_accepts(
    writing: Writing, scripted: ScriptedModel, outline: Outline, ann: UUID
) -> None:
    """The reviewer is told what was measured, and the writer gets it to mend."""
    scripted.structured = {"LessonDraft": [_flawed("First", problems=2), sound("Mended")], "ReviewDraft": [_ACCEPTED]}
    draft = await writing.write(Assignment(outline.lessons[0], outline, []), Account(ann))
    assert draft.slides[0].title == "Mended"
    _, reviewer, mending = _asked(scripted)
    measured = checking.problems(
        checking.findings(LessonDraft.model_validate(_flawed("First", problems=2)), outline.lessons[0], outline, [])
    )
    assert measured
    assert all(f"- {one}" in reviewer and f"- {one}" in mending for one in measured)


@pytest.mark.parametrize(
    ("first", "second", "review", "kept"),
    [
        (_flawed("First", problems=1), _flawed("Second", problems=2), _TASTE, "First"),
        (_flawed("First", problems=2), _flawed("Second", problems=1), _TASTE, "Second"),
        (sound("First"), sound("Second"), _TASTE, "Second"),
        (_flawed("First", problems=1), _flawed("Second", problems=1), _ACCEPTED, "First"),
    ],
)
async def test_the_better_of_the_two_is_kept(
    first: dict[str, Any],
    second: dict[str, Any],
    review: dict[str, Any],
    kept: str,
    writing: Writing,
    scripted: ScriptedModel,
    outline: Outline,
    ann: UUID,
) -> None:
    """Mending that made it worse is not taken; as many flaws as before are better only if the reviewer asked."""
    scripted.structured = {"LessonDraft": [first, second], "ReviewDraft": [review]}
    draft = await writing.write(Assignment(outline.lessons[0], outline, []), Account(ann))
    assert draft.slides[0].title == kept
    assert len(scripted.requests) == 3


async def test_a_change_is_judged_by_what_it_made_worse(
    writing: Writing, scripted: ScriptedModel, outline: Outline, ann: UUID
) -> None:
    """Flaws the lesson had before, and how long it takes, are no reason to mend what the author asked for."""
    before = LessonDraft.model_validate(_flawed("Before", problems=1))
    after = _flawed("Before", problems=2)
    scripted.structured = {"LessonDraft": [after], "ReviewDraft": [_ACCEPTED]}
    assignment = Assignment(outline.lessons[0], outline, [], "shorter", before)
    assert await writing.write(assignment, Account(ann)) == LessonDraft.model_validate(after)
    assert len(scripted.requests) == 2


def test_the_writer_knows_the_lessons_beside_it(outline: Outline) -> None:
    """The first has no previous lesson, the last no next; between modules they follow each other too."""
    said = [Assignment(lesson, outline, []).material for lesson in outline.lessons]
    assert ["Previous lesson: " in one for one in said] == [False, True, True]
    assert "Previous lesson: Proteins" in said[2]
    assert "Next lesson: Diffusion" in said[1]
    assert "Next lesson: " not in said[2]


def test_a_lesson_that_says_what_there_is_need_not_be_longer(outline: Outline) -> None:
    """From a short passage no lesson of six minutes is asked for: it would have to be invented."""
    short = lesson_draft("One")
    passage = Passage(ref="P1.1", section="S1.1", heading="One", page=None, text="A cell is small. " * 20)
    checks = [
        {one.check.value for one in checking.findings(short, outline.lessons[0], outline, passages)}
        for passages in ([], [passage])
    ]
    assert ["speaking time" in one for one in checks] == [True, False]
