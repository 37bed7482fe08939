"""A conversation as the director looks at it: this turn, and what was said and done before."""

import json
import re
from dataclasses import dataclass
from typing import Any

from course import addresses
from course.addresses import Address
from local_cloud.openai_api.author.director.deeds import as_meant
from local_cloud.openai_api.author.director.outline import Outline, read_outline
from local_cloud.openai_api.wire import ChatRequest, Message

# Of a long pasted text only the end can name what is meant next.
_MOST_READ = 2_000


@dataclass(frozen=True)
class Done:
    """What was done with a tool, as a wish calls it, and what the tool said."""

    name: str
    arguments: dict[str, Any]
    result: str


@dataclass(frozen=True)
class Conversation:
    """`said` is what the person wants now; `done` what was already done about it; the rest is from before."""

    said: str
    done: list[Done]
    before: list[Message]
    outline: Outline
    spoken_of: str | None = None
    part_spoken_of: Address | None = None

    @property
    def first_reply(self) -> bool:
        """Whether the assistant has not spoken yet."""
        return not any(message.role == "assistant" and message.text for message in self.before)

    @property
    def last_reply(self) -> str:
        """What the assistant said last."""
        spoken = [message.text for message in self.before if message.role == "assistant" and message.text]
        return spoken[-1] if spoken else ""

    @property
    def last_done(self) -> list[Done]:
        """What was done in the turn before."""
        start = _last_user(self.before)
        return _done(self.before[start:]) if start is not None else []

    @property
    def lesson_in_mind(self) -> str | None:
        """The lesson spoken of last, as a number."""
        if self.spoken_of is not None:
            return self.spoken_of
        for message in reversed(self.before):
            numbers = re.findall(r"(?<![\d.$])\d{1,2}\.\d{1,2}(?![\d.]*\d)", message.text + _arguments(message))
            known = [number for number in numbers if any(one.number == number for one in self.outline.lessons)]
            if known and message.role in ("user", "assistant"):
                return str(known[0])
        return None

    @property
    def part_in_mind(self) -> Address:
        """The module, lesson, slide or question that was spoken of last; empty when none was."""
        if self.part_spoken_of is not None:
            return self.part_spoken_of
        for message in reversed(self.before):
            if message.role == "user" and (found := part_named(message.text[-_MOST_READ:])):
                return found
        return ()


def part_named(said: str) -> Address:
    """The last part a text names by number or words, without what is inside a slide; empty when it names none."""
    for way in reversed(addresses.read(said)):
        if steps := tuple(step for step in way if 0 < step[0].depth <= 3 and not step[1].open):
            return steps
    return ()


def read_conversation(asked: ChatRequest) -> Conversation:
    """From the messages of the request."""
    prompt = "\n".join(message.text for message in asked.messages if message.role in ("system", "developer"))
    messages = [message for message in asked.messages if message.role not in ("system", "developer")]
    start = _last_user(messages)
    if start is None:
        return Conversation("", [], messages, read_outline(prompt))
    done = _done(messages[start + 1 :])
    return Conversation(messages[start].text.strip(), done, messages[:start], read_outline(prompt))


def _last_user(messages: list[Message]) -> int | None:
    return next((i for i in range(len(messages) - 1, -1, -1) if messages[i].role == "user"), None)


def _done(messages: list[Message]) -> list[Done]:
    """Tool calls with their results, in order."""
    results = {message.tool_call_id: message.text for message in messages if message.role == "tool"}
    calls = [call for message in messages if message.role == "assistant" for call in message.tool_calls or []]
    return [
        Done(*as_meant(call.function.name, _parsed(call.function.arguments)), results.get(call.id, ""))
        for call in calls
    ]


def _parsed(arguments: str) -> dict[str, Any]:
    try:
        parsed = json.loads(arguments or "{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _arguments(message: Message) -> str:
    return " ".join(call.function.arguments for call in message.tool_calls or [])
