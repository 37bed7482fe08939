"""Chat completions as OpenAI's own client sees them."""

import json
from typing import Any

import httpx
import openai
import pytest

from course.models.lesson import LessonDraft
from tests.local_cloud.openai_api import soil

COURSE = """<course>
Course: Living Soil (audience: gardeners, revision 3)
Module 1: Ground
  Lesson 1.1: Particles (6 min) [drafted]
  Lesson 1.2: Life (6 min) [planned]
</course>
<sources>
S1: Living Soil (soil.md, 500 words)
</sources>"""


def messages(said: str) -> list[Any]:
    """An instructor's first words in a course."""
    return [{"role": "system", "content": COURSE}, {"role": "user", "content": said}]


def tool(name: str, **properties: Any) -> Any:
    """A strict function tool."""
    parameters = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"type": "function", "function": {"name": name, "strict": True, "parameters": parameters}}


RENAME = tool("rename", target={"type": "string"}, title={"type": "string"})
REMOVE = tool("remove", target={"type": "string"})
ESTIMATE = tool("estimate_render", lesson={"type": "string"})


def test_an_answer_in_one_piece(client: openai.OpenAI) -> None:
    """It has words, a reason to end and counted tokens, and says who is speaking."""
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=messages("What can you do?"))
    assert answer.model == "gpt-4o-mini"
    assert answer.choices[0].finish_reason == "stop"
    assert "built-in author" in (answer.choices[0].message.content or "")
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 50


def test_a_stream_says_the_same_in_pieces_and_counts(client: openai.OpenAI) -> None:
    """The pieces joined are the whole answer; the usage comes last, when asked for."""
    whole = client.chat.completions.create(model="m", messages=messages("What can you do?"))
    chunks = list(
        client.chat.completions.create(
            model="m", messages=messages("What can you do?"), stream=True, stream_options={"include_usage": True}
        )
    )
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert len([piece for piece in pieces if piece]) > 20
    assert "".join(pieces) == whole.choices[0].message.content
    assert chunks[-1].choices == []
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens == (whole.usage and whole.usage.completion_tokens)


def test_plain_words_become_several_calls_of_the_tools_on_offer(client: openai.OpenAI) -> None:
    """Each with valid arguments; parts a change before may have moved are called by their titles."""
    answer = client.chat.completions.create(
        model="m", messages=messages("Rename module 1 to Earth and remove lesson 1.2"), tools=[RENAME, REMOVE]
    )
    calls = answer.choices[0].message.tool_calls or []
    assert answer.choices[0].finish_reason == "tool_calls"
    assert [(call.function.name, json.loads(call.function.arguments)) for call in calls] == [  # type: ignore[union-attr]  # only functions are offered
        ("rename", {"target": "module 1", "title": "Earth"}),
        ("remove", {"target": "Life"}),
    ]


def test_streamed_calls_come_in_pieces_that_fit_together(client: openai.OpenAI) -> None:
    """Name and id come first, arguments piece by piece, and the pieces are JSON."""
    stream = client.chat.completions.create(
        model="m", messages=messages("Rename lesson 1.1 to Grains of sand"), tools=[RENAME], stream=True
    )
    deltas = [piece for chunk in stream for piece in chunk.choices[0].delta.tool_calls or []]
    assert deltas[0].id
    assert deltas[0].function is not None
    assert deltas[0].function.name == "rename"
    arguments = "".join(piece.function.arguments or "" for piece in deltas if piece.function)
    assert len(deltas) > 3
    assert json.loads(arguments) == {"target": "lesson 1.1", "title": "Grains of sand"}


def test_one_call_at_a_time_when_asked_for(client: openai.OpenAI) -> None:
    """`parallel_tool_calls=False` gives the first call; after its result comes the second, then words."""
    talk = messages("Rename module 1 to Earth and remove lesson 1.2")
    names = []
    for _ in range(3):
        answer = client.chat.completions.create(
            model="m", messages=talk, tools=[RENAME, REMOVE], parallel_tool_calls=False
        )
        message = answer.choices[0].message
        if not message.tool_calls:
            break
        (call,) = message.tool_calls
        names.append(call.function.name)  # type: ignore[union-attr]  # only functions are offered
        talk += [message.model_dump(exclude_none=True)]
        talk += [
            {"role": "tool", "tool_call_id": call.id, "content": "Renamed it." if len(names) == 1 else "Removed it."}
        ]
    assert names == ["rename", "remove"]
    assert (message.content or "").endswith("Renamed it.\n\nRemoved it. Say *undo* to take it back.")


def test_only_tools_on_offer_are_called(client: openai.OpenAI) -> None:
    """Without the tool, or with `tool_choice` none, there are words instead."""
    choices: list[dict[str, Any]] = [{"tools": [REMOVE]}, {"tools": [RENAME], "tool_choice": "none"}]
    for options in choices:
        answer = client.chat.completions.create(model="m", messages=messages("Rename lesson 1.1 to Grains"), **options)
        assert not answer.choices[0].message.tool_calls
        assert answer.choices[0].message.content


def test_a_forced_tool_is_called(client: openai.OpenAI) -> None:
    """`tool_choice` naming a tool leaves no other answer, with arguments of its schema."""
    answer = client.chat.completions.create(
        model="m",
        messages=messages("Good morning"),
        tools=[REMOVE, ESTIMATE],
        tool_choice={"type": "function", "function": {"name": "estimate_render"}},
    )
    (call,) = answer.choices[0].message.tool_calls or []
    assert call.function.name == "estimate_render"  # type: ignore[union-attr]  # only functions are offered
    assert set(json.loads(call.function.arguments)) == {"lesson"}  # type: ignore[union-attr]  # only functions are offered


def test_structured_output_fits_its_schema(client: openai.OpenAI) -> None:
    """The official client's `parse` gets the course's own type back, streamed or not."""
    material = soil.lesson_block("Particle Size", ["Compare sand and clay"]) + soil.passages_block(2, 3)
    asked: list[Any] = [{"role": "user", "content": material}]
    whole = client.chat.completions.parse(model="m", messages=asked, response_format=LessonDraft)
    assert whole.choices[0].message.parsed is not None
    assert len(whole.choices[0].message.parsed.slides) >= 3
    with client.chat.completions.stream(model="m", messages=asked, response_format=LessonDraft) as stream:
        streamed = stream.get_final_completion().choices[0].message.parsed
    assert streamed == whole.choices[0].message.parsed


def test_a_schema_it_does_not_know_is_refused(client: openai.OpenAI) -> None:
    """It invents nothing, so it says which ones it knows."""
    poem: Any = {"type": "json_schema", "json_schema": {"name": "Poem", "schema": {"type": "object"}}}
    with pytest.raises(openai.BadRequestError, match="LessonDraft"):
        client.chat.completions.create(model="m", messages=messages("x"), response_format=poem)


def test_a_limit_of_tokens_cuts(client: openai.OpenAI) -> None:
    """The reason to end says so."""
    answer = client.chat.completions.create(model="m", messages=messages("What can you do?"), max_completion_tokens=5)
    assert answer.choices[0].finish_reason == "length"
    assert len(answer.choices[0].message.content or "") == 20


def test_content_may_come_in_parts(client: openai.OpenAI) -> None:
    """A message of text parts is read like a string."""
    parts: list[Any] = [{"role": "user", "content": [{"type": "text", "text": "What can you do?"}]}]
    answer = client.chat.completions.create(model="m", messages=parts)
    assert "built-in author" in (answer.choices[0].message.content or "")


@pytest.mark.parametrize(
    "body",
    [
        {"model": "m"},
        {"model": "m", "messages": []},
        {"model": "m", "messages": [{"role": "wizard", "content": "x"}]},
        {"model": "m", "messages": [{"role": "user", "content": "x"}], "n": 3},
    ],
)
def test_a_bad_request_is_answered_in_openais_shape(server: str, body: dict[str, Any]) -> None:
    """400, and an error with message and type."""
    answer = httpx.post(f"{server}/v1/chat/completions", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert answer.json()["error"]["message"]


def test_an_unknown_address_is_answered_in_openais_shape(server: str) -> None:
    """404, as the official client expects it."""
    assert httpx.get(f"{server}/v1/assistants").json()["error"]["code"] == "not_found"


def test_models_are_listed(client: openai.OpenAI) -> None:
    """Chat, embeddings and speech."""
    assert [model.id for model in client.models.list()] == ["built-in-author", "all-minilm-l6-v2", "piper-joe"]
