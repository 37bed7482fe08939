"""Objectives: measurable, taught, spoken and tested."""

import pytest

from course.models.quality import Tally
from course.quality import bloom, objectives
from tests.course.quality.examples import QUIZ, examined, with_slide


def test_an_objective_taught_spoken_and_tested_is_covered() -> None:
    """Both objectives of the good lesson count."""
    assert objectives.tally(examined()) == Tally(good=2, of=2)
    assert objectives.findings(examined()) == []


def test_each_missing_part_is_named() -> None:
    """Not shown, not spoken, or not in the quiz: the finding says which, and how to ask for it."""
    tested = "In lesson 1.2, add a quiz question that tests objective 2, “Define osmosis”."
    (untested,) = objectives.findings(examined(quiz=QUIZ[:1]))
    assert (untested.sentence, untested.remedy) == (
        "Objective 2, “Define osmosis”, is not covered in the quiz.",
        tested,
    )
    other = [QUIZ[0], QUIZ[1] | {"objective": 0}]
    assert objectives.tally(examined(quiz=other)) == Tally(good=1, of=2)
    (foreign,) = objectives.findings(examined(objectives=["Explain volcanoes"], quiz=[]))
    assert "on a slide nor in the narration nor in the quiz" in foreign.sentence


def test_narration_must_speak_of_it_on_one_slide() -> None:
    """An objective only shown is not covered."""
    slides = with_slide(2, narration="Roots of plants are an example.")
    slides[3] = slides[3] | {"narration": "You will see more in the next lesson."}
    (finding,) = objectives.findings(examined(slides=slides))
    assert "is not covered in the narration" in finding.sentence


def test_a_lesson_without_objectives_is_a_problem() -> None:
    """There is nothing to teach towards."""
    (finding,) = objectives.findings(examined(objectives=[]))
    assert finding.sentence == "The lesson has no objectives."


@pytest.mark.parametrize(
    ("objective", "topic"),
    [
        ("Explain and compare osmosis and diffusion", " osmosis and diffusion"),
        ("Briefly describe the plasma membrane", " the plasma membrane"),
        ("To calculate a gradient", " a gradient"),
        ("Howling wolves", "Howling wolves"),
    ],
)
def test_the_verb_is_no_part_of_the_topic(objective: str, topic: str) -> None:
    """Only what is learned must be found in the lesson, not what is done with it."""
    assert bloom.without_verbs(objective) == topic


@pytest.mark.parametrize("objective", ["Understand osmosis", "Be aware of gradients", "Osmosis and its causes"])
def test_what_cannot_be_measured_is_found(objective: str) -> None:
    """Vague verbs and no verb at all are problems, in English."""
    (finding,) = bloom.findings(examined(objectives=[objective]))
    assert finding.severity == "problem"
    assert objective in finding.sentence
    assert bloom.findings(examined(objectives=[objective], language="de")) == []


def test_verbs_one_can_observe_are_fine() -> None:
    """No finding for Bloom's verbs."""
    assert bloom.findings(examined(objectives=["Predict the flow of water", "Compare osmosis and diffusion"])) == []
