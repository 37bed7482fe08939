"""Words that carry meaning are compared by their stems, in the language of the course."""

import pytest

from course.quality.words import share, words_of


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The cells' membranes are surrounding it", "surrounded by a cell **membrane**"),
        ("en-GB", "self-organising systems", "A system organises its self"),
        ("de", "Die Membranen der Zellen", "Membran und Zelle"),
        ("fr", "les membranes cellulaires", "une membrane cellulaire"),
    ],
)
def test_forms_of_the_same_words_are_the_same(language: str, one: str, other: str) -> None:
    """Endings, markup and words without meaning do not count."""
    words = words_of(language)
    assert words.topic(one) == words.topic(other)


def test_what_a_voice_says_of_the_lesson_itself_is_empty() -> None:
    """Signposts belong to no subject."""
    assert (
        words_of("en").topic("Now let’s look at the next topic. By the end you will be able to explain this.") == set()
    )


def test_scripts_without_spaces_are_compared_by_pairs() -> None:
    """What shares a part is partly said."""
    words = words_of("zh-Hans")
    assert 0.2 < share(words.topic("细胞膜包围着大象"), words.topic("细胞膜由磷脂构成")) < 0.6
    assert share(words.topic("细胞膜"), words.topic("细胞膜由磷脂构成")) == 1.0


def test_nothing_wanted_is_all_there() -> None:
    """A sentence without words of meaning lacks nothing."""
    assert share(frozenset(), frozenset()) == 1.0
