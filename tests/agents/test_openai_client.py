"""The pieces of a streamed answer, as the schema has them and as servers send them all the same."""

from typing import Any

import httpx
import pytest
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionChunk

from agents.openai_client import QuickOpenAI

_PIECE = {
    "id": "chatcmpl-1",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "built-in",
    "choices": [{"index": 0, "delta": {"role": "assistant", "content": "Good"}, "finish_reason": None}],
    "system_fingerprint": None,
    "x_of_this_server": 1,
}
_CALL = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "outline", "arguments": "{}"}}


def _with_choice(**choice: object) -> dict[str, object]:
    return _PIECE | {"choices": [{"index": 0, "delta": {}, "finish_reason": None} | choice]}


@pytest.mark.parametrize(
    "piece",
    [
        _PIECE,
        _with_choice(delta={"tool_calls": [_CALL]}),
        _with_choice(finish_reason="tool_calls"),
        _PIECE | {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}},
        {"choices": [{"index": 0, "delta": {"content": "no id, no model"}}]},
        _with_choice(finish_reason="end_of_sentence"),
    ],
)
def test_a_piece_is_what_the_client_itself_makes_of_it(piece: dict[str, object]) -> None:
    """Quick or not, within the schema or not: the same piece."""
    answer: Any = httpx.Response(200)
    ours, theirs = (
        kind(api_key="none", base_url="http://127.0.0.1:9/v1")._process_response_data(
            data=piece, cast_to=ChatCompletionChunk, response=answer
        )
        for kind in (QuickOpenAI, AsyncOpenAI)
    )
    assert isinstance(ours, ChatCompletionChunk)
    assert ours == theirs
    assert ours.model_dump() == theirs.model_dump()
