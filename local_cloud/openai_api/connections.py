"""uvicorn's HTTP protocol, remembering its sockets so that a fault can reset one."""

import asyncio
import socket
import struct
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[tuple[str, int], asyncio.Transport] = {}


class TrackedProtocol(H11Protocol):
    """As uvicorn's own, and its transports can be found by the client's address."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # always one
        """Remember the socket."""
        super().connection_made(transport)
        _open[_peer(transport)] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        _open.pop(_peer(self.transport), None)
        super().connection_lost(exc)


async def reset(client: tuple[str, int]) -> None:
    """End the client's connection with a TCP reset, dropping what was not yet sent."""
    transport = _open.get(client)
    if transport is None:
        return
    raw: socket.socket = transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await _gone(client)


async def close(client: tuple[str, int]) -> None:
    """End the client's connection after sending what is waiting."""
    transport = _open.get(client)
    if transport is not None:
        transport.close()
        await _gone(client)


async def _gone(client: tuple[str, int]) -> None:
    """Let uvicorn notice, or it would log an answer that was never finished."""
    while client in _open:  # noqa: ASYNC110  # a few turns of the loop; an event would be more machinery
        await asyncio.sleep(0)


def _peer(transport: Any) -> tuple[str, int]:
    host, port = transport.get_extra_info("peername")[:2]
    return str(host), int(port)
