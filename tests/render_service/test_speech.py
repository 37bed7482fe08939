"""The voice, on a real speech server that misbehaves."""

import time
from collections.abc import AsyncIterator

import pytest
from openai import AsyncOpenAI

from course.errors import Invalid, ModelUnavailable
from render_service.sound import RATE
from render_service.speech import Speaker, SpeechRefused
from tests.render_service.conftest import SpeechServer

TEXT = "A cell is the smallest unit of life."


@pytest.fixture
async def speaker(speech_server: SpeechServer) -> AsyncIterator[Speaker]:
    """A speaker on the session's server."""
    async with AsyncOpenAI(base_url=f"{speech_server.url}/v1", api_key="any") as client:
        yield Speaker(client, "piper", "joe")


async def test_a_text_becomes_speech(speaker: Speaker) -> None:
    """A short sentence takes one to four seconds to say."""
    assert 1 < len(await speaker.say(TEXT)) / RATE < 4


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 429, "retry_after": 1},
        {"kind": "reset"},
        {"kind": "truncate"},
        {"kind": "silence"},
        {"kind": "empty"},
    ],
    ids=lambda fault: f"{fault['kind']} {fault.get('status', '')}",
)
async def test_a_passing_trouble_is_waited_out(
    speaker: Speaker, speech_server: SpeechServer, fault: dict[str, object]
) -> None:
    """Whatever went wrong once, the sentence is asked for again and is heard."""
    speech_server.misbehave({**fault, "times": 1})
    assert len(await speaker.say(TEXT)) > RATE


async def test_retry_after_is_respected(speaker: Speaker, speech_server: SpeechServer) -> None:
    """A busy service that names a time is not asked before."""
    speech_server.misbehave({"kind": "status", "status": 429, "retry_after": 2, "times": 1})
    started = time.monotonic()
    await speaker.say(TEXT)
    assert time.monotonic() - started >= 2


async def test_a_lasting_trouble_is_named(speaker: Speaker, speech_server: SpeechServer) -> None:
    """When the service stays away the job can be tried again later, and says so."""
    speech_server.misbehave({"kind": "status", "status": 503})
    with pytest.raises(ModelUnavailable, match="speech service"):
        await speaker.say(TEXT)


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_refused_key_is_not_tried_again(speaker: Speaker, speech_server: SpeechServer, status: int) -> None:
    """A wrong key stays wrong: the operator is named at once, and the render fails for good."""
    speech_server.misbehave({"kind": "status", "status": status})
    before = speech_server.requests()
    with pytest.raises(SpeechRefused, match="operator") as refused:
        await speaker.say(TEXT)
    assert not refused.value.retryable
    assert speech_server.requests() == before + 1


async def test_a_refused_sentence_is_quoted(speaker: Speaker, speech_server: SpeechServer) -> None:
    """What the service will not read, the teacher can find and reword."""
    speech_server.misbehave({"kind": "status", "status": 400})
    with pytest.raises(Invalid, match="smallest unit of life"):
        await speaker.say(TEXT)
