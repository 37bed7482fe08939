"""Speech through OpenAI's client."""

import io
import time
import wave
from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
import openai
import pytest
import soundfile


def seconds(sound: bytes) -> float:
    """How long a WAV file plays."""
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22_050, 1, 2)
        length: float = file.getnframes() / file.getframerate()
        return length


def speak(client: openai.OpenAI, text: str, form: str = "wav", speed: float = 1.0) -> bytes:
    """The text as sound."""
    answer = client.audio.speech.create(
        model="tts",
        voice="alloy",
        input=text,
        response_format=form,  # type: ignore[arg-type]  # one of the literals
        speed=speed,
    )
    return answer.content


def test_a_sentence_is_heard(client: openai.OpenAI) -> None:
    """It lasts about as long as a person takes and is not silent."""
    sound = speak(client, "Cells are the smallest living things.")
    assert 1.5 < seconds(sound) < 5
    samples = np.frombuffer(sound[44:], "<i2")
    assert np.abs(samples).max() > 20_000


def test_speed_shortens(client: openai.OpenAI) -> None:
    """Twice the speed takes clearly less time."""
    text = "Cells are the smallest living things that we know of."
    assert seconds(speak(client, text, speed=2.0)) < 0.75 * seconds(speak(client, text))


def test_formats(client: openai.OpenAI) -> None:
    """MP3 and FLAC decode at the voice's rate; raw PCM is at OpenAI's 24 kHz."""
    for form in ("mp3", "flac"):
        samples, rate = soundfile.read(io.BytesIO(speak(client, "Hello there.", form)))
        assert rate == 22_050
        assert 0.3 < len(samples) / rate < 3
    raw = speak(client, "Hello there.", "pcm")
    assert 0.3 < len(raw) / 2 / 24_000 < 3


def test_what_cannot_be_spoken_is_refused(client: openai.OpenAI) -> None:
    """Nothing, too much and an unknown format are 400s with a sentence."""
    for text, form, words in (("  ", "wav", "empty"), ("a" * 5_000, "wav", "4,096"), ("Hello", "aac", "wav")):
        with pytest.raises(openai.BadRequestError, match=words):
            speak(client, text, form)


def test_two_speeches_at_once_leave_the_server_responsive(client: openai.OpenAI, server: str) -> None:
    """While two long texts are spoken, health is still answered at once."""
    text = "Enzymes lower the activation energy of a reaction by binding to the reactant molecules. " * 6
    with ThreadPoolExecutor(2) as pool:
        speeches = [pool.submit(speak, client, text) for _ in range(2)]
        time.sleep(0.2)
        started = time.monotonic()
        assert httpx.get(f"{server}/healthz").status_code == 200
        waited = time.monotonic() - started
        assert not all(speech.done() for speech in speeches)
        assert all(seconds(speech.result()) > 20 for speech in speeches)
    assert waited < 1.0
