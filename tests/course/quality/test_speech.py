"""What is heard: pace, contract, reading level, repetition, terms and signs."""

from typing import Any

import pytest

from course.models.quality import Finding
from course.quality import narration, pace, reading, repetition, signs, terms
from course.quality.examined import Examined
from tests.course.quality.examples import QUIZ, examined, slide, with_slide

_WORDS_OF_A_MINUTE = "Cells live in water and water lives in cells again. " * 11


def _sentences(found: list[Finding]) -> str:
    return " | ".join(one.sentence for one in found)


def test_the_good_lesson_is_fine_to_hear() -> None:
    """Only its brevity is noted."""
    good = examined()
    checks = (narration, reading, repetition, signs)
    assert [finding for check in checks for finding in check.findings(good)] == []
    assert terms.findings(good, terms.defined([good.lesson]), 0) == []


def test_time_is_reckoned_at_the_usual_pace() -> None:
    """130 words are a minute; a third more or less than planned is a hint, far more a problem."""
    told = examined(slides=with_slide(1, narration=_WORDS_OF_A_MINUTE), minutes=1)
    assert 1.0 < pace.minutes_spoken(told) < 1.3
    (short,) = pace.findings(examined(slides=with_slide(1, narration=_WORDS_OF_A_MINUTE), minutes=10))
    assert (short.severity, short.remedy) == ("problem", "Make lesson 1.2 longer, about 10 minutes.")
    (slightly,) = pace.findings(examined(slides=with_slide(1, narration=_WORDS_OF_A_MINUTE), minutes=2))
    assert slightly.severity == "hint"
    assert "Nothing is said over slide 2" in _sentences(pace.findings(examined(slides=with_slide(1, narration=""))))


@pytest.mark.parametrize(
    ("place", "words", "missing"),
    [
        (0, "This is about cells.", "opens without a reason to listen"),
        (0, "Why does no cell live without a membrane?", "does not recall"),
        (2, "Water crosses membranes.", "gives no example"),
        (3, "Every cell has a membrane.", "ends without a look ahead"),
    ],
)
def test_each_part_of_the_contract_is_missed(place: int, words: str, missing: str) -> None:
    """Hook, recall, example and forward look are hints, each by itself."""
    slides = with_slide(place, narration=words)
    if missing.startswith("opens"):
        slides[0] = slides[0] | {"narration": "As you learned before, a cell has borders."}
        slides[1] = slides[1] | {"narration": "Two layers of fat make it up."}
    found = narration.findings(examined(slides=slides))
    assert [missing in one.sentence for one in found] == [True]
    assert narration.findings(examined(language="fr", slides=slides)) == []


def test_flesch_kincaid_ranks_texts_as_readers_do() -> None:
    """A child's sentences lie far below a lawyer's; the level is said as a school year."""
    easy = reading.level(examined(slides=with_slide(1, narration="The cat sat on the mat. It was a big cat. " * 9)))
    hard_words = "Notwithstanding contemporaneous institutional considerations, jurisdictional authorities promulgated "
    hard = reading.level(examined(slides=with_slide(1, narration=f"{hard_words}administrative regulations. " * 9)))
    assert easy is not None
    assert hard is not None
    assert (easy.formula, easy.value < 4, hard.value > 16) == ("Flesch–Kincaid", True, True)
    assert hard.words.startswith("school year")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cell", 1),
        ("make", 1),
        ("membrane", 2),
        ("osmosis", 3),
        ("bacteria", 4),
        ("called", 1),
        ("table", 2),
        ("area", 3),
    ],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    """By rule of thumb, right for common words."""
    assert reading.syllables(word) == count


def test_other_languages_are_measured_by_lix_or_not_at_all() -> None:
    """German by LIX; Chinese not."""
    german = reading.level(examined("de", slides=with_slide(1, narration="Die Zelle lebt. Sie ist klein.")))
    assert german is not None
    assert german.formula == "LIX"
    assert reading.level(examined("zh-Hans")) is None


def test_a_breathless_sentence_is_a_hint() -> None:
    """Nobody follows forty words by ear."""
    long = f"Cells {'and water ' * 20}live."
    assert "too long to follow by ear" in _sentences(reading.findings(examined(slides=with_slide(1, narration=long))))


def test_a_sentence_said_twice_is_found_once() -> None:
    """With the slide it is said on again; in a recap it is only a hint."""
    said = "Phospholipids with two tails arrange themselves into layers around cells."
    slides = with_slide(1, narration=said)
    slides[2] = slides[2] | {"narration": f"Water is small. {said}"}
    (finding,) = repetition.findings(examined(slides=slides))
    assert (finding.severity, "again on slide 3, after slide 2" in finding.sentence) == ("problem", True)
    slides[2] = slides[2] | {"narration": "Water is small."}
    slides[3] = slides[3] | {"narration": said}
    assert [one.severity for one in repetition.findings(examined(slides=slides))] == ["hint"]


def test_a_slide_read_out_is_a_hint() -> None:
    """Two lines of it said word for word."""
    points = ["Phospholipids with tails arrange in layers", "Roots of plants drink cold fresh water"]
    slides = with_slide(1, body={"layout": "bullets", "points": points}, narration=f"{points[0]}. {points[1]}.")
    assert "reads slide 2 out: 2 of its lines" in _sentences(repetition.findings(examined(slides=slides)))


def _of_terms(one: Examined) -> list[str]:
    return [finding.sentence for finding in terms.findings(one, terms.defined([one.lesson]), 0)]


def test_a_term_used_before_its_definition_is_found() -> None:
    """Unless the opening names it, or the sentence itself explains it."""
    used = examined(slides=with_slide(1, narration="Osmosis lets water through."))
    assert _of_terms(used) == ["Slide 2 speaks of “Osmosis” before slide 3 explains it."]
    assert _of_terms(examined(slides=with_slide(1, narration="Osmosis is the diffusion of water."))) == []
    assert _of_terms(examined(slides=with_slide(0, narration="Why osmosis?"))) == []


def test_a_term_explained_in_an_earlier_lesson_is_known() -> None:
    """What matters is the first definition in the course."""
    one = examined(slides=with_slide(1, narration="Osmosis lets water through."))
    earlier = terms.Term("Osmosis", lesson=0, slide=3)
    assert terms.findings(one, [earlier], 1) == []
    later = terms.Term("Osmosis", lesson=2, slide=1)
    assert [finding.sentence for finding in terms.findings(one, [later], 1)] == [
        "Slide 2 speaks of “Osmosis” before a later lesson explains it."
    ]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"narration": "Look at *osmosis* now."}, "the narration of slide 2"),
        ({"narration": "Water moves, see Figure 3.2 for that."}, "the narration of slide 2"),
        ({"body": {"layout": "statement", "text": "Chlorophyll *b absorbs light"}}, "Slide 2 shows stray signs"),
    ],
)
def test_stray_signs_are_found(changed: dict[str, Any], where: str) -> None:
    """Markup and references to figures have no place on a slide or in a voice."""
    assert where in _sentences(signs.findings(examined(slides=with_slide(1, **changed))))


def test_a_gap_in_a_question_is_no_stray_sign() -> None:
    """“_____” stands for the answer."""
    gapped = QUIZ[0] | {"question": "The membrane is made of _____ in layers."}
    assert signs.findings(examined(quiz=[gapped])) == []
    starred = QUIZ[0] | {"choices": ["Phospholipids", "Chlorophyll *b", "Sugars"]}
    assert "Quiz question 1 has stray signs" in _sentences(signs.findings(examined(quiz=[starred])))


def test_a_lesson_of_frames_only_has_no_core() -> None:
    """An opening and a recap teach nothing by themselves."""
    frames = [slide("Cells", {"layout": "title", "subtitle": ""}, "Why cells? Remember the next lesson, for example.")]
    assert "has no slide between" in _sentences(narration.findings(examined(slides=frames)))
