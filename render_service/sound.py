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

_LEVEL = 10 ** (-20 / 20)  # the voice's mean level, full scale 1
_PEAK = 10 ** (-1.5 / 20)
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
    count = len(samples) // _WINDOW
    if not count:
        raise NotSpeech("no sound in it")
    loudness = np.sqrt(np.mean(samples[: count * _WINDOW].reshape(count, _WINDOW) ** 2, axis=1))
    if loudness.max() < 10 ** (-60 / 20):
        raise NotSpeech("silence")
    heard = np.flatnonzero(loudness > loudness.max() * _FLOOR)
    start = max(0, int(heard[0]) * _WINDOW - _GUARD[0])
    return samples[start : (int(heard[-1]) + 1) * _WINDOW + _GUARD[1]]


def _level(samples: NDArray[np.float32]) -> Samples:
    loud = np.abs(samples) > np.abs(samples).max() * 0.05
    gain = min(_LEVEL / float(np.sqrt(np.mean(samples[loud] ** 2))), _PEAK / float(np.abs(samples).max()))
    # Cut edges are faded over 5 ms: a step would click.
    edge = min(RATE // 200, len(samples) // 2)
    ramp = np.ones(len(samples), np.float32)
    ramp[:edge] = np.linspace(0, 1, edge)
    ramp[len(ramp) - edge :] = np.linspace(1, 0, edge)
    levelled: Samples = np.round(samples * ramp * gain * 32767).astype(np.int16)
    return levelled
