"""A reply as OpenAI's chat completion: one JSON answer, or the chunks of a stream."""

import itertools
import json
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_TOKENISH = re.compile(r"\s*\S{1,12}|\s+")
_CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True)
class Call:
    """A tool call; `arguments` is JSON in a string, as on the wire."""

    name: str
    arguments: str
    id: str = field(default_factory=lambda: f"call_{secrets.token_hex(12)}")


@dataclass(frozen=True)
class Reply:
    """What the assistant says: words, tool calls, or both."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    cut: bool = False

    @property
    def finish_reason(self) -> str:
        """Why it ends, in OpenAI's words."""
        if self.cut:
            return "length"
        return "tool_calls" if self.calls else "stop"

    def shortened(self, limit: int | None) -> "Reply":
        """Cut off at so many tokens, as a model is."""
        if limit is None or tokens(self.text) <= limit:
            return self
        return Reply(text=self.text[: limit * _CHARACTERS_PER_TOKEN], cut=True)


def tokens(text: str) -> int:
    """An estimate; about four characters are a token."""
    return -(-len(text) // _CHARACTERS_PER_TOKEN)


def usage(prompt: str, reply: Reply) -> dict[str, int]:
    """Tokens of the request and of the reply."""
    written = tokens(reply.text) + sum(tokens(call.name + call.arguments) for call in reply.calls)
    return {
        "prompt_tokens": tokens(prompt),
        "completion_tokens": written,
        "total_tokens": tokens(prompt) + written,
    }


def completion(model: str, reply: Reply, prompt: str) -> dict[str, Any]:
    """The whole answer at once."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None, "refusal": None}
    if reply.calls:
        message["tool_calls"] = [_call(call) for call in reply.calls]
    elif not reply.text:
        message["content"] = ""
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reply.finish_reason}
    return {**_head(model, "chat.completion"), "choices": [choice], "usage": usage(prompt, reply)}


def chunks(model: str, reply: Reply, prompt: str, *, with_usage: bool) -> Iterator[dict[str, Any]]:
    """The answer piece by piece: role, words, calls, the reason it ends, and the usage when asked for."""
    head = _head(model, "chat.completion.chunk")
    if with_usage:
        head["usage"] = None
    for delta in itertools.chain([{"role": "assistant", "content": ""}], _words(reply.text), _calls(reply.calls)):
        yield {**head, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}]}
    end = {"index": 0, "delta": {}, "logprobs": None, "finish_reason": reply.finish_reason}
    yield {**head, "choices": [end]}
    if with_usage:
        yield {**head, "choices": [], "usage": usage(prompt, reply)}


def server_sent(event: dict[str, Any] | str) -> bytes:
    """One event of a stream."""
    data = event if isinstance(event, str) else json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return f"data: {data}\n\n".encode()


def _head(model: str, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": model,
        "system_fingerprint": "built-in-author",
    }


def _words(text: str) -> Iterator[dict[str, Any]]:
    for word in _TOKENISH.findall(text):
        yield {"content": word}


def _calls(calls: tuple[Call, ...]) -> Iterator[dict[str, Any]]:
    for index, call in enumerate(calls):
        yield {"tool_calls": [{"index": index, **_call(Call(call.name, "", call.id))}]}
        for piece in _TOKENISH.findall(call.arguments):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}


def _call(call: Call) -> dict[str, Any]:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
