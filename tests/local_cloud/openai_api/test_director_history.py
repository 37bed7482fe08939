"""Plain words about what was done become undo, redo, going back and looking back."""

from typing import Any

import pytest

from tests.local_cloud.openai_api.conversing import calls, reply, used

_REFUSED = [
    {"role": "user", "content": "undo revision 12"},
    *used(
        "undo", "Revision 12, “Renamed”, cannot be undone by itself, because later changes built on it.", revision=12
    ),
    {"role": "assistant", "content": "Revision 12 cannot be undone by itself."},
]
_UNDONE = [
    {"role": "user", "content": "undo"},
    *used("undo", "Took back: Removed lesson 2.1."),
    {"role": "assistant", "content": "Took back: Removed lesson 2.1."},
]
_REMOVED = [
    {"role": "user", "content": "remove lesson 2.1"},
    *used("remove", "Removed lesson 2.1.", target="lesson 2.1"),
    {"role": "assistant", "content": "Removed lesson 2.1."},
]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *(
            (said, {})
            for said in ("undo", "Undo that", "undo it please", "can you undo the last change?", "revert that")
        ),
        *(
            (said, {})
            for said in ("take that back", "please roll back", "undo my last edit", "oops, undo", "go back one step")
        ),
        ("undo the last three changes", {"changes": 3}),
        ("take back the last 2 edits", {"changes": 2}),
        ("undo 5 steps", {"changes": 5}),
        ("go back two steps", {"changes": 2}),
        ("undo twice", {"changes": 2}),
        ("undo revision 12", {"revision": 12}),
        ("revert change 7", {"revision": 7}),
        ("undo 12", {"revision": 12}),
        ("undo #4", {"revision": 4}),
        ("undo 12 and what built on it", {"revision": 12, "later": "undo_them_too"}),
        ("undo revision 9 with everything that depends on it", {"revision": 9, "later": "undo_them_too"}),
        ("undo what can be undone of 12", {"revision": 12, "later": "keep_them"}),
        ("undo revision 12 as far as possible", {"revision": 12, "later": "keep_them"}),
        ("undo 12 but keep the later changes", {"revision": 12, "later": "keep_them"}),
        ("undo the renaming of module 2", {"about": "renaming of module 2"}),
        ("take back the merge of modules 1 and 2", {"about": "merge of modules 1 and 2"}),
        ("bring back lesson 2.1", {"about": "removed lesson 2.1"}),
        ("restore the deleted lesson on earthworms", {"about": "removed the deleted lesson on earthworms"}),
    ],
)
def test_undo(said: str, expected: dict[str, Any]) -> None:
    """The last change, several, one by its number, or one by what it did."""
    (call,) = calls(said)
    assert call[0] == "undo"
    assert {name: value for name, value in call[1].items() if name != "changes" or value != 1} == expected


@pytest.mark.parametrize("said", ["redo", "Redo that", "redo it please", "undo the undo", "bring back what you undid"])
def test_redo(said: str) -> None:
    """Whatever was said before."""
    assert calls(said) == [("redo", {})]


@pytest.mark.parametrize("said", ["put it back", "bring that back", "restore it"])
def test_putting_back(said: str) -> None:
    """What was undone comes again; what was removed just now is undone."""
    assert calls(said, before=_UNDONE) == [("redo", {})]
    assert calls(said, before=_REMOVED) == [("undo", {})]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("go back to before I merged the modules", {"before": "I merged the modules"}),
        ("go back to how it was before the merge", {"before": "the merge"}),
        ("bring the course back to before you rewrote lesson 1.2", {"before": "you rewrote lesson 1.2"}),
        ("restore revision 12", {"revision": 12}),
        ("go back to revision 12", {"revision": 12}),
        ("revert to version 5", {"revision": 5}),
        ("go back to before revision 12", {"revision": 11}),
        ("go back to yesterday evening", {"moment": "yesterday evening"}),
        ("return to how it was two hours ago", {"moment": "how it was two hours ago"}),
        ("restore the version of this morning", {"moment": "the version of this morning"}),
        ("roll back to 14:30", {"moment": "14:30"}),
        ("make it like it was yesterday", {"moment": "yesterday"}),
        ("undo everything since this morning", {"moment": "since this morning"}),
        ("undo all changes I made today", {"moment": "since today"}),
    ],
)
def test_going_back(said: str, expected: dict[str, Any]) -> None:
    """To a revision, a moment, or before something was done."""
    assert calls(said) == [("go_back", expected)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("what changed since yesterday?", {"since": "yesterday"}),
        ("What has changed since Monday morning", {"since": "Monday morning"}),
        ("what did Eve change?", {"author": "Eve"}),
        ("what has Eve changed since yesterday", {"since": "yesterday", "author": "Eve"}),
        ("show me Eve’s changes", {"author": "Eve"}),
        ("what did I change today", {"since": "today", "author": "me"}),
        ("show me everything that changed in the last two hours", {"since": "in the last two hours"}),
        ("what’s different since revision 12?", {"since": "revision 12"}),
        ("what is new since I published", {"since": "I published"}),
    ],
)
def test_what_changed(said: str, expected: dict[str, Any]) -> None:
    """Since when, and by whom."""
    assert calls(said) == [("what_changed", expected)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("what changed?", {}),
        ("show me the history", {}),
        ("list the latest changes", {}),
        ("what was changed in lesson 1.2?", {"words": "lesson 1.2"}),
        ("who changed module 2", {"words": "module 2"}),
        ("when did I merge the modules?", {"words": "merge the modules"}),
    ],
)
def test_history(said: str, expected: dict[str, Any]) -> None:
    """All of it, or what is about one thing."""
    assert calls(said) == [("course_history", expected)]


@pytest.mark.parametrize(
    ("said", "later"),
    [
        ("undo those too", "undo_them_too"),
        ("take them back as well", "undo_them_too"),
        ("only what can be undone", "keep_them"),
    ],
)
def test_an_answer_to_a_refused_undo(said: str, later: str) -> None:
    """Is about the change that could not be undone by itself."""
    assert calls(said, before=_REFUSED) == [("undo", {"revision": 12, "later": later})]


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("rename lesson 1.2 to What changed", "rename"),
        ("remove lesson 2.2", "remove"),
        ("move lesson 2.1 to module 1", "move"),
        ("render lesson 1.1", "estimate_render"),
        ("make lesson 1.2 simpler", "rewrite_lesson"),
        ("show lesson 1.1", "show_lesson"),
        ("add a lesson about the history of soil to module 1", "add_lesson"),
        ("add a lesson on what changed in farming to module 2", "add_lesson"),
        ("rewrite lesson 1.2 with what is new in soil science", "rewrite_lesson"),
    ],
)
def test_other_wishes_are_not_about_history(said: str, tool: str) -> None:
    """However near their words come."""
    assert {name for name, _ in calls(said)} == {tool}


def test_a_brief_about_history_starts_a_course() -> None:
    """With nothing planned, a topic is a topic."""
    for said in ("A course on how farming changed for first-year students", "Teach the history of Rome in two modules"):
        ((tool, _),) = calls(said, course="none", sources="none")
        assert tool == "outline_course"
    assert reply("undo", course="none", sources="none").calls[0].name == "undo"
