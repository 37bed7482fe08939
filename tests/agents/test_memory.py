"""The director's memory: cut where turns begin, whole tool calls, readable after a restart."""

import json

from autogen_core import FunctionCall
from autogen_core.models import (
    AssistantMessage,
    FunctionExecutionResult,
    FunctionExecutionResultMessage,
    LLMMessage,
    UserMessage,
)
from hypothesis import given
from hypothesis import strategies as st

from agents.memory import VERSION, Recollection, closed, restored, stored


def _turn(words: str, result: str = "") -> list[LLMMessage]:
    call = FunctionCall(id=f"call {words}", name="show_lesson", arguments="{}")
    done = FunctionExecutionResult(content=result, call_id=call.id, name=call.name, is_error=False)
    return [
        UserMessage(content=words, source="user"),
        AssistantMessage(content=[call], source="director"),
        FunctionExecutionResultMessage(content=[done]),
        AssistantMessage(content=f"About {words}.", source="director"),
    ]


def _sound(messages: list[LLMMessage]) -> bool:
    """Whether OpenAI would take it: every call has its results right after it, and every result its call."""
    for before, message in zip([None, *messages], [*messages, None], strict=False):
        calls = isinstance(before, AssistantMessage) and isinstance(before.content, list)
        if calls != isinstance(message, FunctionExecutionResultMessage):
            return False
    return True


async def test_it_comes_back_as_it_was() -> None:
    """Stored as JSON and read again, the messages are the same."""
    messages = _turn("lipids", "They are fats.")
    memory = json.loads(json.dumps({"version": VERSION, "turn": 1, "messages": stored(messages)}))
    assert restored(memory).messages == messages


def test_what_cannot_be_read_starts_anew() -> None:
    """Another version, or anything odd, is an empty memory, not an error."""
    assert restored(None).messages == []
    assert restored({"version": 99, "messages": []}).messages == []
    assert restored({"version": VERSION}).messages == []
    assert restored({"version": VERSION, "messages": [{"type": "UserMessage"}]}).messages == []


async def test_old_turns_go_first_and_whole() -> None:
    """A long conversation keeps its last turns, and begins with words of the person."""
    messages = [message for number in range(200) for message in _turn(f"{number} " + "x" * 800)]
    kept = await Recollection(messages).get_messages()
    assert isinstance(kept[0], UserMessage)
    assert kept[-4:] == messages[-4:]
    assert 20 < len(kept) < 300
    assert _sound(kept)


async def test_long_results_shrink_once_their_turn_is_over() -> None:
    """What a tool said is whole in its own turn and shortened later."""
    messages = [*_turn("old", "o" * 5_000), *_turn("new", "n" * 5_000)]
    kept = await Recollection(messages).get_messages()
    sizes = [len(one.content[0].content) for one in kept if isinstance(one, FunctionExecutionResultMessage)]
    assert sizes == [401, 5_000]


def test_a_turn_that_broke_off_is_closed() -> None:
    """A call without a result gets one that says so, and what was said stays."""
    memory = Recollection(_turn("lipids")[:2])
    memory.conclude("I was about to")
    assert _sound(memory.messages)
    assert memory.messages[-1].content == "I was about to"


@given(st.lists(st.sampled_from(range(4)), max_size=12))
def test_any_wreckage_is_made_sound(pieces: list[int]) -> None:
    """Whatever messages were left behind in whatever order, OpenAI would take what is made of them."""
    messages = [_turn("lipids", "fats")[piece] for piece in pieces]
    assert _sound(closed(messages))
