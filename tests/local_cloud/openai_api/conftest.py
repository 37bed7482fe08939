"""The session's model server as OpenAI's client and as an operator see it."""

from collections.abc import Iterator

import httpx
import openai
import pytest

from tests.fixtures.models import ModelServer


@pytest.fixture(scope="session")
def server(model_server: ModelServer) -> str:
    """The server's address."""
    return model_server.url


@pytest.fixture
def control(server: str) -> Iterator[httpx.Client]:
    """The server's own endpoints; faults and statistics are forgotten after each test."""
    with httpx.Client(base_url=server) as client:
        yield client
        client.delete("/faults")
        client.delete("/stats")


@pytest.fixture
def client(server: str) -> Iterator[openai.OpenAI]:
    """OpenAI's official client, without retries."""
    with openai.OpenAI(base_url=f"{server}/v1", api_key="any", max_retries=0) as client:
        yield client
