"""Plain words become the tool calls that were meant."""

from typing import Any

import pytest

from tests.local_cloud.openai_api.conversing import ESTIMATED, PLANNED, SOURCE, WRITTEN, calls, reply


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
            [
                (
                    "rewrite_lesson",
                    {
                        "lesson": "1.2",
                        "instruction": "add a worked example to slide 4 of lesson 1.2",
                        "scope": "slide 4",
                    },
                )
            ],
        ),
        (
            "remove slide 3 from lesson 1.1",
            [("remove", {"target": "slide 3 of lesson 1.1"})],
        ),
        (
            "simplify the particle size lesson",
            [("rewrite_lesson", {"lesson": "1.1", "instruction": "simplify the particle size lesson"})],
        ),
        ("merge modules 2 and 3", [("arrange", {"operation": "merge", "target": "module 2 and module 3"})]),
        ("make it four modules", [("revise_outline", {"instruction": "make it four modules"})]),
        ("swap modules 1 and 2", [("arrange", {"operation": "swap", "target": "module 1 and module 2"})]),
        ("remove lesson 2.2", [("remove", {"target": "lesson 2.2"})]),
        ("delete module 3", [("remove", {"target": "module 3"})]),
        ("move lesson 2.1 to module 1", [("move", {"target": "lesson 2.1", "position": "into module 1"})]),
        ("move module 3 before module 1", [("move", {"target": "module 3", "position": "before module 1"})]),
        ("lesson 2.1 should take 8 minutes", [("set_minutes", {"lesson": "2.1", "minutes": 8})]),
        ("Make lesson 1.1 ten minutes long", [("set_minutes", {"lesson": "1.1", "minutes": 10})]),
        (
            "shorten lesson 1.2 to five minutes",
            [("rewrite_lesson", {"lesson": "1.2", "instruction": "shorten lesson 1.2 to five minutes", "minutes": 5})],
        ),
        ("shorten lesson 2.1 to four minutes", [("set_minutes", {"lesson": "2.1", "minutes": 4})]),
        ("change lesson 2.1 to fifteen minutes", [("set_minutes", {"lesson": "2.1", "minutes": 15})]),
        ("make lesson 3.1 two minutes shorter", [("set_minutes", {"lesson": "3.1", "minutes": 6})]),
        (
            "rename lesson 1.1 to Ten minutes of sand",
            [("rename", {"target": "lesson 1.1", "title": "Ten minutes of sand"})],
        ),
        (
            "add a 4-minute lesson about fungi to module 2",
            [("add_lesson", {"module": "module 2", "title": "Fungi", "objectives": ["Explain fungi"], "minutes": 4})],
        ),
        ("replace “heap” with “pile”", [("replace_text", {"find": "heap", "replace": "pile"})]),
        ("use “pile” instead of “heap”", [("replace_text", {"find": "heap", "replace": "pile"})]),
        (
            "replace heap by pile in lesson 1.1",
            [("replace_text", {"find": "heap", "replace": "pile", "where": "lesson 1.1"})],
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
        (
            "for nurses please, four modules",
            [
                ("describe_course", {"audience": "nurses"}),
                ("revise_outline", {"instruction": "for nurses please, four modules"}),
            ],
        ),
        ("it is for nurses", [("describe_course", {"audience": "nurses"})]),
        (
            "rename module 1 to Earth and remove lesson 2.2",
            [("rename", {"target": "module 1", "title": "Earth"}), ("remove", {"target": "Earthworms"})],
        ),
        (
            "Make lesson 1.1 shorter and add an example to slide 4",
            [
                ("rewrite_lesson", {"lesson": "1.1", "instruction": "Make lesson 1.1 shorter"}),
                ("rewrite_lesson", {"lesson": "1.1", "instruction": "add an example to slide 4", "scope": "slide 4"}),
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


@pytest.mark.parametrize("sources", ["none", SOURCE])
@pytest.mark.parametrize(
    "said",
    [
        "What can you do for me?",
        "What can you do for me? (2)",
        "Who are you?",
        "Who are you (3)",
        "How do I start a course?",
        "How do I start a course",
        "Can you make courses?",
        "What is photosynthesis?",
        "why is the sky blue",
        "what formats do you accept",
        "Which documents can I attach?",
        "Hello there (2)",
        "good morning",
        "Thank you very much!",
        "I have a question",
        "tell me a joke",
    ],
)
def test_questions_and_small_talk_start_no_course(said: str, sources: str) -> None:
    """Neither with a document nor without; they are answered in words."""
    answered = reply(said, course="none", sources=sources)
    assert answered.calls == ()
    assert answered.text


@pytest.mark.parametrize(
    "said",
    [
        "Can you make a course about photosynthesis for nurses?",
        "Hi, could you build an outline on negotiation?",
        "How about a course on bees?",
        "I want to teach nurses about sepsis. Can you help?",
        "how to repair a puncture",
        "Make a short course for first-year students on how to read a scientific paper.",
    ],
)
def test_a_question_that_asks_for_a_course_starts_one(said: str) -> None:
    """What clearly asks for a course is a brief, in whatever form."""
    ((tool, arguments),) = calls(said, course="none", sources="none")
    assert (tool, arguments["brief"]) == ("outline_course", said)


@pytest.mark.parametrize("said", ["What do you mean?", "thanks", "Who are you?"])
def test_a_question_does_not_answer_ours(said: str) -> None:
    """Asked what the course should be about, a question back is no brief."""
    talk = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "What should the course be about?"}]
    assert calls(said, course="none", sources="none", before=talk) == []


def test_an_earlier_question_is_no_part_of_the_brief() -> None:
    """Only what was said about the course is handed on."""
    talk = [
        {"role": "user", "content": "What can you do for me?"},
        {"role": "assistant", "content": "I can plan a course. What should the course be about?"},
    ]
    assert calls("Bees", course="none", sources="none", before=talk) == [("outline_course", {"brief": "Bees"})]


@pytest.mark.parametrize("said", ["hi", "make a course", "hello!"])
def test_too_thin_a_brief_gets_one_question(said: str) -> None:
    """And its answer is a brief, whatever its form."""
    text = reply(said, course="none", sources="none").text
    assert text.count("?") + text.count("Attach a document") == 2
    talk = [{"role": "user", "content": said}, {"role": "assistant", "content": text}]
    (call,) = calls("Bees, two modules", course="none", sources="none", before=talk)
    assert call == ("outline_course", {"brief": "Bees, two modules", "modules": 2})


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "Looks good, go ahead",
        "approve",
        "ok write them",
        "Yes please!",
        "perfect, do it",
        "ok",
        "OK (2)",
        "sure, go on",
        "yes, do",
    ],
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
@pytest.mark.parametrize(
    "said", ["no, not yet", "no", "not yet", "not now", "no thanks", "No, not now.", "don’t render it"]
)
def test_no_does_nothing(said: str, before: list[Any]) -> None:
    """And says that nothing was done."""
    answered = reply(said, before=before)
    assert answered.calls == ()
    assert "leave it as it is" in answered.text


def test_no_with_another_wish_does_that() -> None:
    """What was proposed is declined, what is asked for instead is done."""
    expected = [("rename", {"target": "module 1", "title": "Earth"})]
    assert calls("No, rename module 1 to Earth", before=ESTIMATED) == expected


def test_yes_to_something_else_renders_nothing() -> None:
    """“Yes, write them” is not the yes to a video, and thanks are no yes at all."""
    assert calls("yes, write them", before=ESTIMATED) == [("draft_lessons", {"lessons": ["all"]})]
    assert calls("thank you!", before=ESTIMATED) == []
    assert calls("thanks", before=PLANNED) == []


def test_yes_to_nothing_does_nothing() -> None:
    """When nothing was proposed, “yes” calls no tool."""
    assert (
        reply("yes", before=[{"role": "user", "content": "x"}, {"role": "assistant", "content": "Renamed."}]).calls
        == ()
    )
