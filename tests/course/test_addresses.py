"""Parts of a course as people name them."""

import pytest

from course.addresses import read, told


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("slide 3 of 1.2", ["slide 3 of lesson 1.2"]),
        ("in 1.2 slide 3", ["slide 3 of lesson 1.2"]),
        ("the second sentence of slide three in lesson 1.2", ["sentence 2 of slide 3 of lesson 1.2"]),
        ("the last sentence of the narration on slide 2 of 1.1", ["last sentence of slide 2 of lesson 1.1"]),
        ("slides 2 to 4 of 1.1", [f"slide {number} of lesson 1.1" for number in (2, 3, 4)]),
        ("the first two slides of 1.1", ["slide 1 of lesson 1.1", "slide 2 of lesson 1.1"]),
        ("slide 2 of lesson 1.1 and slide 3 of lesson 1.2", ["slide 2 of lesson 1.1", "slide 3 of lesson 1.2"]),
        ("lessons 1.2 through 1.4", ["lesson 1.2", "lesson 1.3", "lesson 1.4"]),
        ("lesson two of module 1", ["lesson 2 of module 1"]),
        ("the slide about proteins in 1.1", ["slide “proteins” of lesson 1.1"]),
        ("the penultimate slide of 1.1", ["2-to-last slide of lesson 1.1"]),
        ("choice B of question 2 of 1.1", ["choice 2 of question 2 of lesson 1.1"]),
        ("the right answer of question 2 in 1.1", ["right answer of question 2 of lesson 1.1"]),
        (
            "the sentence that says “slide 9 of 4.4” on slide 2 of 1.1",
            ["sentence “slide 9 of 4.4” of slide 2 of lesson 1.1"],
        ),
        ("it took 3 minutes", []),
    ],
)
def test_what_words_name(said: str, parts: list[str]) -> None:
    """Numbers, ordinals, titles and quotations; and what is told of them is read the same again."""
    ways = read(said)
    assert [told(way) for way in ways] == parts
    assert [read(told(way)) for way in ways] == [[way] for way in ways]
