"""Speech as samples."""

import io
import struct

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from render_service.sound import RATE, NotSpeech, decode_speech
from tests.render_service.voices import hum


def _wav(samples: NDArray[np.float64], rate: int = 22_050) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def _spoken(seconds: float, rate: int = 22_050, before: float = 0.4, after: float = 0.7) -> NDArray[np.float64]:
    silence = [np.zeros(int(part * rate)) for part in (before, after)]
    return np.concatenate([silence[0], hum(seconds, rate), silence[1]])


def test_silence_around_the_voice_is_cut_and_the_voice_is_not() -> None:
    """What is left is the voice with a little air: pauses are ours to set."""
    samples = decode_speech(_wav(_spoken(1.5)), characters=20)
    assert 1.5 <= len(samples) / RATE <= 1.7
    assert np.abs(samples[: RATE // 100]).max() < 0.3 * np.abs(samples).max()


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (24_000, 1), (44_100, 2), (48_000, 1)])
def test_any_rate_and_channels_become_one_form(rate: int, channels: int) -> None:
    """Whatever the service sends, the film's sound is mono at one rate, and as long as it was."""
    sound = np.repeat(_spoken(1.0, rate, 0, 0)[:, np.newaxis], channels, axis=1)
    assert len(decode_speech(_wav(sound, rate), characters=10)) / RATE == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("loudness", [0.02, 0.2, 0.99])
def test_quiet_and_loud_voices_come_out_equally_loud(loudness: float) -> None:
    """The level is common to all sentences, and nothing clips."""
    samples = decode_speech(_wav(_spoken(1.0) * loudness), characters=10) / 32768
    loud = samples[np.abs(samples) > 0.05 * np.abs(samples).max()]
    assert -15.5 < 20 * np.log10(np.sqrt(np.mean(loud**2))) < -13
    assert np.abs(samples).max() <= 0.8


def test_a_crack_is_turned_down_and_the_voice_is_not() -> None:
    """One loud plosive neither clips nor makes the rest of its sentence quiet."""
    plain = _spoken(1.5)
    cracked = plain.copy()
    cracked[22_050 : 22_050 + 60] = 0.99
    quiet, loud = decode_speech(_wav(plain), characters=10), decode_speech(_wav(cracked), characters=10)
    assert np.abs(loud / 32768).max() <= 0.8
    late = slice(int(1.0 * RATE), int(1.3 * RATE))
    assert np.abs(loud[late]).max() > 0.85 * np.abs(quiet[late]).max()


def test_a_streamed_header_promises_nothing() -> None:
    """A service that streams does not know the length: its header says all ones, and the speech is whole."""
    streamed = bytearray(_wav(_spoken(1.0)))
    for place in (4, streamed.find(b"data") + 4):
        struct.pack_into("<I", streamed, place, 0xFFFFFFFF)
    assert len(decode_speech(bytes(streamed), characters=10)) > 0.9 * RATE


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"<!doctype html><title>Bad gateway</title>", "not WAV"),
        (b"", "not WAV"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "without samples"),
        (_wav(_spoken(1.0))[:20_000], "bytes came"),
        (_wav(np.zeros(22_050)), "silence"),
        (_wav(np.zeros(0)), "no sound"),
        (_wav(_spoken(0.3)), "characters"),
    ],
)
def test_what_is_no_speech_is_refused(answer: bytes, why: str) -> None:
    """HTML, nothing, a cut-off file, silence, or far too little for the text: none of it gets into a film."""
    with pytest.raises(NotSpeech, match=why):
        decode_speech(answer, characters=60)
