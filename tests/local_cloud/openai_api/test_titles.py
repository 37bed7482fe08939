"""Several parts get one title that reads as a person would write it."""

from typing import Any

import pytest

from local_cloud.openai_api.author.titles import joint, series, summary


@pytest.mark.parametrize(
    ("titles", "weights", "expected"),
    [
        (["Erosion and Transport", "Valleys and Waterfalls"], [], "Erosion and Valleys"),
        (["Active Transport", "Bulk Transport"], [], "Active and Bulk Transport"),
        (["Lipids: Fats", "Lipids: Steroids"], [], "Lipids"),
        (["Sand", "Clay"], [], "Sand and Clay"),
        (["Sand", "Clay", "Silt", "Loam"], [90, 10, 20, 80], "Sand and Loam"),
        (["How a River Begins", "Erosion and Transport"], [], "Erosion and How a River Begins"),
        (["Phenotypes and Genotypes", "Dominant and Recessive Alleles"], [2, 1], "Phenotypes"),
    ],
)
def test_two_at_most_are_named(titles: list[str], weights: list[int], expected: str) -> None:
    """What they share, or “A and B” of the weightiest, shortened; halves that share a word stay together."""
    assert joint(titles, weights) == expected


def test_three_short_names_stand_in_a_row() -> None:
    """In a lesson's title; more of them, or double ones, are named by two."""
    assert series(["Opening Hours", "Annual Leave", "Sickness"]) == "Opening Hours, Annual Leave and Sickness"
    assert series(["What Is Light?", "Absorption"], [1, 2]) == "Absorption and What Is Light"


def test_a_summary_is_a_sentence() -> None:
    """For whom and on what; without counts, which a removed lesson would make wrong."""
    modules: list[dict[str, Any]] = [{"title": title, "lessons": [{}, {}]} for title in ("Sand and Clay", "Life")]
    assert (
        summary("Soil", "gardeners", modules) == "A course for gardeners that goes through “Sand and Clay” and “Life”."
    )
    assert summary("Soil", "gardeners", [{"title": "Soil", "lessons": [{}]}]) == "A course for gardeners on “Soil”."
