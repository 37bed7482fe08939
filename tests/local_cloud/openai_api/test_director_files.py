"""Plain words about files: what to take away and in what form, and what to bring in."""

from typing import Any

import pytest

from tests.local_cloud.openai_api.conversing import calls, reply

_ATTACHED = {
    "role": "user",
    "content": "<attached>\nSoil.md: a course saved by Lectern. import_file makes a new course of it, in this turn "
    "only.\n</attached>",
}


@pytest.mark.parametrize(
    ("said", "form", "what"),
    [
        ("export the course as PowerPoint", "slides", "course"),
        ("Export this course to pptx please", "slides", "course"),
        ("can I get a slide deck of module 1?", "slides", "module 1"),
        ("make a presentation of lesson 1.2", "slides", "lesson 1.2"),
        ("give me a handout of module 2", "handout", "module 2"),
        ("I need a PDF of lesson 1.1", "handout", "lesson 1.1"),
        ("print lesson 1.2", "handout", "lesson 1.2"),
        ("PDF of the whole course, please", "handout", "course"),
        ("download everything as SCORM", "scorm", "course"),
        ("Could you make a SCORM package with the videos?", "scorm", "course"),
        ("export it for Canvas", "cartridge", "course"),
        ("I want a common cartridge", "cartridge", "course"),
        ("export lesson 1.2 as Markdown", "markdown", "lesson 1.2"),
        ("save a backup of the course", "markdown", "course"),
        ("download all videos", "videos", "course"),
        ("export the videos of module 1 as a zip", "videos", "module 1"),
        ("give me all the videos", "videos", "course"),
        ("export the particle size lesson as pdf", "handout", "lesson 1.1"),
    ],
)
def test_what_to_take_away(said: str, form: str, what: str) -> None:
    """The form and the part that were meant."""
    assert calls(said) == [("export_course", {"format": form, "what": what})]


def test_several_forms_are_several_files() -> None:
    """Each form that is named becomes a file."""
    assert [arguments["format"] for _, arguments in calls("export module 1 as pdf and as powerpoint")] == [
        "handout",
        "slides",
    ]


def test_without_a_form_it_asks() -> None:
    """“Export the course” is answered with what there is to choose from, and nothing is made."""
    answer = reply("export the course")
    assert not answer.calls
    assert "SCORM" in answer.text


@pytest.mark.parametrize(
    "said",
    ["render lesson 1.1", "make a video of lesson 1.2", "make lesson 1.2 simpler", "what does the video of 1.1 cost?"],
)
def test_other_wishes_are_not_about_files(said: str) -> None:
    """Making a video, or changing a lesson, takes nothing away."""
    assert all(name != "export_course" for name, _ in calls(said))


@pytest.mark.parametrize(
    "said", ["import this course", "here is my course", "I attached a document.", "please load it"]
)
@pytest.mark.parametrize("course", [None, "There is no course yet."])
def test_a_saved_course_is_imported(said: str, course: str | None) -> None:
    """With the file of a course attached, whatever is said with it."""
    options: dict[str, Any] = {} if course is None else {"course": course}
    assert calls(said, before=[_ATTACHED], **options) == [("import_course", {})]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("add this deck as a lesson in module 2", "module 2"),
        ("Import the PowerPoint as a new lesson after lesson 1.1", "after lesson 1.1"),
        ("use these slides as a lesson", None),
        ("please insert the presentation as another lesson into the second module", "module 2"),
        ("import this deck", None),
    ],
)
def test_a_deck_becomes_a_lesson(said: str, place: str | None) -> None:
    """At the place that was named, else at the end."""
    arguments = {"place": place} if place else {}
    assert calls(said) == [("import_deck", arguments)]
