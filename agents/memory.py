"""What the director remembers of a conversation: the last turns, cut where a turn begins, kept as versioned JSON."""

import logging
from collections.abc import Sequence
from typing import Any

from autogen_core.model_context import ChatCompletionContext
from autogen_core.models import (
    AssistantMessage,
    FunctionExecutionResult,
    FunctionExecutionResultMessage,
    LLMMessage,
    UserMessage,
)
from pydantic import TypeAdapter, ValidationError

logger = logging.getLogger(__name__)

VERSION = 1
_MESSAGES: TypeAdapter[list[LLMMessage]] = TypeAdapter(list[LLMMessage])
# About 10,000 tokens of past turns; the outline itself is in every prompt anew.
_BUDGET = 40_000
# Of short turns more fit than anyone refers back to; each costs time at every message.
_MOST_TURNS = 50
# What a tool said matters in its own turn; later the outline says it better.
_OLD_RESULT = 400
_STOPPED = "Stopped before it was done."


class Recollection(ChatCompletionContext):
    """AutoGen's model context over the turns of one conversation.

    Never cuts between a tool call and its result: OpenAI refuses such a conversation.
    """

    async def get_messages(self) -> list[LLMMessage]:
        """What the model is given: this turn whole, and as many turns before it as fit."""
        return _within_budget(self._messages)

    @property
    def messages(self) -> list[LLMMessage]:
        """All there is, this turn's included."""
        return self._messages

    def conclude(self, words: str) -> None:
        """Ends a turn that broke off: calls without a result get one, and what was said so far is kept."""
        self._messages = closed(self._messages)
        if words.strip():
            self._messages.append(AssistantMessage(content=words.strip(), source="director"))

    def forget_after(self, count: int) -> None:
        """Back to the first `count` messages, as if the turn had not been."""
        del self._messages[count:]


def stored(messages: Sequence[LLMMessage]) -> list[dict[str, Any]]:
    """The messages as JSON, shortened to what later turns need."""
    kept: list[dict[str, Any]] = _MESSAGES.dump_python(_within_budget(closed(messages)), mode="json")
    return kept


def restored(memory: dict[str, Any] | None) -> Recollection:
    """The context as it was stored; an unreadable one (of another version) starts empty."""
    if memory is None:
        return Recollection()
    if memory.get("version") != VERSION:
        logger.warning("a conversation's memory is of version %s and starts anew", memory.get("version"))
        return Recollection()
    try:
        return Recollection(_MESSAGES.validate_python(memory["messages"]))
    except (ValidationError, KeyError):
        logger.exception("a conversation's memory cannot be read and starts anew")
        return Recollection()


def closed(messages: Sequence[LLMMessage]) -> list[LLMMessage]:
    """With a result for each tool call that has none; results without a call are dropped."""
    whole: list[LLMMessage] = []
    for place, message in enumerate(messages):
        following = messages[place + 1] if place + 1 < len(messages) else None
        if isinstance(message, FunctionExecutionResultMessage) and not _calls(whole[-1] if whole else None):
            continue
        whole.append(message)
        if calls := _calls(message):
            answered = following.content if isinstance(following, FunctionExecutionResultMessage) else []
            if not answered:
                whole.append(
                    FunctionExecutionResultMessage(content=[_unanswered(call.id, call.name) for call in calls])
                )
    return whole


def _calls(message: LLMMessage | None) -> list[Any]:
    return message.content if isinstance(message, AssistantMessage) and isinstance(message.content, list) else []


def _unanswered(call_id: str, name: str) -> FunctionExecutionResult:
    return FunctionExecutionResult(content=_STOPPED, call_id=call_id, name=name, is_error=True)


def _within_budget(messages: Sequence[LLMMessage]) -> list[LLMMessage]:
    turns: list[list[LLMMessage]] = []
    for message in messages:
        if isinstance(message, UserMessage) or not turns:
            turns.append([])
        turns[-1].append(message)
    kept: list[list[LLMMessage]] = turns[-1:]
    room = _BUDGET
    for turn in reversed(turns[-_MOST_TURNS:-1]):
        shortened = [_shortened(message) for message in turn]
        room -= sum(_size(message) for message in shortened)
        if room < 0:
            break
        kept.insert(0, shortened)
    return [message for turn in kept for message in turn]


def _shortened(message: LLMMessage) -> LLMMessage:
    if not isinstance(message, FunctionExecutionResultMessage):
        return message
    results = [
        result.model_copy(update={"content": f"{result.content[:_OLD_RESULT]}…"})
        if len(result.content) > _OLD_RESULT
        else result
        for result in message.content
    ]
    return FunctionExecutionResultMessage(content=results)


def _size(message: LLMMessage) -> int:
    if isinstance(message.content, str):
        return len(message.content)
    return sum(len(str(part)) for part in message.content)
