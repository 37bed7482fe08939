"""Whatever a writer changes outside the scope is thrown away."""

from typing import Any

import pytest

from agents.scope import Scope, sourced, within
from course.models.lesson import LessonDraft
from tests.fixtures.course import lesson_draft

_BEFORE = lesson_draft("One", "Two", "Three", narration="First said. Then more.")


def _everything_changed(**more: Any) -> LessonDraft:
    """A writer who changes each part, and adds a slide when told."""
    draft = _BEFORE.model_dump()
    draft["objectives"] = ["Something else."]
    for slide in draft["slides"]:
        slide["narration"] = slide["narration"].upper()
    draft["quiz"][0]["question"] = "Who?"
    return LessonDraft.model_validate(draft | more)


def _changed_slides(after: LessonDraft) -> list[int]:
    return [at for at, (old, new) in enumerate(zip(_BEFORE.slides, after.slides, strict=True)) if old != new]


@pytest.mark.parametrize("part", ["slide", "narration", "sentence"])
def test_only_the_slide_that_was_meant_changes(part: Any) -> None:
    """Other slides, objectives and quiz stay as they were."""
    after = within(Scope(part, 1, 1), _BEFORE, _everything_changed())
    assert _changed_slides(after) == [1]
    assert (after.objectives, after.quiz) == (_BEFORE.objectives, _BEFORE.quiz)


def test_only_the_sentence_that_was_meant_changes() -> None:
    """The sentences around it stay letter by letter."""
    after = within(Scope("sentence", 0, 1), _BEFORE, _everything_changed())
    assert after.slides[0].narration == "One. FIRST SAID. Then more."


def test_a_new_slide_leaves_the_others() -> None:
    """It comes to stand where it was asked for, once."""
    draft = _everything_changed().model_dump()
    draft["slides"].insert(2, _BEFORE.slides[0].model_dump() | {"title": "New", "narration": "A new one."})
    after = within(Scope("new slide", 1), _BEFORE, LessonDraft.model_validate(draft))
    assert [slide.title for slide in after.slides] == ["One", "New", "Two", "Three"]
    assert [one for one in after.slides if one.title != "New"] == list(_BEFORE.slides)


def test_the_quiz_alone() -> None:
    """Slides and objectives are as before."""
    after = within(Scope("quiz"), _BEFORE, _everything_changed())
    assert after.quiz[0].question == "Who?"
    assert (after.objectives, after.slides) == (_BEFORE.objectives, _BEFORE.slides)


def test_a_whole_lesson_keeps_its_objectives() -> None:
    """They are the teacher's own."""
    after = within(Scope(), _BEFORE, _everything_changed())
    assert after.objectives == _BEFORE.objectives
    assert _changed_slides(after) == [0, 1, 2]


def test_citations_are_lost_only_where_their_passage_was_at_hand() -> None:
    """A writer who was not shown a passage cannot have decided against it."""
    cited = _BEFORE.model_dump()
    cited["slides"][0]["citations"] = [{"passage": "P1.1", "quote": ""}, {"passage": "P1.2", "quote": ""}]
    before = LessonDraft.model_validate(cited)
    after = sourced(before, _BEFORE, offered={"P1.2"})
    assert [one.passage for one in after.slides[0].citations] == ["P1.1"]
