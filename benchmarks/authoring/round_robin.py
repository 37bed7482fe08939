"""The yardstick: the same roles set to work as AutoGen's examples do: one round-robin team, lesson after lesson."""

import time
from collections.abc import Sequence

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.base import ChatAgent, Team
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_core.models import ModelInfo
from autogen_ext.models.openai import OpenAIChatCompletionClient
from pydantic import BaseModel

from agents.prompts import prompt
from course.models.lesson import LessonDraft, ReviewDraft

_MODEL = ModelInfo(
    vision=False,
    function_calling=True,
    json_output=True,
    structured_output=True,
    family="unknown",
    multiple_system_messages=True,
)
# One turn of the writer, one of the reviewer. It never mends anything, which is in its favour.
_TURNS = 2


async def seconds_for(materials: Sequence[str], base_url: str) -> float:
    """How long the team needs for these lessons."""
    writer, reviewer = _client(base_url, LessonDraft), _client(base_url, ReviewDraft)
    start = time.monotonic()
    for material in materials:
        agents: list[ChatAgent | Team] = [
            AssistantAgent("writer", writer, system_message=prompt("writer")),
            AssistantAgent("reviewer", reviewer, system_message=prompt("reviewer")),
        ]
        result = await RoundRobinGroupChat(agents, max_turns=_TURNS).run(task=material)
        written = result.messages[1]
        LessonDraft.model_validate_json(written.to_text())  # a lesson, not an apology
    seconds = time.monotonic() - start
    await writer.close()
    await reviewer.close()
    return seconds


def _client(base_url: str, schema: type[BaseModel]) -> OpenAIChatCompletionClient:
    return OpenAIChatCompletionClient(
        model="built-in-author",
        base_url=base_url,
        api_key="local",
        model_info=_MODEL,
        response_format=schema,  # type: ignore[arg-type]  # it takes a model's class, and says otherwise
    )
