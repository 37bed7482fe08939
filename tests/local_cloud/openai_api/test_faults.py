"""The server misbehaves as told, and OpenAI's client sees exactly that."""

import io
import time
import wave
from typing import Any

import httpx
import openai
import pytest

from local_cloud.openai_api.faults import Fault, FaultPlan, Faults

HELLO: list[Any] = [{"role": "user", "content": "Hello"}]


def say(client: openai.OpenAI, **options: Any) -> str | None:
    """One plain question."""
    answer = client.chat.completions.create(model="m", messages=HELLO, **options)
    content: str | None = answer.choices[0].message.content
    return content


def stream(client: openai.OpenAI) -> list[str | None]:
    """The reasons to finish, chunk by chunk."""
    events = client.chat.completions.create(model="m", messages=HELLO, stream=True)
    return [event.choices[0].finish_reason for event in events]


def set_faults(control: httpx.Client, *rules: dict[str, Any]) -> None:
    """Put these rules in force."""
    control.put("/faults", json={"rules": list(rules)}).raise_for_status()


def test_a_rate_limit_is_survived_after_its_retry_after(server: str, control: httpx.Client) -> None:
    """A client with retries waits as told and then gets its answer."""
    set_faults(control, {"kind": "status", "status": 429, "retry_after": 0.3, "times": 1})
    with openai.OpenAI(base_url=f"{server}/v1", api_key="any", max_retries=1) as patient:
        started = time.monotonic()
        assert say(patient)
    assert time.monotonic() - started >= 0.3
    assert control.get("/faults").json()["rules"][0]["struck"] == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, openai.AuthenticationError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
        (503, openai.InternalServerError),
    ],
)
def test_a_status_arrives_as_the_clients_own_error(
    client: openai.OpenAI, control: httpx.Client, status: int, error: type[openai.APIStatusError]
) -> None:
    """Each status is raised as the class the official client has for it, with the message."""
    set_faults(control, {"kind": "status", "status": status, "message": "Told so."})
    with pytest.raises(error, match=r"Told so\."):
        say(client)


def test_a_stall_before_the_first_byte_runs_into_the_clients_timeout(
    client: openai.OpenAI, control: httpx.Client
) -> None:
    """A request that is held back longer than the client waits times out."""
    set_faults(control, {"kind": "delay", "seconds": 1.0})
    with pytest.raises(openai.APITimeoutError):
        say(client, timeout=0.2)


def test_a_stall_in_mid_stream_is_waited_for(client: openai.OpenAI, control: httpx.Client) -> None:
    """The stream pauses after the chunk said and then completes."""
    set_faults(control, {"kind": "stall", "after": 2, "seconds": 0.3})
    started = time.monotonic()
    assert stream(client)[-1] == "stop"
    assert time.monotonic() - started >= 0.3


def test_slow_tokens_delay_every_chunk(client: openai.OpenAI, control: httpx.Client) -> None:
    """A stream of n chunks takes n delays."""
    set_faults(control, {"kind": "slow_tokens", "seconds": 0.01})
    started = time.monotonic()
    count = len(stream(client))
    assert time.monotonic() - started >= 0.01 * count


def test_a_truncated_stream_ends_without_a_reason(client: openai.OpenAI, control: httpx.Client) -> None:
    """What arrives is short and never says it is finished."""
    set_faults(control, {"kind": "truncate", "after": 3})
    assert stream(client) == [None, None, None]


def test_a_truncated_answer_is_a_connection_error(client: openai.OpenAI, control: httpx.Client) -> None:
    """Half of a JSON answer is not taken for an answer."""
    set_faults(control, {"kind": "truncate"})
    with pytest.raises(openai.APIConnectionError):
        say(client)


@pytest.mark.parametrize("after", [None, 2])
def test_a_reset_is_a_connection_error(client: openai.OpenAI, control: httpx.Client, after: int | None) -> None:
    """A reset before the answer and one in the middle of a stream both break the connection."""
    set_faults(control, {"kind": "reset", "after": after})
    with pytest.raises((openai.APIConnectionError, httpx.TransportError)):
        stream(client)


@pytest.mark.parametrize("kind", ["nonsense", "wrong_schema", "empty"])
def test_content_can_be_spoiled(client: openai.OpenAI, control: httpx.Client, kind: str) -> None:
    """The answer is well-formed HTTP and not what was said without the fault."""
    good = say(client)
    set_faults(control, {"kind": kind})
    assert say(client) != good
    control.delete("/faults")
    assert say(client) == good


def test_silent_audio_keeps_its_length_and_loses_its_voice(client: openai.OpenAI, control: httpx.Client) -> None:
    """Every sample is zero."""
    set_faults(control, {"kind": "silence", "path": "speech"})
    sound = client.audio.speech.create(model="s", voice="alloy", input="Hello there.", response_format="wav").content
    with wave.open(io.BytesIO(sound)) as file:
        frames = file.readframes(file.getnframes())
    assert len(frames) > 10_000
    assert not any(frames)


def test_a_rule_strikes_only_what_it_describes() -> None:
    """Path, model and text must all fit, the first ones may be let pass, and the count is kept."""
    faults = Faults()
    rule = Fault(kind="status", path="chat", model="m", match="mitosis|meiosis", skip=1, times=1)
    faults.set(FaultPlan(rules=[rule]))
    assert faults.take("status", "/v1/embeddings", "m", "mitosis") is None
    assert faults.take("status", "/v1/chat/completions", "other", "mitosis") is None
    assert faults.take("status", "/v1/chat/completions", "m", "photosynthesis") is None
    struck = [faults.take("status", "/v1/chat/completions", "m", "meiosis") is not None for _ in range(4)]
    assert struck == [False, True, False, False]


def test_probabilities_repeat_with_their_seed() -> None:
    """The same seed makes the same requests fail, and about as many as said."""
    plan = FaultPlan(seed=7, rules=[Fault(kind="empty", probability=0.3)])

    def run() -> list[bool]:
        faults = Faults()
        faults.set(plan)
        return [faults.take("empty", "/v1/chat/completions", "m", "") is not None for _ in range(200)]

    assert run() == run()
    assert 40 <= sum(run()) <= 80


def test_a_rule_that_makes_no_sense_is_refused(control: httpx.Client) -> None:
    """A misspelt kind or a broken expression is a 400 that says so, and changes nothing."""
    for rule in ({"kind": "explode"}, {"kind": "empty", "match": "("}):
        answer = control.put("/faults", json={"rules": [rule]})
        assert answer.status_code == 400
        assert answer.json()["error"]["message"]
    assert control.get("/faults").json()["rules"] == []


def test_statistics_tell_the_servers_own_time(client: openai.OpenAI, control: httpx.Client) -> None:
    """A delayed request counts as long as it took; errors are counted; a reset forgets."""
    control.delete("/stats")
    say(client)
    set_faults(control, {"kind": "delay", "seconds": 0.2}, {"kind": "status", "status": 500})
    with pytest.raises(openai.InternalServerError):
        say(client)
    report = control.get("/stats").json()
    assert report["paths"]["/v1/chat/completions"]["count"] == 2
    assert report["paths"]["/v1/chat/completions"]["errors"] == 1
    fast, slow = report["requests"]
    assert fast["own"] < 0.2 <= slow["own"]
    assert slow["faults"] == ["delay", "status"]
    assert slow["about"] == "Hello"
    control.delete("/stats")
    assert control.get("/stats").json()["requests"] == []
