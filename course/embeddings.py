"""Text to vectors, by any OpenAI-compatible `/embeddings` endpoint."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import openai

from course.errors import ModelUnavailable

_BATCH = 64
_NONSENSE = "The model that makes texts searchable does not answer with vectors. Ask your operator to check it."
_PROBE = "How wide are your vectors?"


@dataclass(frozen=True)
class Embedded:
    """Vectors in the order of the texts, and the tokens they were billed for."""

    vectors: list[list[float]]
    tokens: int


class Embeddings:
    """One model of one endpoint. Its vectors are comparable with each other and with no other model's."""

    def __init__(
        self,
        model: str,
        *,
        base_url: str,
        api_key: str,
        timeout_seconds: float = 60.0,
        retries: int = 3,
    ) -> None:
        self.model = model
        # The client refuses an empty key, which is all a local server needs.
        self._client = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=api_key or "none",
            timeout=timeout_seconds,
            max_retries=retries,
        )
        self._width: int | None = None
        self._asking = asyncio.Lock()

    async def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of these texts, none of which may be empty. Raises `ModelUnavailable`."""
        vectors: list[list[float]] = []
        tokens = 0
        for start in range(0, len(texts), _BATCH):
            batch = await self._request(list(texts[start : start + _BATCH]))
            vectors += batch.vectors
            tokens += batch.tokens
        return Embedded(vectors, tokens)

    async def width(self) -> int:
        """How many dimensions the model's vectors have; asked of the model once."""
        async with self._asking:
            if self._width is None:
                self._width = len((await self._request([_PROBE])).vectors[0])
            return self._width

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def _request(self, texts: list[str]) -> Embedded:
        try:
            answer = await self._client.embeddings.create(model=self.model, input=texts)
            vectors = [row.embedding for row in sorted(answer.data, key=lambda row: row.index)]
            tokens = answer.usage.prompt_tokens if answer.usage else 0
        except openai.OpenAIError as error:
            raise ModelUnavailable(_sentence(error)) from error
        except (AttributeError, TypeError, ValueError) as error:
            raise ModelUnavailable(_NONSENSE) from error  # the client passes on what is no answer at all
        if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) > 1 or not vectors[0]:
            raise ModelUnavailable(_NONSENSE)
        return Embedded(vectors, tokens)


def _sentence(error: openai.OpenAIError) -> str:
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return "The model that makes texts searchable refuses our key. Ask your operator to check it."
    if isinstance(error, openai.NotFoundError | openai.BadRequestError):
        return "The model that makes texts searchable does not take our requests. Ask your operator to check its name."
    if isinstance(error, openai.RateLimitError):
        return "The model that makes texts searchable has too much to do just now. Try again in a minute."
    return "The model that makes texts searchable cannot be reached just now. Try again in a minute."
