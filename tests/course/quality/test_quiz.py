"""Quiz items have one right answer, which the lesson gave, among wrong ones of the same kind."""

from typing import Any

import pytest

from course.models.quality import Tally
from course.quality import quiz
from tests.course.quality.examples import QUIZ, examined, question, with_slide


def _flaws(item: dict[str, Any]) -> str:
    (verdict,) = quiz.verdicts(examined(quiz=[item]))
    return "; ".join(verdict.flaws)


def _hints(item: dict[str, Any]) -> str:
    (verdict,) = quiz.verdicts(examined(quiz=[item]))
    return "; ".join(verdict.hints)


def test_good_items_are_valid() -> None:
    """Neither flaws nor hints."""
    assert quiz.tally(examined()) == Tally(good=2, of=2)
    assert quiz.findings(examined()) == []


@pytest.mark.parametrize(
    ("choices", "flaw"),
    [
        (("Phospholipids", "Layers of phospholipids", "Sugars"), "is part of the choice"),
        (("Phospholipids", "Long chains of carbon atoms with much hydrogen", "Sugars"), "differ too much in length"),
        (("Phospholipids", "Because water is small", "Sugars"), "not of one kind: a reason beside others"),
        (("Phospholipids", "Saturated", "Proteins"), "a property beside others"),
        (("Two layers", "3 layers", "Phospholipids", "Sugars"), "some begin with a number"),
        (("Volcanic ash", "Proteins", "Sugars"), "the lesson never says “Volcanic ash”"),
    ],
)
def test_choices_that_do_not_belong_together_are_found(choices: tuple[str, ...], flaw: str) -> None:
    """Nested, uneven, of different kinds, or never said in the lesson."""
    assert flaw in _flaws(question("What are the layers of the plasma membrane made of?", *choices))


def test_short_names_of_one_kind_are_fine() -> None:
    """ATP may stand beside phospholipids: three letters are not of another kind."""
    assert _flaws(question("What are the layers of the plasma membrane made of?", "Phospholipids", "ATP", "DNA")) == ""


def test_a_wrong_choice_the_source_calls_right_is_found() -> None:
    """The cited passage says of the distractor what the question asks."""
    item = question("What moves ions against their gradient?", "Osmosis", "Active transport", "Digestion")
    citing = with_slide(1, citations=[{"passage": "P1.2", "quote": "Active transport moves ions"}])
    (verdict,) = quiz.verdicts(examined(quiz=[item], slides=citing))
    assert "“Active transport” is right as well" in "; ".join(verdict.flaws)
    assert _flaws(item) == ""


def test_a_wrong_statement_the_source_makes_is_found() -> None:
    """“Which statement is true?” asks nothing itself: then the source must not say the choice; a denial is another."""
    right = "Phospholipids form two layers of the membrane"
    wrong = "The plasma membrane surrounds plants only"
    assert (
        _flaws(question("Which statement is true?", right, wrong, "Water never crosses the membrane by osmosis")) == ""
    )
    flaws = _flaws(question("Which statement is true?", right, wrong, "Water crosses the membrane by osmosis"))
    assert "“Water crosses the membrane by osmosis” is right as well" in flaws


def test_an_answer_given_away_is_a_hint() -> None:
    """By the question itself, by its length, or by being the only plural."""
    assert "names its answer" in _hints(question("What is osmosis called, if not osmosis?", "Osmosis", "Heat", "Light"))
    long = "The diffusion of water across the plasma membrane of cells"
    assert "by its length" in _hints(question("What happens?", long, "The loss of some salt", "The loss of heat now"))
    assert "only singular or plural" in _hints(question("What do they form?", "Layers", "Sugar", "Protein"))


def test_a_question_for_no_objective_is_a_hint() -> None:
    """The index must name an objective of the lesson."""
    assert "tests no objective" in _hints(QUIZ[0] | {"objective": 7})


def test_a_lesson_without_a_quiz_is_a_problem() -> None:
    """Nothing tests what was learned."""
    (finding,) = quiz.findings(examined(quiz=[]))
    assert finding.remedy == "Add a quiz with three questions to lesson 1.2."
