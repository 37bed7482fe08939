"""Texts laid over each other: what stays, goes and comes, readable, and always both texts in full."""

from hypothesis import given
from hypothesis import strategies as st

from chat_app.view.differences import segments

_WORDS = st.lists(
    st.sampled_from(["the", "cell", "is", "small", ".", "\n", "größer", "’s", "細胞", "a-b"]), max_size=40
)


@given(_WORDS, _WORDS)
def test_both_texts_can_be_read_off(old: list[str], new: list[str]) -> None:
    """What stays and goes is the old text, what stays and comes the new one, to the last sign."""
    before, after = " ".join(old), " ".join(new)
    pieces = segments(before, after)
    stays = ("same", "more")
    if before and after:
        assert "".join(text for kind, text in pieces if kind in (*stays, "gone")) == before
        assert "".join(text for kind, text in pieces if kind in (*stays, "new")) == after


def test_one_word_is_one_mark() -> None:
    """A changed word alone is marked."""
    assert segments("The cell is tiny.", "The cell is small.") == [
        ("same", "The cell is "),
        ("gone", "tiny"),
        ("new", "small"),
        ("same", "."),
    ]


def test_a_word_that_comes_is_marked_as_a_word() -> None:
    """The mark begins with the word, not with the blank before it."""
    assert segments("The water flows.", "The fresh water flows.")[:2] == [("same", "The "), ("new", "fresh ")]


def test_texts_without_much_in_common_are_not_minced() -> None:
    """A new sentence in place of another stands behind it as a whole."""
    assert [kind for kind, _ in segments("Rivers carry sand to the sea.", "Who lives in caves?")] == ["gone", "new"]


def test_a_long_stretch_that_stays_is_folded() -> None:
    """Of a long text only the surroundings of the change are shown at once."""
    long = "All of this stays as it is. " * 30
    before = f"Begin. {long}Old middle. {long}End."
    pieces = segments(before, before.replace("Old", "New"))
    assert [kind for kind, _ in pieces] == ["more", "same", "gone", "new", "same", "more"]
    assert "".join(text for kind, text in pieces if kind != "new") == before
    assert max(len(text) for kind, text in pieces if kind == "same") < 100


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    """One sign of a Chinese sentence is one mark."""
    assert ("gone", "小") in segments("細胞是小的單位", "細胞是大的單位")
