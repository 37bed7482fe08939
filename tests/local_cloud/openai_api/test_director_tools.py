"""The built-in author and the studio speak of the same tools."""

import pytest

from agents.tools import TOOLS
from local_cloud.openai_api.author.director.deeds import as_called, as_meant
from tests.local_cloud.openai_api import conversing

_ACTIONS = {
    tool.name: tool.schema["parameters"]["properties"]["action"]["enum"]
    for tool in TOOLS
    if "action" in tool.schema["parameters"]["properties"]
}


def test_the_tools_of_these_tests_are_the_studios() -> None:
    """What the author is offered here has the names and arguments of the real tools."""
    real = {tool.name: set(tool.arguments.model_fields) for tool in TOOLS}
    assert {name: set(arguments) for name, arguments in conversing.TOOLS.items()} == real


@pytest.mark.parametrize(("tool", "action"), [(tool, action) for tool, every in _ACTIONS.items() for action in every])
def test_every_action_has_its_words(tool: str, action: str) -> None:
    """The author knows each action of each tool, calls it as it is called, and understands its own calls again."""
    deed, arguments = as_meant(tool, {"action": action, "course": "Cells"})
    assert (deed, arguments) != (tool, {"action": action, "course": "Cells"})
    assert as_called(deed, arguments) == (tool, {"action": action, "course": "Cells"})


@pytest.mark.parametrize(
    ("said", "tool", "action"),
    [
        ("invite eve@school.edu", "people", "invite"),
        ("list my courses", "courses", "list"),
        ("show the archived courses", "courses", "list_archived"),
        ("what has the course cost so far?", "spending", "so_far"),
        ("no budget any more", "spending", "no_budget"),
        ("what changed since yesterday?", "history", "summary"),
    ],
)
def test_calls_as_they_go_over_the_wire(said: str, tool: str, action: str) -> None:
    """A plain sentence becomes a call of the real tool with its action."""
    [call] = conversing.reply(said).calls
    assert call.name == tool
    assert f'"action": "{action}"' in call.arguments
