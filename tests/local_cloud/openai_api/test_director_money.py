"""Words about money: what it has cost, and what it may cost."""

import pytest

from tests.local_cloud.openai_api.conversing import after, calls, used


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("what has this course cost?", "course"),
        ("What did it cost so far?", "course"),
        ("how much have we spent?", "course"),
        ("How much did I spend on this course?", "course"),
        ("costs so far", "course"),
        ("show me the costs", "course"),
        ("what is left of the budget?", "course"),
        ("how much money is left?", "course"),
        ("what's the budget?", "course"),
        ("how much was lesson 1.2?", "lesson 1.2"),
        ("what has lesson 1.1 cost?", "lesson 1.1"),
        ("how much did module 2 cost?", "module 2"),
        ("how much was spent on the video of lesson 1.1?", "lesson 1.1"),
    ],
)
def test_plain_words_ask_what_it_cost(said: str, part: str) -> None:
    """Of the part that was named, or of the course."""
    assert calls(said) == [("course_cost", {"part": part})]


@pytest.mark.parametrize(
    ("said", "usd"),
    [
        ("don't spend more than $5 on this course", 5.0),
        ("Do not spend more than 12.50 dollars", 12.5),
        ("don’t spend more than 5 dollars", 5.0),
        ("set the budget to $20", 20.0),
        ("please set a budget of 1,500 USD for this course", 1500.0),
        ("The budget is $3.", 3.0),
        ("raise the budget to 30", 30.0),
        ("you may spend up to $8", 8.0),
        ("no budget", None),
        ("remove the budget", None),
        ("Drop the spending limit please", None),
    ],
)
def test_plain_words_set_the_budget(said: str, usd: float | None) -> None:
    """To the amount said, or to none."""
    # What is null is left out of `calls`.
    assert calls(said) == [("lift_budget", {}) if usd is None else ("set_budget", {"usd": usd})]


@pytest.mark.parametrize(
    "said",
    [
        "how much does the video of lesson 1.1 cost?",
        "what would it cost to render lesson 1.1?",
        "add a slide on what a heap costs to lesson 1.1",
        "rename lesson 1.2 to Costs and benefits",
        "what is the cost of a video?",
        "make lesson 1.1 shorter",
    ],
)
def test_estimates_and_lessons_on_money_are_something_else(said: str) -> None:
    """What a video will cost is estimated, and costs can be what a lesson is about."""
    assert not {"course_cost", "set_budget", "lift_budget"} & {name for name, _ in calls(said)}


def test_a_cost_not_told_yet_is_told_and_asked_about() -> None:
    """What the tool says for the director becomes a question to the person, and their yes begins the writing."""
    result = (
        "Writing the 3 lessons takes about 2 minutes, at about $1.26 for the model. The person has not been told that "
        "yet: tell them and ask; their yes comes next."
    )
    told = after("write all the lessons", "draft_lessons", result, lessons=["all"])
    assert told.endswith(
        "Writing the 3 lessons takes about 2 minutes, at about $1.26 for the model. Shall I write the lessons?"
    )
    before = [
        {"role": "user", "content": "write all the lessons"},
        *used("draft_lessons", result, lessons=["all"]),
        {"role": "assistant", "content": told},
    ]
    assert calls("yes", before=before) == [("draft_lessons", {"lessons": ["all"]})]
