"""Words about whole courses: copied, archived, restored, deleted."""

from typing import Any

import pytest

from tests.local_cloud.openai_api.conversing import calls, used

TOLD = (
    "Nothing is deleted yet. “Living Soil” would be gone for good, with 5 lessons. To do it, answer "
    "“delete Living Soil for good”; to only hide it, say “archive it”."
)
ASKED = [
    {"role": "user", "content": "delete this course"},
    *used("delete_course", TOLD, course=None),
    {"role": "assistant", "content": TOLD},
]


@pytest.mark.parametrize(
    ("said", "tool", "course"),
    [
        ("duplicate this course", "duplicate_course", None),
        ("make a copy of the course for next term", "duplicate_course", None),
        ("Clone my course, please", "duplicate_course", None),
        ("copy the course “Old Soil”", "duplicate_course", "Old Soil"),
        ("archive this course", "archive_course", None),
        ("archive it", "archive_course", None),
        ("hide the course from the learners", "archive_course", None),
        ("archive “Old Soil”", "archive_course", "Old Soil"),
        ("unarchive Old Soil", "restore_course", "Old Soil"),
        ("restore the course Old Soil", "restore_course", "Old Soil"),
        ("bring Old Soil back", "restore_course", "Old Soil"),
        ("take Old Soil out of the archive", "restore_course", "Old Soil"),
        ("restore this course", "restore_course", None),
        ("delete this course", "delete_course", None),
        ("delete the whole course for good", "delete_course", None),
        ("delete the course called Old Soil", "delete_course", "Old Soil"),
        ("delete Old Soil for good", "delete_course", "Old Soil"),
    ],
)
def test_a_whole_course(said: str, tool: str, course: str | None) -> None:
    """This one, or another by its title."""
    expected: dict[str, Any] = {"course": course} if course else {}
    before = [
        {"role": "user", "content": "archive Old Soil"},
        *used("archive_course", "Archived “Old Soil”: it is in no list any more.", course="Old Soil"),
        {"role": "assistant", "content": "Archived “Old Soil”."},
    ]
    assert calls(said, before=before) == [(tool, expected)]


@pytest.mark.parametrize("said", ["show me the archived courses", "which courses are archived?", "open the archive"])
def test_the_archive_is_asked_for(said: str) -> None:
    """Apart from the list of courses."""
    assert calls(said) == [("list_archived", {})]


@pytest.mark.parametrize("said", ["delete Living Soil for good", "yes, delete Living Soil for good", "yes"])
def test_a_deletion_is_confirmed(said: str) -> None:
    """With the title; a bare yes makes the tool ask again, for it looks for the title in the person's words."""
    [(tool, arguments)] = calls(said, before=ASKED)
    assert tool == "delete_course"
    assert arguments == ({"course": "Living Soil"} if "Soil" in said else {})


@pytest.mark.parametrize("said", ["no", "no, leave it", "better not"])
def test_a_deletion_is_declined(said: str) -> None:
    """Nothing happens."""
    assert calls(said, before=ASKED) == []


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("delete lesson 1.2", "remove"),
        ("delete module 2", "remove"),
        ("duplicate slide 2 of lesson 1.1", "arrange"),
        ("duplicate module 1", "arrange"),
        ("restore revision 3", "go_back"),
        ("show my courses", "list_courses"),
    ],
)
def test_parts_are_no_courses(said: str, tool: str) -> None:
    """What names a part or a revision is understood as before."""
    assert [name for name, _ in calls(said)] == [tool]
