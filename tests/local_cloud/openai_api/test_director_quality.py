"""Words that ask what is wrong become the check, and its report becomes an answer."""

import pytest

from tests.local_cloud.openai_api.conversing import after, calls


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("check lesson 1.2", "lesson 1.2"),
        ("Please check lesson 1.1 for me", "lesson 1.1"),
        ("what is wrong with module 2?", "module 2"),
        ("What's wrong with lesson 1.2?", "lesson 1.2"),
        ("are there any problems in lesson 1.1?", "lesson 1.1"),
        ("how good is lesson 1.2?", "lesson 1.2"),
        ("review module 1", "module 1"),
        ("can you proofread the minerals lesson?", "lesson 1.2"),
        ("quality report", "course"),
        ("show me the quality of the course", "course"),
        ("check everything", "course"),
        ("what should I fix?", "course"),
        ("what needs to be improved?", "course"),
        ("find the mistakes", "course"),
        ("is everything ok?", "course"),
    ],
)
def test_plain_words_ask_for_a_check(said: str, part: str) -> None:
    """The part that was named, or the course."""
    assert calls(said) == [("check_quality", {"part": part})]


@pytest.mark.parametrize(
    "said",
    [
        "add a quiz question on problems with clay to lesson 1.1",
        "rename lesson 1.2 to Soil quality",
        "replace “heap” with “quality heap”",
        "what changed?",
        "add a lesson on water quality to module 2",
    ],
)
def test_other_wishes_with_the_same_words_are_not_taken_for_it(said: str) -> None:
    """Quality and problems are also things lessons speak of."""
    assert "check_quality" not in [name for name, _ in calls(said)]


def test_the_report_is_told_with_the_words_that_mend() -> None:
    """Figures first, then the findings, and how to have them mended."""
    report = (
        "Lesson 1.2, “Minerals”: 1 problem and no hints.\n9 of 10 slides easy to read.\n"
        "- The title of slide 2 has 9 words. → *In lesson 1.2, shorten the title of slide 2.*"
    )
    told = after("check lesson 1.2", "check_quality", report, part="lesson 1.2")
    assert told.startswith("Lesson 1.2, “Minerals”: 1 problem and no hints.")
    assert "\n- The title of slide 2 has 9 words." in told
    assert told.endswith("Say the words after an arrow and I do it.")
