"""Narration: sentences, their pauses and their times."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from render_service.narration import FRAME
from render_service.sentences import LONGEST, sentences
from render_service.sound import RATE
from tests.render_service.voices import voice


def test_sentences_are_spoken_one_by_one() -> None:
    """Abbreviations do not end a sentence, what has no letter is not spoken, a paragraph ends with a long pause."""
    found = sentences("Dr. Hooke saw cells, e.g. in cork. What are they?\n\n* * *\n\nThey live!")
    assert [(s.text, s.closes) for s in found] == [
        ("Dr. Hooke saw cells, e.g. in cork.", False),
        ("What are they?", True),
        ("They live!", True),
    ]
    assert sentences("… — …\n") == []


@given(st.text(alphabet="ab ,;.\n", max_size=4000))
def test_no_request_is_too_long_and_no_word_is_lost(narration: str) -> None:
    """A text without full stops is divided where one breathes."""
    found = sentences(narration)
    assert all(0 < len(sentence.text) <= LONGEST for sentence in found)
    letters = [sign for sign in narration if sign.isalpha()]
    assert [sign for sentence in found for sign in sentence.text if sign.isalpha()] == letters


def test_a_slide_is_whole_frames_with_silent_edges() -> None:
    """So slides encoded apart join without a click."""
    made = voice("One sentence. And another one, somewhat longer.")
    assert len(made.samples) % FRAME == 0
    assert not made.samples[:FRAME].any()
    assert not made.samples[-FRAME:].any()


def test_each_sentence_is_where_its_span_says() -> None:
    """Times are counted, not guessed: the voice is inside the spans and nowhere else."""
    made = voice("One sentence. And another one.\n\nA new paragraph.")
    assert [span.text for span in made.spans] == ["One sentence.", "And another one.", "A new paragraph."]
    rest = made.samples.copy()
    for span in made.spans:
        assert np.abs(made.samples[span.start : span.end]).max() > 1000
        rest[span.start : span.end] = 0
    assert not rest.any()
    pauses = [b.start - a.end for a, b in zip(made.spans, made.spans[1:], strict=False)]
    assert pauses[1] > pauses[0] > 0.2 * RATE


@pytest.mark.parametrize("least", [3.0, 9.0])
def test_a_slide_is_shown_long_enough_to_be_read(least: float) -> None:
    """A slide of few words or none, or of several pages, has its time."""
    for narration in ("Short.", ""):
        assert least <= len(voice(narration, least=least).samples) / RATE < least + 0.1


def test_the_last_slide_rings_out() -> None:
    """The film does not end on its last word."""
    narration = "This is the end of the lesson, and it is a rather long sentence."
    made, closing = voice(narration), voice(narration, last=True)
    assert len(closing.samples) - closing.spans[-1].end >= 1.3 * RATE > len(made.samples) - made.spans[-1].end
