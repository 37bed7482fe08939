"""A teacher names a part and what is to become of it, in many ways; the tool calls name the same part."""

from typing import Any

import pytest

from tests.local_cloud.openai_api.conversing import calls, reply

_REMOVED = [("remove", {"target": "slide 3 of lesson 1.2"})]


def _renamed(target: str, title: str) -> list[tuple[str, dict[str, Any]]]:
    return [("rename", {"target": target, "title": title})]


def _text(target: str, text: str) -> list[tuple[str, dict[str, Any]]]:
    return [("change_text", {"target": target, "text": text})]


def _moved(target: str, position: str) -> list[tuple[str, dict[str, Any]]]:
    return [("move", {"target": target, "position": position})]


def _arranged(operation: str, target: str, **more: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("arrange", {"operation": operation, "target": target, **more})]


def _inserted(kind: str, into: str, text: str, position: str = "last") -> list[tuple[str, dict[str, Any]]]:
    return [("insert_text", {"kind": kind, "into": into, "text": text, "position": position})]


def _replaced(find: str, replace: str, **more: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("replace_text", {"find": find, "replace": replace, **more})]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("in 1.1 call slide 4 'Enzymes at work'", _renamed("slide 4 of lesson 1.1", "Enzymes at work")),
        ("call slide 4 of 1.2 Enzymes at work", _renamed("slide 4 of lesson 1.2", "Enzymes at work")),
        ("give slide 2 of lesson 1.1 the title “Walls”", _renamed("slide 2 of lesson 1.1", "Walls")),
        ("the first slide of 1.2 should be called “Start”", _renamed("slide 1 of lesson 1.2", "Start")),
        ("rename the slide about clay in 1.2 to Mud", _renamed("slide “clay” of lesson 1.2", "Mud")),
        ("change the second sentence of slide 3 in 1.2 to “Hi.”", _text("sentence 2 of slide 3 of lesson 1.2", "Hi.")),
        ("I'd like bullet 1 on slide 2 of 1.1 to say “Sand”", _text("bullet 1 of slide 2 of lesson 1.1", "Sand")),
        ("question 2 of 1.1: the correct answer is B", _text("right answer of question 2 of lesson 1.1", "B")),
        ("make B the right answer of question 2 in 1.1", _text("right answer of question 2 of lesson 1.1", "B")),
        ("set the narration of slide 1 of 1.1 to “Welcome.”", _text("narration of slide 1 of lesson 1.1", "Welcome.")),
        ("remove slide 3 of 1.2", _REMOVED),
        ("take slide 3 out of 1.2", _REMOVED),
        ("slide 3 of 1.2 can go", _REMOVED),
        ("remvoe slied 3 of 1.2", _REMOVED),
        ("drop the third bullet on slide 2 of 1.1", [("remove", {"target": "bullet 3 of slide 2 of lesson 1.1"})]),
        (
            "on slide 2 of 1.1, delete the sentence that says “it is dry”",
            [("remove", {"target": "sentence “it is dry” of slide 2 of lesson 1.1"})],
        ),
        ("move slide 3 of 1.2 after slide 5", _moved("slide 3 of lesson 1.2", "after slide 5 of lesson 1.2")),
        ("put the quiz question about clay first", _moved("question “clay”", "first")),
        ("make module 3 the first module", _moved("module 3", "first")),
        ("lesson 2.2 should come before lesson 2.1", _moved("lesson 2.2", "before lesson 2.1")),
        ("bring the last slide of 1.1 to the front", _moved("last slide of lesson 1.1", "first")),
        ("swap slides 2 and 3 in lesson 1.1", _arranged("swap", "slide 2 of lesson 1.1 and slide 3 of lesson 1.1")),
        ("split lesson 1.2 after slide 3", _arranged("split", "lesson 1.2", after=3)),
        ("break lesson 1.2 in two before slide 3", _arranged("split", "lesson 1.2", after=2)),
        ("fold lesson 1.2 into 1.1", _arranged("merge", "lesson 1.1 and lesson 1.2")),
        (
            "merge modules 1 and 2 and call it “Basics”",
            _arranged("merge", "module 1 and module 2", title="Basics"),
        ),
        ("make a copy of slide 4 in lesson 1.2", _arranged("duplicate", "slide 4 of lesson 1.2")),
        ("add a bullet to slide 2 of 1.1: Sand is dry.", _inserted("bullet", "slide 2 of lesson 1.1", "Sand is dry")),
        ("lesson 1.1 needs another objective: “Dig.”", _inserted("objective", "lesson 1.1", "Dig.")),
        (
            "insert “Look.” as the first sentence of slide 2 of 1.1",
            _inserted("sentence", "slide 2 of lesson 1.1", "Look.", "first"),
        ),
        (
            "turn slide 3 of 1.2 into a process",
            [("change_layout", {"slide": "slide 3 of lesson 1.2", "layout": "process"})],
        ),
        ("in 1.2 slide 3 say silt instead of clay", _replaced("clay", "silt", where="slide 3 of lesson 1.2")),
        ("change 'clay' to 'silt' everywhere", _replaced("clay", "silt")),
        ("wherever it says “clay”, write “silt”", _replaced("clay", "silt")),
        (
            "remove the word “very” from the narration of 1.2",
            _replaced("very", "", where="lesson 1.2", only="narration"),
        ),
        (
            "make slide 3 of 1.2 simpler",
            [("rewrite_lesson", {"lesson": "1.2", "instruction": "make slide 3 of 1.2 simpler", "scope": "slide 3"})],
        ),
        ("Have modules 1 and 2 trade places.", _arranged("swap", "module 1 and module 2")),
        ("Lesson 2.1 belongs in module 1", _moved("lesson 2.1", "into module 1")),
        ("Edit slide 3 of 1.1: the title should be “Dry”", _renamed("slide 3 of lesson 1.1", "Dry")),
        ("In the quiz of 1.2, change “clay” to “silt”", _replaced("clay", "silt", where="lesson 1.2", only="quiz")),
        ("Append “Bye.” to the narration of slide 7 in 1.1", _inserted("sentence", "slide 7 of lesson 1.1", "Bye.")),
        ("Add “Dig deep” to the objectives of 1.2", _inserted("objective", "lesson 1.2", "Dig deep")),
        (
            "after the first bullet of slide 2 in 1.1, add: Dry",
            _inserted("bullet", "slide 2 of lesson 1.1", "Dry", "after 1"),
        ),
        ("put “Look” as the last bullet on slide 3 of 1.2", _inserted("bullet", "slide 3 of lesson 1.2", "Look")),
        ("put “Mud” first in 1.2", _moved("slide “Mud” of lesson 1.2", "first")),
        ("Delete all the quiz questions of 1.2", [("remove", {"target": "quiz of lesson 1.2"})]),
        ("the course should be in Spanish", [("describe_course", {"language": "es"})]),
        ("make the tone more formal", [("describe_course", {"tone": "more formal"})]),
    ],
)
def test_the_part_that_was_named_is_the_part_that_is_changed(
    said: str, expected: list[tuple[str, dict[str, Any]]]
) -> None:
    """Verb, address and value, whatever their order."""
    assert calls(said) == expected


def test_words_come_before_what_moves_numbers() -> None:
    """In one message every number means what stood there when it was said."""
    assert calls("In 1.2, delete slide 3 and rename slide 5 to “Mud”") == [
        *_renamed("slide 5 of lesson 1.2", "Mud"),
        *_REMOVED,
    ]


def test_the_course_is_all_of_its_lessons() -> None:
    """Not the lesson spoken of last; the minutes of a whole course are shared among its lessons."""
    before = [{"role": "user", "content": "make lesson 1.1 simpler"}, {"role": "assistant", "content": "Rewrote it."}]
    for said, minutes in (("Shorten the course to ten minutes", 5), ("Make the course shorter", None)):
        made = [arguments for name, arguments in calls(said, before=before) if name == "rewrite_lesson"]
        assert [one["lesson"] for one in made] == ["1.1", "1.2"]
        assert [one.get("minutes") for one in made] == [minutes, minutes]


def test_it_is_the_part_spoken_of_last() -> None:
    """A slide named in an earlier message, or in the same one."""
    before = [{"role": "user", "content": "make slide 2 of 1.2 simpler"}, {"role": "assistant", "content": "Done."}]
    assert calls("drop its last bullet", before=before) == [
        ("remove", {"target": "last bullet of slide 2 of lesson 1.2"})
    ]
    assert calls("rename it to Mud", before=before) == _renamed("slide 2 of lesson 1.2", "Mud")


@pytest.mark.parametrize("said", ["delete everything on slide 2", "replace the document soil.md", "change it"])
def test_what_is_not_understood_changes_nothing(said: str) -> None:
    """It is said so instead."""
    answered = reply(said)
    assert not [call for call in answered.calls if call.name in ("remove", "replace_text", "change_text", "rename")]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("Module 1 of the course 8 minutes shorter", {"1.1": 2, "1.2": 2}),
        ("make module 1 3 minutes shorter", {"1.1": 5, "1.2": 4}),
        ("make the course 4 minutes shorter", {"1.1": 4, "1.2": 4}),
    ],
)
def test_minutes_off_a_module_are_shared_by_its_lessons(said: str, minutes: dict[str, int]) -> None:
    """A module or course that is to be so much shorter is that much shorter in all, not each of its lessons."""
    assert {given["lesson"]: given["minutes"] for _, given in calls(said)} == minutes


def test_each_lesson_so_much_shorter_is_each() -> None:
    """Of every lesson the minutes are taken off one by one."""
    found = calls("Make all lessons 2 minutes shorter")
    assert [given["minutes"] for _, given in found] == [4, 4, 3, 3, 6]
