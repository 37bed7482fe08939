"""Quiz items have one right answer, wrong ones of the same kind, and test what the lesson says."""

import pytest

from course.models.lesson import QuizItemDraft
from course.quality import choices
from local_cloud.openai_api.author.distractors import others, pool
from local_cloud.openai_api.author.falsehoods import denial, falsehoods
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.procedures import Procedure
from local_cloud.openai_api.author.quiz import quiz
from local_cloud.openai_api.author.quiz_items import Makings, items, orders
from local_cloud.openai_api.author.tags import Block
from tests.local_cloud.openai_api import soil

HISTORY = (
    "The league held its first general assembly in Wisby in 1356. The king of the islands attacked the coast in 1361. "
    "The towns signed the Treaty of Falsterbo with the islands in 1370. The old harbour was closed in 1494. "
    "The council built a hospital in Wisby with taxes on beer. Merchants carried salt from the mines of Runeberg. "
    "The convoy sailed to Novgorod every spring with barrels of salted herring."
)


def material_of(text: str) -> Material:
    """One passage as material."""
    return Material([Block({"id": "P1.1", "section": "Guide › Text"}, text)])


def handbook() -> Material:
    """The soil handbook as material."""
    return Material([Block({"id": ref, "section": ref}, text) for ref, text in soil.passages(2, 3, 4, 5).items()])


def test_every_kind_of_item_is_sound() -> None:
    """Distinct choices of one kind, whatever it asks for; a definition is asked both ways or left out as a gap."""
    material = handbook()
    found = list(items(Makings(list(material.sentences), material, pool(material))))
    assert {"term", "gap", "truth"} <= {one.kind for one in found}
    for one in found:
        assert len({choice.casefold() for choice in one.choices}) == len(one.choices) >= 3


def test_each_objective_is_tested_by_sound_items() -> None:
    """One for each first; no sentence and no answer is asked for twice."""
    material = handbook()
    goals = ["Define humus", "Explain what decomposers do", "Describe sand, silt and clay"]
    made = [QuizItemDraft.model_validate(one) for one in quiz(list(material.sentences), material, goals, 5)]
    assert {one.objective for one in made} == {0, 1, 2}
    assert all(choices.flaws(one) == [] for one in made)
    answers = [one.choices[one.answer] for one in made]
    assert len(set(answers)) == len(answers)


@pytest.mark.parametrize(("kind", "answer"), [("year", "1356"), ("name", "Novgorod")])
def test_years_and_names_are_asked_where_there_are_no_terms(kind: str, answer: str) -> None:
    """Wrong choices are other years or places of the text."""
    material = material_of(HISTORY)
    found = [one for one in items(Makings(list(material.sentences), material, [])) if one.kind == kind]
    assert answer in {one.choices[one.answer] for one in found}
    for one in found:
        assert all(choice in HISTORY for choice in one.choices)
        assert one.choices[one.answer] not in one.question


def test_the_order_of_steps_is_asked() -> None:
    """The step right after is right, and the one before the question is no choice."""
    steps = ("Dry the tube", "Spread the glue", "Wait three minutes", "Press the patch on")
    asked = list(orders(Procedure("Patching", "P1.1", steps, steps)))
    first = asked[0]
    assert first.choices[first.answer] == "Spread the glue"
    assert "Dry the tube" in first.question
    assert "Dry the tube" not in first.choices


def test_false_statements_are_not_said_anywhere() -> None:
    """One thing is exchanged, and the passages must not say the result."""
    text = (
        "Rain increases the weight of **clay**. **Silt** holds less water than clay does. **Loam** contains much "
        "humus. **Humus** stores water in dry summers. **Clay** is heavy and **silt** is light."
    )
    material = material_of(text)
    sentence = material.sentences[0]
    false = list(falsehoods("Rain increases the weight of clay", sentence, material, pool(material)))
    assert "Rain decreases the weight of clay" in false
    assert all(one not in text.replace("*", "") for one in false)


def test_a_rule_can_be_denied_once() -> None:
    """For texts without terms; what holds for some cannot be made false so."""
    material = material_of(
        "A member may vote by letter. Some members must not vote twice. The chair is elected yearly."
    )
    assert [denial(one, material) for one in material.sentences] == [
        "A member may not vote by letter",
        "",
        "The chair is not elected yearly",
    ]


def test_wrong_choices_are_of_the_number_and_kind_of_the_right_one() -> None:
    """No adjective beside nouns, nothing the sentence names itself."""
    text = (
        "A **kontor** is a trading post of merchants. A **guild** is a union of craftsmen. A **convoy** is a group of "
        "ships. Trade was **maritime** for a long time. A **council** is a group that rules a town."
    )
    material = material_of(text)
    wrong = others("Kontor", ["trade", "post"], material, pool(material), material.sentences[0])
    assert set(wrong) == {"Guild", "Convoy", "Council"}
