"""Words about documents: which there are, a newer one for an older, one removed or brought back."""

from typing import Any

import pytest

from tests.local_cloud.openai_api.conversing import after, calls, used

TWO = "S1: Living Soil (soil.md, 500 words)\nS2: Syllabus 2024 (plan.pdf, 300 words)"
NEWER = [{"role": "user", "content": "<attached>\nS2: Living Soil, second edition (soil2.md, 600 words)\n</attached>"}]
REMOVED = [
    {"role": "user", "content": "remove the syllabus"},
    *used("remove_source", "Removed the document S2, “Syllabus 2024” (plan.pdf).", document="syllabus"),
    {"role": "assistant", "content": "Removed it."},
]


@pytest.mark.parametrize(
    "said",
    [
        "what documents do you have?",
        "Which sources does this course have?",
        "list the documents",
        "show me my files",
        "what did I attach?",
        "which lessons are stale?",
        "are any lessons out of date?",
        "sources",
    ],
)
def test_the_documents_are_asked_for(said: str) -> None:
    """In plain words, or by asking what is stale."""
    assert calls(said, sources=TWO) == [("list_sources", {})]


@pytest.mark.parametrize(
    ("said", "old"),
    [
        ("here is the new edition of the soil book", "soil book"),
        ("This is the updated version of Living Soil.", "Living Soil"),
        ("here's a newer version", None),
        ("replace Living Soil with this", "Living Soil"),
        ("use this instead of soil.md", "soil.md"),
        ("this replaces S1", "S1"),
        ("Please replace the old document with this one", None),
    ],
)
def test_an_attached_one_takes_an_older_ones_place(said: str, old: str | None) -> None:
    """The newer one came with the message; the older one is named, or there is only one it can be."""
    expected = {"document": old} if old else {}
    assert calls(said, sources=TWO, before=NEWER) == [("replace_source", expected)]


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("replace S1 with S2", {"document": "S1", "newer": "S2"}),
        ("replace soil.md with plan.pdf", {"document": "soil.md", "newer": "plan.pdf"}),
        ("use S2 instead of S1", {"document": "S1", "newer": "S2"}),
        ("S2 replaces S1", {"document": "S1", "newer": "S2"}),
    ],
)
def test_two_that_are_there(said: str, arguments: dict[str, Any]) -> None:
    """Attached before, one takes the other's place."""
    assert calls(said, sources=TWO) == [("replace_source", arguments)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("remove the syllabus", "syllabus"),
        ("please delete the document Syllabus 2024", "Syllabus 2024"),
        ("drop plan.pdf", "plan.pdf"),
        ("remove S2 from the course", "S2"),
        ("don't use the syllabus any more", "syllabus"),
        ("take out the source S2", "S2"),
    ],
)
def test_one_is_removed(said: str, name: str) -> None:
    """By its title, words of it, its file's name or its reference."""
    assert calls(said, sources=TWO) == [("remove_source", {"document": name})]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("bring the syllabus back", "syllabus"),
        ("restore the syllabus", "syllabus"),
        ("put back the document plan.pdf", "plan.pdf"),
        ("bring back S2", "S2"),
        ("use the syllabus again", "syllabus"),
    ],
)
def test_one_is_brought_back(said: str, name: str) -> None:
    """As it was called when it was removed."""
    assert calls(said, before=REMOVED) == [("restore_source", {"document": name})]


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("remove module 3", "remove"),
        ("remove lesson 2.2", "remove"),
        ("replace 'sand' with 'grit' everywhere", "replace_text"),
        ("delete Earthworms", "remove"),
        ("show me lesson 1.1", "show_lesson"),
        ("export the course as a PDF file", "export_course"),
    ],
)
def test_parts_of_the_course_are_no_documents(said: str, tool: str) -> None:
    """What names a lesson, a module or words to change is understood as before."""
    assert [name for name, _ in calls(said, sources=TWO)] == [tool]


def test_the_result_is_told_with_what_to_do_next() -> None:
    """Which lessons are stale, and an offer to write them anew; what says nothing is stale offers nothing."""
    result = "S2, “B” (b.md) has replaced S1, “A” (a.md). Moved 3 citations to the new edition.\n"
    stale = "Stale until rewritten, because they cite what the documents no longer say: 1.2 “Leaven”."
    told = after("replace S1 with S2", "replace_source", result + stale, document="S1", newer="S2")
    assert "Moved 3 citations" in told
    assert told.endswith("Shall I rewrite the stale lesson 1.2?")
    assert "Shall I" not in after("replace S1 with S2", "replace_source", result + "No lesson is stale.", document="S1")
