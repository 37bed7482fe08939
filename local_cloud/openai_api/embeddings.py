"""`/v1/embeddings`: MiniLM behind OpenAI's protocol, as floats or base64."""

import asyncio
import base64
from typing import Any

from fastapi import APIRouter, Request

from local_cloud.openai_api import minilm
from local_cloud.openai_api.embedder import Embedder, Vectors
from local_cloud.openai_api.problems import Problem
from local_cloud.openai_api.wire import EmbeddingsRequest

router = APIRouter()

_MOST = 2_048  # OpenAI's own limit of inputs in one request


@router.post("/v1/embeddings")
async def create(request: Request, asked: EmbeddingsRequest) -> dict[str, Any]:
    """Embed a text, or a batch of them."""
    texts = [asked.input] if isinstance(asked.input, str) else asked.input
    if not texts or any(not text for text in texts):
        raise Problem(400, "`input` must not be empty; leave empty texts out.", "input")
    if len(texts) > _MOST:
        raise Problem(400, f"`input` may have at most {_MOST:,} texts; send several requests.", "input")
    if asked.dimensions not in (None, minilm.WIDTH):
        raise Problem(400, f"This model has {minilm.WIDTH} dimensions; leave `dimensions` out.", "dimensions")
    embedder: Embedder = request.app.state.embedder
    vectors, read = await asyncio.to_thread(embedder.embed, texts)
    return {
        "object": "list",
        "model": asked.model,
        "data": [
            {"object": "embedding", "index": index, "embedding": encoded}
            for index, encoded in enumerate(_encoded(vectors, base64_wanted=asked.encoding_format == "base64"))
        ],
        "usage": {"prompt_tokens": read, "total_tokens": read},
    }


def _encoded(vectors: Vectors, *, base64_wanted: bool) -> list[Any]:
    """Rows as JSON numbers, or as the little-endian float32 bytes in base64 that OpenAI's client asks for."""
    if base64_wanted:
        return [base64.b64encode(row.astype("<f4").tobytes()).decode() for row in vectors]
    plain: list[Any] = vectors.tolist()
    return plain
