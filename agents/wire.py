"""Messages as they go over the wire to an OpenAI-compatible endpoint."""

from collections.abc import Sequence
from typing import Any

from autogen_core.models import (
    AssistantMessage,
    FunctionExecutionResultMessage,
    LLMMessage,
    SystemMessage,
    UserMessage,
)


def wired(messages: Sequence[LLMMessage]) -> list[dict[str, Any]]:
    """The conversation in OpenAI's JSON.

    AutoGen makes the same, and OpenAI's client then walks through all of it by its types, message by message:
    with a long conversation that takes longer than everything else a turn does before its first word.
    """
    return [one for message in messages for one in _wired(message)]


def _wired(message: LLMMessage) -> list[dict[str, Any]]:
    match message:
        case SystemMessage(content=content):
            return [{"role": "system", "content": content}]
        case UserMessage(content=str(content)):
            return [{"role": "user", "content": content}]
        case AssistantMessage():
            return [_said(message)]
        case FunctionExecutionResultMessage(content=results):
            return [{"role": "tool", "content": one.content, "tool_call_id": one.call_id} for one in results]
    raise ValueError("Only text is sent to the model.")


def _said(message: AssistantMessage) -> dict[str, Any]:
    if isinstance(message.content, str):
        return {"role": "assistant", "content": message.content}
    calls = [
        {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for call in message.content
    ]
    return {"role": "assistant", "content": message.thought, "tool_calls": calls}
