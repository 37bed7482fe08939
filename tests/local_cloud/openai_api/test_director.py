"""Plain words become the tool calls that were meant; results become short, truthful words."""

import json
from typing import Any

import pytest

from local_cloud.openai_api.author.desk import answer
from local_cloud.openai_api.completion import Reply
from local_cloud.openai_api.wire import ChatRequest

COURSE = """Course: Living Soil (audience: gardeners, revision 4)
Module 1: Ground
  Lesson 1.1: Particle Size (6 min) [drafted]
  Lesson 1.2: Minerals: Sand and Clay (6 min) [drafted]
Module 2: Life
  Lesson 2.1: Decomposers (5 min) [planned]
  Lesson 2.2: Earthworms (5 min) [planned]
Module 3: Compost
  Lesson 3.1: Building a Heap (8 min) [planned]"""
SOURCE = "S1: Living Soil (soil.md, 500 words)"
TEXT: dict[str, Any] = {"type": "string"}
MAYBE: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
NUMBER: dict[str, Any] = {"anyOf": [{"type": "integer"}, {"type": "null"}]}
LIST: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
TOOLS: dict[str, dict[str, Any]] = {
    "outline_course": {"brief": TEXT, "modules": NUMBER, "audience": MAYBE},
    "revise_outline": {"instruction": TEXT},
    "rename": {"target": TEXT, "title": TEXT},
    "add_module": {"title": TEXT, "after": MAYBE},
    "add_lesson": {"module": TEXT, "title": TEXT, "objectives": LIST, "minutes": NUMBER},
    "remove": {"target": TEXT},
    "move": {"target": TEXT, "position": TEXT},
    "set_minutes": {"lesson": TEXT, "minutes": {"type": "integer"}},
    "describe_course": {"audience": MAYBE, "tone": MAYBE, "language": MAYBE},
    "draft_lessons": {"lessons": LIST},
    "rewrite_lesson": {"lesson": TEXT, "instruction": TEXT},
    "replace_text": {"find": TEXT, "replace": TEXT, "lesson": MAYBE},
    "show_lesson": {"lesson": TEXT},
    "estimate_render": {"lesson": TEXT},
    "render_lesson": {"lesson": TEXT},
    "render_status": {},
    "publish_course": {},
    "undo": {},
    "course_history": {},
    "list_courses": {},
    "open_course": {"course": TEXT},
}


def offered() -> list[dict[str, Any]]:
    """The studio's tools, strict as OpenAI wants them."""
    return [
        {
            "type": "function",
            "function": {
                "name": name,
                "parameters": {"type": "object", "properties": properties, "required": list(properties)},
            },
        }
        for name, properties in TOOLS.items()
    ]


def reply(said: str, *, course: str = COURSE, sources: str = SOURCE, before: list[Any] | None = None) -> Reply:
    """What the director answers."""
    prompt = f"<course>\n{course}\n</course>\n<sources>\n{sources}\n</sources>"
    messages = [{"role": "system", "content": prompt}, *(before or []), {"role": "user", "content": said}]
    return answer(ChatRequest.model_validate({"model": "m", "messages": messages, "tools": offered()}))


def calls(said: str, **options: Any) -> list[tuple[str, dict[str, Any]]]:
    """The calls alone, without the arguments left null."""
    made = [(call.name, json.loads(call.arguments)) for call in reply(said, **options).calls]
    assert all(set(arguments) == set(TOOLS[name]) for name, arguments in made)
    return [(name, {key: value for key, value in arguments.items() if value is not None}) for name, arguments in made]


def used(name: str, result: str, **arguments: Any) -> list[Any]:
    """A tool call and its result, as messages."""
    function = {"name": name, "arguments": json.dumps(arguments)}
    call = {"id": "c1", "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": result},
    ]


def after(said: str, name: str, result: str, **arguments: Any) -> str:
    """What is said when the tool has reported."""
    prompt = f"<course>\n{COURSE}\n</course>\n<sources>\n{SOURCE}\n</sources>"
    talk = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hello."}]
    messages = [{"role": "system", "content": prompt}, *talk, {"role": "user", "content": said}]
    messages += used(name, result, **arguments)
    return answer(ChatRequest.model_validate({"model": "m", "messages": messages, "tools": offered()})).text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Rename lesson 1.2 to Simple sugars", [("rename", {"target": "lesson 1.2", "title": "Simple sugars"})]),
        ("Call the course Big Molecules", [("rename", {"target": "course", "title": "Big Molecules"})]),
        ("change the title of module 2 to “Small life”", [("rename", {"target": "module 2", "title": "Small life"})]),
        ("Render lesson 1.1", [("estimate_render", {"lesson": "1.1"})]),
        ("can you make a video of lesson 1.2?", [("estimate_render", {"lesson": "1.2"})]),
        ("how much would rendering 1.1 cost?", [("estimate_render", {"lesson": "1.1"})]),
        ("render everything", [("estimate_render", {"lesson": "1.1"}), ("estimate_render", {"lesson": "1.2"})]),
        ("render the first lesson", [("estimate_render", {"lesson": "1.1"})]),
        ("render lesson 9.9", [("estimate_render", {"lesson": "9.9"})]),
        (
            "Please make lesson 1.2 simpler.",
            [("rewrite_lesson", {"lesson": "1.2", "instruction": "make lesson 1.2 simpler."})],
        ),
        (
            "add a worked example to slide 4 of lesson 1.2",
            [("rewrite_lesson", {"lesson": "1.2", "instruction": "add a worked example to slide 4 of lesson 1.2"})],
        ),
        (
            "remove slide 3 from lesson 1.1",
            [("rewrite_lesson", {"lesson": "1.1", "instruction": "remove slide 3 from lesson 1.1"})],
        ),
        (
            "simplify the particle size lesson",
            [("rewrite_lesson", {"lesson": "1.1", "instruction": "simplify the particle size lesson"})],
        ),
        ("merge modules 2 and 3", [("revise_outline", {"instruction": "merge modules 2 and 3"})]),
        ("make it four modules", [("revise_outline", {"instruction": "make it four modules"})]),
        ("swap modules 1 and 2", [("revise_outline", {"instruction": "swap modules 1 and 2"})]),
        ("remove lesson 2.2", [("remove", {"target": "lesson 2.2"})]),
        ("delete module 3", [("remove", {"target": "module 3"})]),
        ("move lesson 2.1 to module 1", [("move", {"target": "lesson 2.1", "position": "into module 1"})]),
        ("move module 3 before module 1", [("move", {"target": "module 3", "position": "before module 1"})]),
        ("lesson 2.1 should take 8 minutes", [("set_minutes", {"lesson": "2.1", "minutes": 8})]),
        (
            "add a 4-minute lesson about fungi to module 2",
            [("add_lesson", {"module": "module 2", "title": "Fungi", "objectives": ["Explain fungi"], "minutes": 4})],
        ),
        ("replace “heap” with “pile”", [("replace_text", {"find": "heap", "replace": "pile"})]),
        ("use “pile” instead of “heap”", [("replace_text", {"find": "heap", "replace": "pile"})]),
        (
            "replace heap by pile in lesson 1.1",
            [("replace_text", {"find": "heap", "replace": "pile", "lesson": "1.1"})],
        ),
        ("write lesson 2.1", [("draft_lessons", {"lessons": ["2.1"]})]),
        ("Draft the remaining lessons, please", [("draft_lessons", {"lessons": ["all"]})]),
        ("write module 2", [("draft_lessons", {"lessons": ["module 2"]})]),
        ("show me lesson 1.2", [("show_lesson", {"lesson": "1.2"})]),
        ("undo that please", [("undo", {})]),
        ("what changed?", [("course_history", {})]),
        ("Please publish the course", [("publish_course", {})]),
        ("how is the video coming along?", [("render_status", {})]),
        ("list my courses", [("list_courses", {})]),
        ("open the course on bees", [("open_course", {"course": "bees"})]),
        ("it is for nurses", [("describe_course", {"audience": "nurses"})]),
        (
            "rename module 1 to Earth and remove lesson 2.2",
            [("rename", {"target": "module 1", "title": "Earth"}), ("remove", {"target": "Earthworms"})],
        ),
        (
            "Make lesson 1.1 shorter and add an example to slide 4",
            [
                ("rewrite_lesson", {"lesson": "1.1", "instruction": "Make lesson 1.1 shorter"}),
                ("rewrite_lesson", {"lesson": "1.1", "instruction": "add an example to slide 4"}),
            ],
        ),
    ],
)
def test_plain_words_become_the_calls_meant(said: str, expected: list[tuple[str, dict[str, Any]]]) -> None:
    """Tool, part and content, in many wordings."""
    assert calls(said) == expected


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        (
            "Turn this into a three-module course for first-year students.",
            {"modules": 3, "audience": "first-year students"},
        ),
        ("Make a course for nurses from the attached chapter", {"audience": "nurses"}),
        ("I attached a document.", {}),
    ],
)
def test_a_document_and_a_sentence_start_a_course(said: str, arguments: dict[str, Any]) -> None:
    """The brief is the person's own words."""
    assert calls(said, course="none") == [("outline_course", {"brief": said, **arguments})]


def test_a_topic_alone_starts_a_course() -> None:
    """Without a document a named topic is enough."""
    assert calls("Photosynthesis", course="none", sources="none") == [("outline_course", {"brief": "Photosynthesis"})]


@pytest.mark.parametrize("said", ["hi", "make a course", "hello!"])
def test_too_thin_a_brief_gets_one_question(said: str) -> None:
    """And its answer is a brief, whatever its form."""
    text = reply(said, course="none", sources="none").text
    assert text.count("?") + text.count("Attach a document") == 2
    talk = [{"role": "user", "content": said}, {"role": "assistant", "content": text}]
    (call,) = calls("Bees, two modules", course="none", sources="none", before=talk)
    assert call == ("outline_course", {"brief": "Bees, two modules", "modules": 2})


PLANNED = [
    {"role": "user", "content": "Make a course"},
    {"role": "assistant", "content": "Here is a plan. Shall I write the 3 lessons? It takes about a minute."},
]
ESTIMATED = [
    {"role": "user", "content": "render lesson 1.1"},
    *used("estimate_render", "Lesson 1.1: about 3 minutes of video.", lesson="1.1"),
    {"role": "assistant", "content": "About 3 minutes. Shall I make the video of lesson 1.1?"},
]
WRITTEN = [
    {"role": "user", "content": "write them"},
    *used("draft_lessons", "Wrote 2 of 2 lessons: 1.1, 1.2.", lessons=["all"]),
    {"role": "assistant", "content": "Written. Shall I find out what the video of lesson 1.1 takes?"},
]


@pytest.mark.parametrize(
    "said", ["yes", "Looks good, go ahead", "approve", "ok write them", "Yes please!", "perfect, do it"]
)
def test_yes_after_a_plan_writes_the_lessons(said: str) -> None:
    """All of them."""
    assert calls(said, before=PLANNED) == [("draft_lessons", {"lessons": ["all"]})]


@pytest.mark.parametrize("said", ["yes", "render it", "go ahead", "Yes, render lesson 1.1", "make the video"])
def test_yes_after_an_estimate_renders(said: str) -> None:
    """That lesson; another lesson is estimated first."""
    assert calls(said, before=ESTIMATED) == [("render_lesson", {"lesson": "1.1"})]
    assert calls("render lesson 1.2", before=ESTIMATED) == [("estimate_render", {"lesson": "1.2"})]


def test_yes_after_writing_looks_up_what_a_video_takes() -> None:
    """The next proposal is answered, not the one before it."""
    assert calls("yes", before=WRITTEN) == [("estimate_render", {"lesson": "1.1"})]


@pytest.mark.parametrize("before", [PLANNED, ESTIMATED, WRITTEN])
def test_no_does_nothing(before: list[Any]) -> None:
    """And says that nothing was done."""
    answered = reply("no, not yet", before=before)
    assert answered.calls == ()
    assert "leave it as it is" in answered.text


def test_yes_to_nothing_does_nothing() -> None:
    """When nothing was proposed, “yes” calls no tool."""
    assert (
        reply("yes", before=[{"role": "user", "content": "x"}, {"role": "assistant", "content": "Renamed."}]).calls
        == ()
    )


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
