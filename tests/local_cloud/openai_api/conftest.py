"""The real server in its own process, as `up` starts it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import openai
import pytest


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server's address."""
    port = _free_port()
    command = [sys.executable, "-m", "local_cloud.openai_api", "--port", str(port)]
    process = subprocess.Popen([*command, "--data", str(tmp_path_factory.mktemp("models"))])
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail("the server did not start")


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
