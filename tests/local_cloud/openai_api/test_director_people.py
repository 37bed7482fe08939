"""Words about people: who edits a course, somebody invited, somebody removed."""

import pytest

from tests.local_cloud.openai_api.conversing import calls


@pytest.mark.parametrize(
    "said",
    [
        "who can edit this?",
        "Who else has access to this course?",
        "who are my co-authors?",
        "list the people of this course",
        "show me the coauthors",
    ],
)
def test_the_people_are_asked_for(said: str) -> None:
    """In plain words."""
    assert calls(said) == [("list_people", {})]


@pytest.mark.parametrize(
    "said",
    [
        "invite eve@school.edu to this course",
        "Please invite eve@school.edu.",
        "share this course with eve@school.edu",
        "let eve@school.edu edit this course too",
        "add eve@school.edu as a co-author",
        "give eve@school.edu access",
        "eve@school.edu should edit this with me",
    ],
)
def test_somebody_is_invited(said: str) -> None:
    """By the address that was written."""
    assert calls(said) == [("invite_coauthor", {"person": "eve@school.edu"})]


def test_several_at_once_and_one_without_an_address() -> None:
    """Each address is an invitation; a name alone is passed on, for the tool to say what is missing."""
    both = calls("invite eve@school.edu and max.b@uni.ac.uk")
    assert [arguments["person"] for _, arguments in both] in (["eve@school.edu"], ["eve@school.edu", "max.b@uni.ac.uk"])
    assert calls("invite Eve") == [("invite_coauthor", {"person": "Eve"})]


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("remove eve@school.edu from this course", "eve@school.edu"),
        ("uninvite eve@school.edu", "eve@school.edu"),
        ("eve@school.edu should no longer edit this", "eve@school.edu"),
        ("remove Eve from the co-authors", "Eve"),
        ("remove the co-author Eve Adams", "Eve Adams"),
        ("remove Eve as co-author", "Eve"),
        ("revoke Eve's access", "Eve"),
        ("Eve should not edit this any more", "Eve"),
        ("remove Eve", "Eve"),
        ("leave this course", "me"),
    ],
)
def test_somebody_is_removed(said: str, person: str) -> None:
    """By address or name; oneself by leaving."""
    assert calls(said) == [("remove_coauthor", {"person": person})]


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("remove Earthworms", "remove"),
        ("remove the lesson Decomposers", "remove"),
        ("add a module on invitations", "revise_outline"),
        ("replace 'a@b.org' with 'c@d.org' in lesson 1.1", "replace_text"),
    ],
)
def test_parts_of_the_course_are_no_people(said: str, tool: str) -> None:
    """What names a part, or words to change, is understood as before."""
    assert [name for name, _ in calls(said)] == [tool]
