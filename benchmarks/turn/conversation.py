"""A person at a Chainlit page, as the page itself speaks to the server: one socket, one conversation."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import socketio


@dataclass(frozen=True)
class Timing:
    """Seconds from sending a message to its first streamed token and to the end of the turn."""

    first: float
    whole: float


class Conversation:
    """Signs in if asked to, connects, and sends messages one after another."""

    def __init__(self, address: str, profile: str | None = None) -> None:
        self._address = address
        self._profile = profile
        self._session_id = str(uuid4())
        self._socket = socketio.AsyncClient(reconnection=False)
        self._first: asyncio.Event = asyncio.Event()
        self._ended: asyncio.Event = asyncio.Event()
        self._first_at = 0.0
        self.reply = ""
        # The first token of a message travels in the event that opens its stream.
        self._socket.on("stream_start", self._token)
        self._socket.on("stream_token", self._token)
        self._socket.on("task_end", self._end)

    async def sign_in(self, email: str, password: str) -> None:
        """Keeps the log-in cookie for the socket."""
        jar = aiohttp.CookieJar(unsafe=True)
        session = aiohttp.ClientSession(cookie_jar=jar)
        async with session.post(f"{self._address}/login", data={"username": email, "password": password}) as answer:
            answer.raise_for_status()
        self._socket.eio.http = session

    async def connect(self) -> None:
        """Opens the socket and waits until the conversation has started."""
        auth: dict[str, Any] = {"clientType": "webapp", "sessionId": self._session_id, "threadId": "", "userEnv": "{}"}
        auth |= {"chatProfile": self._profile or ""}
        await self._socket.connect(
            self._address, auth=auth, socketio_path="/ws/socket.io", transports=["websocket"], wait_timeout=30
        )
        await self._socket.emit("connection_successful")
        await asyncio.sleep(1.0)

    async def attach(self, file: Path) -> str:
        """Puts a file beside a message to come; returns the id to `say` it with."""
        form = aiohttp.FormData()
        data = await asyncio.to_thread(file.read_bytes)
        form.add_field("file", data, filename=file.name, content_type="application/octet-stream")
        address = f"{self._address}/project/file?session_id={self._session_id}"
        async with self._socket.eio.http.post(address, data=form) as answer:
            answer.raise_for_status()
            return str((await answer.json())["id"])

    async def say(self, text: str, *, files: Sequence[str] = (), patience: float = 120) -> Timing:
        """Sends a message with the files of these ids, and waits `patience` seconds at most for the whole turn."""
        self._first.clear()
        self._ended.clear()
        self.reply = ""
        message = {
            "id": str(uuid4()),
            "threadId": "",
            "name": "user",
            "type": "user_message",
            "output": text,
            "createdAt": datetime.now(UTC).isoformat(),
        }
        references = [{"id": one} for one in files]
        start = time.perf_counter()
        await self._socket.emit("client_message", {"message": message, "fileReferences": references})
        await asyncio.wait_for(self._ended.wait(), patience)
        end = time.perf_counter()
        if not self._first.is_set():
            raise RuntimeError(f"The turn ended without a token. The message was: {text}")
        return Timing(first=self._first_at - start, whole=end - start)

    async def close(self) -> None:
        """Hangs up."""
        await self._socket.disconnect()

    async def _token(self, data: dict[str, Any]) -> None:
        self.reply += str(data.get("token", data.get("output", "")))
        if not self._first.is_set():
            self._first_at = time.perf_counter()
            self._first.set()

    async def _end(self, *_: object) -> None:
        # A connection begins with a task_end of its own; only those after a token count.
        if self._first.is_set():
            self._ended.set()
