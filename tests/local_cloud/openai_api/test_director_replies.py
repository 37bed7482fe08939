"""What the director says: short, truthful, and in the figures of the tools."""

import pytest

from local_cloud.openai_api.author.desk import answer
from local_cloud.openai_api.wire import ChatRequest
from tests.local_cloud.openai_api.conversing import COURSE, ESTIMATED, PLANNED, after, calls, offered, reply, used

_AS_IT_WAS = "Lesson 1.2 is as it was: the writer found nothing to change for this wish. Tell the person so."


@pytest.mark.parametrize("said", ["tell me a joke", "what is the weather?", "email this to my students"])
def test_what_it_cannot_do_it_says(said: str) -> None:
    """Who it is, what it can do, and how to connect a real model."""
    text = reply(said, before=PLANNED).text
    assert "did not understand" in text
    assert "built-in author" in text
    assert "OPENAI_API_KEY" in text


def test_it_introduces_itself_once() -> None:
    """On the first reply of a conversation and not again."""
    assert "built-in author" in reply("how many lessons are there?").text
    again = reply("how many lessons are there?", before=PLANNED).text
    assert again.startswith("**Living Soil** has 3 modules and 5 lessons, 30 minutes; 2 are written.")


def test_which_lesson_is_asked_when_none_was_named() -> None:
    """One question instead of a guess."""
    assert reply("add an example to slide 4", before=[]).text.endswith("Say it with its number, like “in lesson 1.2”.")


def test_it_means_the_lesson_spoken_of_last() -> None:
    """“Make it shorter” after talking of lesson 1.2."""
    talk = [
        {"role": "user", "content": "show lesson 1.2"},
        {"role": "assistant", "content": "Lesson 1.2 has 8 slides."},
    ]
    assert calls("make it shorter", before=talk) == [
        ("rewrite_lesson", {"lesson": "1.2", "instruction": "make it shorter"})
    ]


def test_a_plan_is_told_in_its_own_figures() -> None:
    """Title, counts, modules, what writing takes, and one question."""
    result = (
        f"Planned “Living Soil”: 3 modules, 5 lessons, 30 minutes.\n\n{COURSE}\n\n"
        "Writing the 3 planned lessons takes about a minute, at no cost for the model."
    )
    text = after("go", "outline_course", result, brief="x")
    assert "**Living Soil**, 3 modules, 5 lessons, 30 minutes." in text
    assert "- **Ground** (2 lessons)" in text
    assert text.endswith("Shall I write the 3 lessons? It takes about a minute, at no cost for the model.")


def test_one_lesson_is_the_lesson() -> None:
    """Not “the 1 lesson”; and yes to that question writes it."""
    result = (
        f"Planned “Living Soil”: 1 module, 1 lesson, 5 minutes.\n\n{COURSE}\n\nWriting the 1 planned lesson takes 9 s."
    )
    text = after("go", "outline_course", result, brief="x")
    assert text.endswith("Shall I write the lesson? It takes 9 s.")
    asked = [{"role": "user", "content": "go"}, {"role": "assistant", "content": text}]
    assert [name for name, _ in calls("yes", before=asked)] == ["draft_lessons"]


def test_an_estimate_ends_with_the_question() -> None:
    """In the tool's figures, and nothing of what the tool tells the model."""
    result = (
        "Lesson 1.1, “X”: about 3 minutes of video, 900 characters of speech, costs nothing, ready in about 40 seconds."
    )
    text = after("render 1.1", "estimate_render", f"{result} Ask the person whether to make it.", lesson="1.1")
    assert text == f"{result}\n\nShall I make the video of lesson 1.1?"


@pytest.mark.parametrize("name", ["rename", "draft_lessons", "estimate_render", "outline_course", "remove"])
def test_a_problem_is_told_as_the_tool_told_it(name: str) -> None:
    """No claim that anything was done."""
    problem = "There is no “9.9” in this course. There is module 1 with lessons 1.1 to 1.2."
    assert after("do it to 9.9", name, problem) == problem


def test_a_stopped_turn_does_not_go_on() -> None:
    """After Stop the second of two wishes is not carried out."""
    prompt = f"<course>\n{COURSE}\n</course>"
    messages = [
        {"role": "system", "content": prompt},
        {"role": "user", "content": "rename module 1 to Earth and remove lesson 2.2"},
        *used("rename", "Stopped by the person. What was finished before is kept.", target="module 1", title="Earth"),
    ]
    asked = ChatRequest.model_validate({"model": "m", "messages": messages, "tools": offered()})
    assert answer(asked).calls == ()


def test_several_estimates_end_with_one_question() -> None:
    """Each is told, and all are asked about at once."""
    prompt = f"<course>\n{COURSE}\n</course>"
    told = "about 3 minutes of video, 900 characters of speech, costs nothing."
    messages = [{"role": "system", "content": prompt}, {"role": "user", "content": "render everything"}]
    for lesson in ("1.1", "1.2"):
        messages += used("estimate_render", f"Lesson {lesson}, “X”: {told}", call_id=lesson, lesson=lesson)
    asked = ChatRequest.model_validate({"model": "m", "messages": messages, "tools": offered()})
    text = answer(asked).text
    assert text.count("Shall I") == 1
    assert text.endswith("Shall I make these videos?")


def test_tool_names_are_not_for_people() -> None:
    """What a tool tells the model about other tools is left out."""
    result = "All of these lessons are written already. To change one, use rewrite_lesson."
    assert after("write them", "draft_lessons", result, lessons=["all"]) == "All of these lessons are written already."


@pytest.mark.parametrize("wish", ["make 1.2 friendlier", "make slide 2 of 1.2 less crowded"])
def test_what_cannot_be_done_is_said_plainly(wish: str) -> None:
    """A wish beyond the built-in author is said to be, with what it can do; no riddle about instructions."""
    told = after(wish, "rewrite_lesson", _AS_IT_WAS, lesson="1.2", instruction=wish)
    assert "is more than I can do" in told
    assert "simpler, shorter or longer" in told
    assert "Tell the person" not in told


def test_nothing_more_found_is_said_plainly() -> None:
    """A wish that is understood but has nothing to draw on says that."""
    wish = "add two more quiz questions to 1.2"
    told = after(wish, "rewrite_lesson", _AS_IT_WAS, lesson="1.2", instruction=wish)
    assert "found nothing more in the lesson and its sources" in told


def test_no_after_something_was_done_offers_undo() -> None:
    """What is done cannot be left as it is; it can be taken back."""
    removed = [
        {"role": "user", "content": "remove lesson 1.2"},
        *used("remove", "Removed lesson 1.2, “Clay”. Undo brings it back.", target="1.2"),
        {"role": "assistant", "content": "Removed lesson 1.2, “Clay”. Undo brings it back."},
    ]
    assert "undo" in reply("no", before=removed).text
    assert "leave it as it is" not in reply("no", before=removed).text
    assert "leave it as it is" in reply("no", before=ESTIMATED).text
