"""Objectives keep to what a lesson teaches, and stay sentences when they are made to ask for less."""

import pytest

from local_cloud.openai_api.author.goals import covered, made_from, narrower, subject, wanted
from local_cloud.openai_api.author.words import stems


@pytest.mark.parametrize(
    ("objective", "about"),
    [
        ("Compare and contrast osmosis and diffusion", "osmosis and diffusion"),
        ("Distinguish between loam and clay.", "loam and clay"),
        ("Explain how bees dance", "how bees dance"),
        ("Define", "Define"),
    ],
)
def test_the_subject_is_what_is_left_of_the_verbs(objective: str, about: str) -> None:
    """Verbs of the task are not what a slide has to show."""
    assert subject(objective) == about


@pytest.mark.parametrize(
    ("objective", "known", "narrowed"),
    [
        (
            "Describe the functions of roots, stems, and leaves in trees",
            "function leaves trees stems",
            "stems and leaves",
        ),
        ("List common sugars, starches, and fats", "common sugars starches", "List common sugars and starches"),
        ("Explain how a closed path, such as a ring road, differs from a line", "", "how a closed path differs from"),
    ],
)
def test_what_is_not_taught_is_left_out_of_an_objective(objective: str, known: str, narrowed: str) -> None:
    """Members of an enumeration and examples go; the verb stays."""
    wordings = list(narrower(objective, set(stems(known))))
    verb = objective.partition(" ")[0]
    assert wordings[0] == objective
    assert any(narrowed in wording for wording in wordings[1:])
    assert all(wording.startswith(f"{verb} ") for wording in wordings)


@pytest.mark.parametrize(
    "objective",
    ["Compare clay and sand", "Explain the relationship between a root and its fungus", "Describe both soil and rock"],
)
def test_half_of_a_pair_is_no_objective(objective: str) -> None:
    """Nothing can be compared without its other half."""
    assert all(" and " in wording for wording in narrower(objective, set()))


def test_coverage_needs_most_of_the_subject() -> None:
    """The words of the task do not count, those of the subject do."""
    assert wanted("Explain how particle size changes soil") == set(stems("particle size changes soil"))
    assert covered("Describe clay particles", set(stems("clay is made of particles")))
    assert not covered("Describe clay particles and humus in gardens", set(stems("clay is heavy")))


@pytest.mark.parametrize(
    ("title", "objective"),
    [
        ("Grains of rock", "Describe grains of rock"),
        ("Linked genes violate the law", "Explain how linked genes violate the law"),
        ("How roots drink", "Explain how roots drink"),
        ("Key Points", ""),
        ("Osmosis, continued", ""),
        ("Introduction", ""),
    ],
)
def test_titles_that_name_something_make_objectives(title: str, objective: str) -> None:
    """A sentence is explained, a name described, and what only stands for a place makes none."""
    assert made_from(title, title[:1].lower() + title[1:]) == objective
