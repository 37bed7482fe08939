"""Speech as samples: decoded, trimmed and levelled to the one form the film is made of."""

import io
import struct
from typing import Final

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

RATE: Final = 24_000
"""Samples a second of every film's sound; it is mono."""

Samples = NDArray[np.int16]

# The voice's mean level, full scale 1: films come out at about -19 LUFS, the custom for mono speech.
_LEVEL = 10 ** (-15 / 20)
_PEAK = 10 ** (-2 / 20)
_STEP = RATE // 400
_FLOOR = 10 ** (-45 / 20)  # quieter than this, relative to the loudest moment, is silence
_GUARD = (int(0.03 * RATE), int(0.12 * RATE))
_WINDOW = RATE // 100


class NotSpeech(Exception):
    """The answer is no usable speech: another format, cut off, or silent. The message says which, for the log."""


def decode_speech(answer: bytes, *, characters: int) -> Samples:
    """The WAV answer to a text of so many letters and digits, without silence around it, at the common level.

    Raises `NotSpeech`.
    """
    samples = _level(_trim(_resample(*_read(answer))))
    # Nobody speaks 50 characters a second: such a short answer was cut off.
    if len(samples) < RATE * characters / 50:
        raise NotSpeech(f"{len(samples) / RATE:.2f} s of speech for {characters} characters")
    return samples


def _read(answer: bytes) -> tuple[NDArray[np.float32], int]:
    if answer[:4] != b"RIFF":
        raise NotSpeech(f"not WAV: begins with {answer[:16]!r}")
    _refuse_cut_off(answer)
    try:
        samples, rate = soundfile.read(io.BytesIO(answer), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise NotSpeech(f"unreadable WAV: {error}") from error
    return samples.mean(axis=1), int(rate)


def _refuse_cut_off(answer: bytes) -> None:
    """A header that promises more than came. Streamed answers promise nothing (all ones) and are let through."""
    place = answer.find(b"data", 12, 4096)
    if place < 0 or len(answer) < place + 8:
        raise NotSpeech("WAV without samples")
    promised = struct.unpack_from("<I", answer, place + 4)[0]
    if promised < 0x7FFF0000 and promised > len(answer) - place - 8:
        raise NotSpeech(f"{len(answer) - place - 8} of {promised} bytes came")


def _resample(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    if rate == RATE or not len(samples):
        return samples
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1).astype(np.float32), format="flt", layout="mono")
    frame.sample_rate = rate
    pieces = [piece.to_ndarray().reshape(-1) for part in (frame, None) for piece in resampler.resample(part)]
    joined: NDArray[np.float32] = np.concatenate(pieces)
    return joined


def _trim(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    if len(samples) < _WINDOW:
        raise NotSpeech("no sound in it")
    loudness = _loudness(samples)
    if loudness.max() < 10 ** (-60 / 20):
        raise NotSpeech("silence")
    heard = np.flatnonzero(loudness > loudness.max() * _FLOOR)
    start = max(0, int(heard[0]) * _WINDOW - _GUARD[0])
    return samples[start : (int(heard[-1]) + 1) * _WINDOW + _GUARD[1]]


def _loudness(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each hundredth of a second."""
    count = len(samples) // _WINDOW
    means: NDArray[np.float32] = np.sqrt(np.mean(samples[: count * _WINDOW].reshape(count, _WINDOW) ** 2, axis=1))
    return means


def _level(samples: NDArray[np.float32]) -> Samples:
    loudness = _loudness(samples)
    # The voice, without its pauses; and one crack must not decide what loud is.
    voice = loudness[loudness > 0.15 * np.percentile(loudness, 90)]
    samples = _limit(samples * (_LEVEL / float(np.sqrt(np.mean(voice**2)))))
    # Cut edges are faded over 5 ms: a step would click.
    edge = min(RATE // 200, len(samples) // 2)
    ramp = np.ones(len(samples), np.float32)
    ramp[:edge] = np.linspace(0, 1, edge)
    ramp[len(ramp) - edge :] = np.linspace(1, 0, edge)
    levelled: Samples = np.round(samples * ramp * 32767).astype(np.int16)
    return levelled


def _limit(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turns the loudest moments down, smoothly, so that none is above the peak.

    A step of 2.5 ms needs a certain gain; each step takes the least of its own and its neighbours', and between
    the steps' middles the gain is interpolated: so it is never above what a sample needs.
    """
    padded = np.pad(np.abs(samples), (0, -len(samples) % _STEP))
    needed = np.minimum(1.0, _PEAK / np.maximum(padded.reshape(-1, _STEP).max(axis=1), 1e-6))
    around = np.pad(needed, 1, mode="edge")
    least = np.minimum(np.minimum(around[:-2], around[1:-1]), around[2:])
    middles = (np.arange(len(least)) + 0.5) * _STEP
    limited: NDArray[np.float32] = samples * np.interp(np.arange(len(samples)), middles, least).astype(np.float32)
    return limited
