"""`/v1/audio/speech`: Piper behind OpenAI's protocol."""

import asyncio
import io
import wave

import numpy as np
from fastapi import APIRouter, Request
from fastapi.responses import Response

from local_cloud.openai_api.gate import Visit
from local_cloud.openai_api.problems import Problem
from local_cloud.openai_api.voice import SAMPLE_RATE, Samples, Voice
from local_cloud.openai_api.wire import SpeechRequest

router = APIRouter()

_MOST = 4_096  # OpenAI's own limit of characters
_PCM_RATE = 24_000  # raw PCM carries no rate; OpenAI's clients take it for 24 kHz
_MEDIA_TYPES = {"wav": "audio/wav", "pcm": "audio/pcm", "mp3": "audio/mpeg", "flac": "audio/flac"}


@router.post("/v1/audio/speech")
async def create(request: Request, asked: SpeechRequest) -> Response:
    """Read a text aloud. Every voice's name is accepted and is the same voice."""
    if not asked.input.strip():
        raise Problem(400, "`input` must not be empty.", "input")
    if len(asked.input) > _MOST:
        raise Problem(400, f"`input` may have at most {_MOST:,} characters; send it in parts.", "input")
    if asked.response_format not in _MEDIA_TYPES:
        known = ", ".join(_MEDIA_TYPES)
        raise Problem(400, f"This server speaks {known}; ask for one of these.", "response_format")
    visit: Visit = request.scope["visit"]
    if visit.take("empty"):
        return Response(b"", media_type=_MEDIA_TYPES[asked.response_format])
    voice: Voice = request.app.state.voice
    samples = await asyncio.to_thread(voice.speak, asked.input, asked.speed)
    if visit.take("silence"):
        samples = np.zeros_like(samples)
    sound = await asyncio.to_thread(encode, samples, asked.response_format)
    return Response(sound, media_type=_MEDIA_TYPES[asked.response_format])


def encode(samples: Samples, form: str) -> bytes:
    """The samples in one of the formats served; WAV, MP3 and FLAC say their rate, PCM is 24 kHz."""
    if form == "pcm":
        return _resampled(samples, _PCM_RATE).astype("<i2").tobytes()
    if form == "wav":
        return _wav(samples)
    try:
        import soundfile
    except ImportError as error:
        raise Problem(400, f"{form} needs the package soundfile; ask for wav.", "response_format") from error
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE, format=form.upper())
    return buffer.getvalue()


def _wav(samples: Samples) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.astype("<i2").tobytes())
    return buffer.getvalue()


def _resampled(samples: Samples, rate: int) -> Samples:
    count = round(len(samples) * rate / SAMPLE_RATE)
    places = np.arange(count) * (SAMPLE_RATE / rate)
    resampled: Samples = np.interp(places, np.arange(len(samples)), samples).astype(np.int16)
    return resampled
