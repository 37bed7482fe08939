"""The voice: texts to the model API's `/audio/speech`, patiently, and only real speech back."""

import asyncio
import logging
import random

import openai
from openai import AsyncOpenAI

from course.errors import Invalid, LecternError, ModelUnavailable
from render_service.sound import NotSpeech, Samples, decode_speech

_log = logging.getLogger(__name__)

AT_ONCE = 2
"""Requests under way together."""

_TRIES = 4
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 20.0
_ANSWER_SECONDS = 60.0


class SpeechRefused(LecternError):
    """The speech service does not let us in; trying again cannot help until its settings are mended."""


class Speaker:
    """Says texts with one model and voice, at most `AT_ONCE` at a time."""

    def __init__(self, client: AsyncOpenAI, model: str, voice: str) -> None:
        # This class waits between tries itself: it also has to when the answer is no speech.
        self._client = client.with_options(max_retries=0, timeout=_ANSWER_SECONDS)
        self._model = model
        self._voice = voice
        self._places = asyncio.Semaphore(AT_ONCE)

    async def say(self, text: str) -> Samples:
        """The text as samples at `sound.RATE`.

        Raises `ModelUnavailable` when the service stays down, slow, busy or answers no speech;
        `Invalid` when it refuses the text; `SpeechRefused` when it refuses us.
        """
        async with self._places:
            for attempt in range(1, _TRIES + 1):
                try:
                    return await self._ask(text)
                except (_Again, TimeoutError) as reason:
                    _log.warning("speech failed", extra={"attempt": attempt, "reason": str(reason) or "no answer"})
                    asked = reason.wait if isinstance(reason, _Again) else None
                    if attempt < _TRIES:
                        await asyncio.sleep(_wait(attempt, asked))
        raise ModelUnavailable("The speech service is not answering properly just now; the video will be tried again.")

    async def _ask(self, text: str) -> Samples:
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                answer = await self._client.audio.speech.create(
                    model=self._model, voice=self._voice, input=text, response_format="wav"
                )
                sound = await answer.aread()
            return await asyncio.to_thread(decode_speech, sound, characters=sum(map(str.isalnum, text)))
        except NotSpeech as error:
            raise _Again(str(error)) from error
        except (openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError) as error:
            raise SpeechRefused(
                f"The speech service refused us (it answered {error.status_code}). "
                "Ask your operator to check its key, model and address, then render again."
            ) from error
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            raise Invalid(
                f"The speech service would not read this sentence: “{text[:120]}”. Please reword it and render again."
            ) from error
        except openai.APIError as error:
            raise _Again(f"{type(error).__name__}: {error}", _asked_wait(error)) from error


class _Again(Exception):
    """Worth another try, after `wait` seconds if the service said so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


def _asked_wait(error: openai.APIError) -> float | None:
    said = error.response.headers.get("retry-after", "") if isinstance(error, openai.APIStatusError) else ""
    return float(said) if said.isdigit() else None


def _wait(attempt: int, asked: float | None) -> float:
    doubling: float = _FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    return min(_LONGEST_WAIT, max(doubling, asked or 0.0))
