"""Sentences, points and terms are taken from Markdown clean and true."""

import pytest

from local_cloud.openai_api.author.points import point
from local_cloud.openai_api.author.prose import Sentence, list_items, sentences
from local_cloud.openai_api.author.terms import define, key_terms


def read(markdown: str) -> list[Sentence]:
    """The sentences of a passage."""
    return sentences("P1.1", "S1.1", markdown)


@pytest.mark.parametrize(
    "rubbish",
    [
        "As shown in, weathering is a slow process in cold regions.",
        "Figure 3.2 shows how the heap is layered with leaves.",
        "See the diagram below for the layers of a compost heap.",
        "Visit this site to learn more about soil and its layers.",
        "Art Connection",
        "Which of these layers holds the most water?",
        "| sand | silt | clay | and what they hold |",
        ' of the heap are shown in brown, and the others in green.")',
        "The formula (CH2O)n is given for every sugar in the plant.",
        "A better model of the whole heap was proposed by S.J.",
        "The plants give back the energy. illustrates the parts of the plant that do so.",
    ],
)
def test_what_points_elsewhere_or_is_no_sentence_is_left_out(rubbish: str) -> None:
    """Dangling figure references, captions, directions, headings, questions, tables and broken formulas."""
    assert read(rubbish) == []


def test_markup_goes_and_the_quote_stays() -> None:
    """What is spoken has no markup or asides; the quote is the passage's own words, which stand in it."""
    passage = (
        "**Humus** (from Latin for ground) stores water *like a sponge*, e.g. after rain. Dr. Lee found it in peat."
    )
    first, second = read(passage)
    assert first.text == "Humus stores water like a sponge, e.g. after rain."
    assert first.quote in passage
    assert first.terms == ("Humus",)
    assert second.text == "Dr. Lee found it in peat."


def test_lists_are_kept_with_what_introduces_them() -> None:
    """Objectives are found as a list, and are not taken for sentences."""
    text = "You will be able to:\n- Define humus\n* Build a heap\n\nCompost is made from garden waste."
    assert list(list_items(text)) == [("You will be able to:", ["Define humus", "Build a heap"])]
    assert [one.text for one in read(text)] == ["Compost is made from garden waste."]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Clay holds water and nutrients well.", True),
        ("However, wet clay is heavy and hard to dig.", True),
        ("This process is known as weathering.", False),
        ("It drains quickly and warms early in spring.", False),
        ("Clay also holds other useful nutrients.", False),
        ("Depending on the season, they may be dry or wet.", False),
    ],
)
def test_a_sentence_that_leans_on_another_is_known(text: str, alone: bool) -> None:
    """Pronouns and echoes of what came before cannot stand alone; a linking word can be dropped."""
    (sentence,) = read(text)
    assert sentence.stands_alone is alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("However, wet clay is heavy and hard to dig.", "Wet clay is heavy and hard to dig"),
        (
            "Clay holds a great deal of water and nutrients, which is why gardeners in dry countries like it.",
            "Clay holds a great deal of water and nutrients",
        ),
        (
            "There are four parts of soil; each of them is important for plants and animals.",
            "There are four parts of soil",
        ),
        ("This process is known as weathering.", None),
        (
            "Water passes quickly through coarse sand in every garden by running down between the grains.",
            "Water passes quickly through coarse sand in every garden",
        ),
        (
            "Small soil animals, such as mites and springtails, are eaten by the beetles of the garden.",
            "Small soil animals are eaten by the beetles of the garden",
        ),
        ("Clay must be wet enough to allow certain tools, such as spades and forks, to cut into it.", None),
        (
            "Heaps must contain either brown material, like the straw of stables, or at least some old and dry wood.",
            None,
        ),
        ("The only kind of soil that suits most roses is a rich and heavy loam.", None),
        ("The old law of gardens states that in a dry summer, nobody may water the plants before the evening.", None),
        ("Foragers of the hive carry it home and many of them store it there.", None),
        ("Let’s examine why that is so in gardens.", None),
        (
            "When drought returned in 1921 it killed 5,596 roses, and nearly all losses were north, in Whitehall.",
            None,
        ),
    ],
)
def test_points_are_short_whole_and_self_contained(text: str, expected: str | None) -> None:
    """A long sentence ends early where it stays true; one that leans on another is no point."""
    (sentence,) = read(text)
    assert point(sentence) == expected


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        ("**Loam** is a mixture of sand, silt, and clay.", "Loam", "A mixture of sand, silt, and clay"),
        (
            "The dark, stable remains of plants are called humus.",
            None,
            None,
        ),
        ("The stable remains of dead plants are called humus.", "Humus", "The stable remains of dead plants"),
        (
            "Dead plants are broken down into nutrients in a process known as decay.",
            "Decay",
            "The process in which dead plants are broken down into nutrients",
        ),
        ("Sand is one reason for dry summers in gardens.", None, None),
    ],
)
def test_definitions_are_read_as_the_text_gives_them(text: str, term: str | None, meaning: str | None) -> None:
    """“X is a …”, “… is called X”, “… in a process known as X”; anything else is no definition."""
    (sentence,) = read(text)
    found = define(sentence)
    assert (found and found.term, found and found.meaning) == (term, meaning)


def test_key_terms_come_once_each_in_order() -> None:
    """Bold and defined terms, however they are inflected."""
    text = (
        "**Decomposers** eat dead plants and animals. A **decomposer** lives in soil. **Humus** stores plenty of water."
    )
    assert key_terms(read(text)) == ["Decomposers", "Humus"]


def test_clauses_are_said_without_their_numbers() -> None:
    """“2.1 Staff may …” is a sentence about staff, quoted as the source has it."""
    told = sentences("P1", "Rules", "2.1 Staff may work at home.\n2.2 The new lamp must be tested by the manager.")
    assert [one.text for one in told] == ["Staff may work at home.", "The new lamp must be tested by the manager."]
    assert told[0].quote == "Staff may work at home."
