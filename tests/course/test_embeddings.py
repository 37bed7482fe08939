"""Embeddings over HTTP: in order, in batches, and failing in sentences."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from course.embeddings import Embeddings
from course.errors import ModelUnavailable
from tests.fixtures.models import ModelServer


async def test_vectors_come_in_the_order_of_the_texts(embeddings: Embeddings) -> None:
    """More texts than one request holds come back as one list in order, and their tokens are counted."""
    texts = [f"Number {number}" for number in range(70)]
    many = await embeddings.embed(texts)
    last = await embeddings.embed(texts[-1:])
    assert len(many.vectors) == 70
    assert many.vectors[-1] == pytest.approx(last.vectors[0], abs=0.05)
    assert many.tokens > 70 > last.tokens > 0
    assert (await embeddings.embed([])).vectors == []


async def test_width_is_asked_once(embeddings: Embeddings) -> None:
    """MiniLM has 384 dimensions."""
    assert await embeddings.width() == 384
    assert await embeddings.width() == 384


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(401, "refuses our key"), (404, "check its name"), (429, "too much to do"), (500, "cannot be reached")],
)
async def test_a_failing_model_is_told_in_a_sentence(
    embeddings: Embeddings, model_server: ModelServer, status: int, sentence: str
) -> None:
    """Each kind of failure says what it is, and none is shown as the client's own error."""
    async with httpx.AsyncClient(base_url=model_server.url) as control:
        rule = {"kind": "status", "path": "embeddings", "status": status}
        (await control.put("/faults", json={"rules": [rule]})).raise_for_status()
        try:
            with pytest.raises(ModelUnavailable, match=sentence):
                await embeddings.embed(["bread"])
        finally:
            (await control.delete("/faults")).raise_for_status()


@pytest.mark.parametrize("kind", ["truncate", "reset"])
async def test_a_connection_cut_in_the_middle_is_told(
    embeddings: Embeddings, model_server: ModelServer, kind: str
) -> None:
    """Half an answer is no answer."""
    async with httpx.AsyncClient(base_url=model_server.url) as control:
        rule = {"kind": kind, "path": "embeddings"}
        (await control.put("/faults", json={"rules": [rule]})).raise_for_status()
        try:
            with pytest.raises(ModelUnavailable):
                await embeddings.embed(["bread"])
        finally:
            (await control.delete("/faults")).raise_for_status()


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Sign in to the network</html>",
        b'{"data": [',
        b'{"data": []}',
        b'{"error": "none of your business"}',
        b'{"data": [{"index": 0, "embedding": []}], "usage": {"prompt_tokens": 1, "total_tokens": 1}}',
    ],
)
async def test_an_answer_without_vectors_is_told(body: bytes) -> None:
    """A page of a proxy, broken JSON, or no vectors do not get past the client."""
    async with _answering(body) as url:
        embeddings = Embeddings("any", base_url=url, api_key="", retries=0)
        with pytest.raises(ModelUnavailable):
            await embeddings.embed(["bread"])
        await embeddings.close()


@asynccontextmanager
async def _answering(body: bytes) -> AsyncIterator[str]:
    """A server that answers everything with this, as JSON."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65_536)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
