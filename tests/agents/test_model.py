"""The model client as roles use it: what goes over the wire."""

from collections.abc import Callable
from uuid import uuid4

from autogen_core.models import CreateResult, UserMessage

from agents.model import Account, Model
from agents.roles import ask
from course.models.lesson import ReviewDraft
from tests.agents.scripted_model import Say, ScriptedModel

_HELLO = [UserMessage(content="Hello", source="user")]


async def test_a_schema_is_asked_for_strictly(scripted: ScriptedModel, new_model: Callable[..., Model]) -> None:
    """Structured output names its schema, is strict, and is no stream with stream options, which OpenAI refuses."""
    scripted.structured = {"ReviewDraft": [{"verdict": "accept", "findings": []}]}
    review = await ask(new_model(scripted.base_url), "reviewer", Account(uuid4()), ReviewDraft, "Look.")
    assert review == ReviewDraft(verdict="accept", findings=[])
    (request,) = scripted.requests
    asked = request["response_format"]["json_schema"]
    assert (asked["name"], asked["strict"]) == ("ReviewDraft", True)
    assert asked["schema"]["additionalProperties"] is False
    assert not {"stream_options", "parallel_tool_calls", "tools"} & set(request)
    assert request["messages"][0]["content"].startswith("# Reviewer\n")


async def test_json_within_a_fence_is_read(scripted: ScriptedModel, new_model: Callable[..., Model]) -> None:
    """Models without structured output like to wrap their JSON; it is taken out without a second try."""
    scripted.structured = {"ReviewDraft": ['Here:\n```json\n{"verdict": "accept", "findings": []}\n```\nGood luck!']}
    review = await ask(new_model(scripted.base_url), "reviewer", Account(uuid4()), ReviewDraft, "Look.")
    assert review.verdict == "accept"
    assert len(scripted.requests) == 1


async def test_a_stream_tells_what_it_used(scripted: ScriptedModel, new_model: Callable[..., Model]) -> None:
    """Streaming asks for the usage; without tools nothing is said about parallel calls."""
    scripted.script = [Say("Good day")]
    client = new_model(scripted.base_url).as_role("director", Account(uuid4()))
    pieces = [piece async for piece in client.create_stream(_HELLO)]
    assert isinstance(pieces[-1], CreateResult)
    assert pieces[-1].usage.prompt_tokens == 11
    assert scripted.requests[0]["stream_options"] == {"include_usage": True}
    assert "parallel_tool_calls" not in scripted.requests[0]
