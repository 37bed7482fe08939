"""What is told of a message of which only a part was understood."""

import re

import pytest

from local_cloud.openai_api.author.desk import answer
from local_cloud.openai_api.wire import ChatRequest
from tests.local_cloud.openai_api.conversing import after, calls, used

CHANGED = "Changed “Living Soil”: 2 modules, 5 lessons, 30 minutes."


@pytest.mark.parametrize(
    ("said", "missed"),
    [
        ("Two modules would be plenty, and please drop anything on plant cells", "drop anything on plant cells"),
        ("Merge modules 1 and 2. Please translate the whole thing to Welsh.", "translate the whole thing to Welsh"),
        ("Merge modules 1 and 2; use no Latin names anywhere", "use no Latin names anywhere"),
    ],
)
def test_what_was_not_understood_is_said(said: str, missed: str) -> None:
    """The rest is done, and nobody believes that all of it was."""
    assert calls(said)
    told = after(said, "revise_outline", CHANGED, instruction=said)
    assert f"I did not understand “{missed}”, so nothing was done about that." in told


@pytest.mark.parametrize(
    "said",
    [
        "Merge modules 1 and 2 and rename module 3 to Heaps",
        "I have only an hour with them. Two modules would be plenty.",
        "Merge modules 1 and 2. They are both so short!",
    ],
)
def test_nothing_is_made_of_what_is_only_told(said: str) -> None:
    """A reason or a remark beside a request is no request that was missed."""
    assert "did not understand" not in after(said, "revise_outline", CHANGED, instruction=said)


@pytest.mark.parametrize("said", ["Actually undo that", "Oops, undo that", "Sorry, undo that please", "Oh, undo it"])
def test_second_thoughts_are_understood(said: str) -> None:
    """People begin with “actually” and “oops” when they want something back."""
    assert [name for name, _ in calls(said)] == ["undo"]


def test_what_a_turn_had_no_steps_for_is_told() -> None:
    """Twenty lessons are more than one turn can change: the reply names those left, with words that go on there."""
    lessons = "\n".join(f"  Lesson 1.{number}: Part {number} (6 min) [drafted]" for number in range(1, 21))
    course = f"Course: Soil (audience: gardeners, revision 4)\nModule 1: Ground\n{lessons}"
    said = "Make all lessons simpler"
    assert len(calls(said, course=course)) == 20
    done = [
        message
        for number in range(1, 19)
        for message in used("rewrite_lesson", f"Rewrote lesson 1.{number}.", call_id=f"c{number}")
    ]
    messages = [{"role": "system", "content": f"<course>\n{course}\n</course>"}, {"role": "user", "content": said}]
    told = answer(ChatRequest.model_validate({"model": "m", "messages": [*messages, *done]})).text
    assert "lessons 1.19 and 1.20" in told
    again = re.search(r"To go on, say “(.+?)”", told)
    assert again is not None
    assert [given["lesson"] for _, given in calls(again[1], course=course)] == ["1.19", "1.20"]
