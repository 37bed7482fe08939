"""Plain words about asking first, and about what was proposed, become the tools for it."""

from typing import Any

import pytest

from tests.local_cloud.openai_api.conversing import after, calls, used

_TOLD = (
    "Proposed, not done: nothing is changed until the person applies it. If they do:\n"
    "Rewrote lesson 1.2, “Minerals”: 3 parts changed. Undo takes it back.\n\n"
    "The proposal's changes, by number:\n"
    "1. slide 2 of lesson 1.2, “Sand”: narration\n"
    "2. slide 3 of lesson 1.2, “Clay”: points, narration\n"
    "3. quiz question 1 of lesson 1.2, “What is clay?”: choices"
)
_PROPOSED = [
    {"role": "user", "content": "make 1.2 simpler"},
    *used("rewrite_lesson", _TOLD, lesson="1.2", instruction="make 1.2 simpler"),
    {"role": "assistant", "content": "I propose, with nothing changed yet: Rewrote lesson 1.2. Shall I apply it?"},
]
_PARTLY = [
    {"role": "user", "content": "apply the first"},
    *used("apply_proposal", "Applied 1 of 3: Rewrote it.\nThe rest waits:\n1. a (applied)\n2. b\n3. c", changes=[1]),
    {"role": "assistant", "content": "Applied 1 of 3. The rest waits on the card. Shall I apply it too?"},
]


@pytest.mark.parametrize(
    "said",
    [
        "From now on ask before changing anything.",
        "ask me before you change anything",
        "Please ask first before you edit the course",
        "always ask me first",
        "check with me before making changes",
        "turn on review mode",
        "switch review mode on",
        "review mode",
        "Don't change anything without asking me",
        "never edit anything until I approve it",
        "propose changes first",
        "from now on, only suggest changes",
        "I want to approve every change",
        "enable the approval mode",
    ],
)
def test_review_on(said: str) -> None:
    """Whoever wants to be asked first is, from then on; also before there is a course."""
    assert calls(said) == [("review_on", {})]
    assert calls(said, course="none", sources="none") == [("review_on", {})]


@pytest.mark.parametrize(
    "said",
    [
        "stop asking",
        "Stop asking me every time.",
        "you don't have to ask any more",
        "don't ask me before each change",
        "turn review mode off",
        "switch off review mode please",
        "leave review mode",
        "make changes directly from now on",
        "no need to ask first",
        "Stop asking me, just do it",
        "don't ask me and just make the changes",
    ],
)
def test_review_off(said: str) -> None:
    """Whoever is tired of being asked is asked no more."""
    assert calls(said) == [("review_off", {})]
    assert calls(said, before=_PROPOSED) == [("review_off", {})]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *(
            (said, {})
            for said in ("yes", "Apply it", "apply all of it", "ok, apply", "accept", "Yes, go ahead!", "do it")
        ),
        ("apply the first two", {"changes": [1, 2]}),
        ("apply 1 and 3", {"changes": [1, 3]}),
        ("apply 1-2", {"changes": [1, 2]}),
        ("only the second", {"changes": [2]}),
        ("apply 1 and 2.1", {"changes": ["2.1", 1]}),
        ("just number 2", {"changes": [2]}),
        ("the first and the last", {"changes": [1, -1]}),
        ("accept the last two", {"changes": [-2, -1]}),
        ("all but the last", {"leave_out": [-1]}),
        ("apply everything except 2", {"leave_out": [2]}),
        ("yes, but not the third", {"leave_out": [3]}),
        ("apply the change to slide 3", {"changes": [2]}),
        ("only slide 2", {"changes": [1]}),
        ("apply all except the quiz question 1", {"leave_out": [3]}),
    ],
)
def test_apply(said: str, expected: dict[str, Any]) -> None:
    """All of it, some by number or by what they change, or all but some."""
    assert calls(said, before=_PROPOSED) == [("apply_proposal", expected)]


def test_the_rest_can_be_applied_later() -> None:
    """“Yes” to the rest is the rest."""
    assert calls("yes", before=_PARTLY) == [("apply_proposal", {})]
    assert calls("no", before=_PARTLY) == [("decline_proposal", {})]
    assert calls("no, leave the rest", before=_PARTLY) == [("decline_proposal", {})]


@pytest.mark.parametrize(
    "said", ["no", "No thanks.", "reject it", "decline", "discard that", "I don't like it", "forget it"]
)
def test_decline(said: str) -> None:
    """Declined is declined, and nothing else is done."""
    assert calls(said, before=_PROPOSED) == [("decline_proposal", {})]


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("No, rename lesson 1.2 to Clay", "rename"),
        ("no, swap modules 1 and 3", "arrange"),
        (
            "No: make lesson 1.2 shorter and friendlier instead, please, for the sake of my youngest students",
            "rewrite_lesson",
        ),
    ],
)
def test_another_wish_instead(said: str, tool: str) -> None:
    """“No, …” first puts away what waits; then what is wanted instead is done."""
    assert [name for name, _ in calls(said, before=_PROPOSED)] == ["decline_proposal", tool]


@pytest.mark.parametrize(
    "said", ["rename lesson 1.2 to Ask me first", "change 'sand' to 'apply it' everywhere", "remove slide 2 of 1.1"]
)
def test_other_wishes_are_not_answers(said: str) -> None:
    """A wish for another change is one, also while a proposal waits."""
    names = [name for name, _ in calls(said, before=_PROPOSED)]
    assert not {"apply_proposal", "decline_proposal", "review_on", "review_off"} & set(names)
    assert names


def test_apply_is_understood_later_too() -> None:
    """After another question, “apply” still means the proposal that waits."""
    assert calls("apply it") == [("apply_proposal", {})]
    assert calls("Apply the last one.") == [("apply_proposal", {"changes": [-1]})]


def test_without_a_proposal_yes_means_what_it_did() -> None:
    """Nothing is applied where nothing waits."""
    assert calls("yes")[:1] != [("apply_proposal", {})]
    assert calls("only the second") != [("apply_proposal", {"changes": [2]})]


def test_what_is_only_proposed_is_said_to_be() -> None:
    """The reply speaks of a proposal and asks; it does not say that it is done, nor how to undo it."""
    said = after("make 1.2 simpler", "rewrite_lesson", _TOLD, lesson="1.2", instruction="make 1.2 simpler")
    assert "I propose" in said
    assert "Shall I apply it?" in said
    assert "undo" not in said.lower()
    assert "by number" not in said
    assert "rewrite lesson 1.2, “Minerals”: 3 parts would change" in said
    assert "Rewrote" not in said
