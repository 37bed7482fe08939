"""Text into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render_service.fonts import Face, missing, printable, runs
from render_service.typography import length, set_text, shorten

_TEXT = st.text(alphabet="abcdWWé-– ΩЖ⇌", max_size=200).map(lambda text: " ".join(text.split())).filter(bool)


@given(_TEXT, st.integers(60, 900), st.sampled_from(list(Face)), st.booleans())
def test_wrapping_keeps_every_sign_and_the_width(text: str, width: int, face: Face, even: bool) -> None:
    """Lines are never wider than asked for, and together they are the text."""
    block = set_text(text, face, 30, width, even=even)
    assert "".join(block.lines).replace(" ", "") == text.replace(" ", "")
    assert block.width <= width + 2  # a kerning pair may be cut between two pieces


def test_a_last_line_is_not_left_all_but_empty() -> None:
    """A word alone on the last line draws it back to the others."""
    block = set_text("Cholesterol keeps it fluid when it is cold and firm when it is warm.", Face.BODY, 38, 1030)
    assert len(block.lines) == 2
    assert len(block.lines[1].split()) > 2


def test_cropping_tells_that_something_is_left_out() -> None:
    """A cropped block fits its height and ends with an ellipsis; one that fits is left alone."""
    block = set_text("word " * 60, Face.BODY, 30, 400)
    cropped = block.cropped(3.5 * block.leading)
    assert len(cropped.lines) == 3
    assert cropped.lines[-1].endswith("…")
    assert cropped.width <= block.width
    assert block.cropped(block.height) is block


def test_shortening_keeps_to_the_width() -> None:
    """A lesson's name in the margin is cut rather than run into the slide's number."""
    assert shorten("Cells", Face.BODY, 20, 500) == "Cells"
    short = shorten("A very long name of a lesson " * 5, Face.BODY, 20, 300)
    assert short.endswith("…")
    assert length(short, Face.BODY, 20) <= 300


@pytest.mark.parametrize("face", list(Face))
def test_signs_of_science_are_drawn_by_a_fallback(face: Face) -> None:
    """Reaction arrows and quantifiers, which text faces lack, come from another file of the family's chain."""
    files = [file.path for file, _ in runs("A ⇌ B ∀x", face)]
    assert len(set(files)) > 1
    assert missing("A ⇌ B, 2 H₂O → 2 H₂ + O₂, ΔG° ≤ 0, Żółć, Ученик, Ζεύς, x² ∈ ℝ") is None


def test_what_cannot_be_drawn_is_known() -> None:
    """A letter of another script is found; an emoji and its joiners are dropped."""
    assert missing("The 細胞") == "細"
    assert printable("Lab 👩‍🔬 work ✅️") in {"Lab work", "Lab work ✅"}
    assert missing("Lab 👩‍🔬 work ✅️") is None
