"""Only sentences with a valid source come through, however the text arrives."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.cited_sentences import CitedSentences

_ANSWER = (
    "Enzymes speed up reactions [1]. They are not used up. [2] I think so. It holds in general, e.g. for amylase [3]. "
    "Starch and glycogen both store glucose [1] [2]. Made up [7]."
)
_SHOWN = [
    "Enzymes speed up reactions [1].",
    "They are not used up [2].",
    "It holds in general, e.g. for amylase [3].",
    "Starch and glycogen both store glucose [1] [2].",
]


def _through(text: str, known: set[int], cuts: list[int]) -> tuple[list[str], list[int]]:
    sentences = CitedSentences(known)
    shown: list[str] = []
    edges = [0, *sorted({cut % (len(text) + 1) for cut in cuts}), len(text)]
    for start, end in pairwise(edges):
        shown += sentences.feed(text[start:end])
    shown += sentences.rest()
    return shown, sentences.used


@given(st.lists(st.integers(min_value=0), max_size=30))
def test_however_it_arrives_the_same_is_shown(cuts: list[int]) -> None:
    """Cut anywhere, the stream shows the same sentences and the same sources."""
    assert _through(_ANSWER, {1, 2, 3}, cuts) == (_SHOWN, [1, 2, 3])


def test_a_sentence_is_shown_before_the_answer_ends() -> None:
    """Streaming means that the first sentence does not wait for the last."""
    sentences = CitedSentences({1})
    assert list(sentences.feed("One is true [1]. ")) == []
    assert list(sentences.feed("Two ")) == ["One is true [1]."]


@pytest.mark.parametrize("text", ["", "NOT COVERED", "I know it all.", "See [9].", "[", "Half a sentence"])
def test_without_a_source_nothing_is_shown(text: str) -> None:
    """Words that rest on nothing given are not shown at all."""
    assert _through(text, {1, 2}, []) == ([], [])


def test_an_unknown_mark_beside_a_known_one_is_taken_out() -> None:
    """A sentence keeps only the sources it was given."""
    assert _through("It is so [1][8].", {1}, []) == (["It is so [1]."], [1])
