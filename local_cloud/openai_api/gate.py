"""The outermost layer: times every request to the API, and makes those go wrong that a fault concerns."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from local_cloud.openai_api import connections
from local_cloud.openai_api.faults import Fault, Faults, Kind
from local_cloud.openai_api.problems import error_body
from local_cloud.openai_api.stats import Served, Stats

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_ABOUT = 120


@dataclass
class Visit:
    """One request to the API as the gate sees it; routes find it in `request.scope["visit"]`."""

    faults: Faults
    path: str
    client: tuple[str, int]
    body: str
    model: str = ""
    about: str = ""
    struck: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.time)
    clock: float = field(default_factory=time.perf_counter)
    first_byte: float | None = None
    status: int = 0

    def take(self, kind: Kind) -> Fault | None:
        """The fault of this kind that strikes this request now, if any."""
        fault = self.faults.take(kind, self.path, self.model, self.body)
        if fault is not None:
            self.struck.append(kind)
        return fault

    def served(self) -> Served:
        """What the statistics keep."""
        own = time.perf_counter() - self.clock
        first = own if self.first_byte is None else self.first_byte
        return Served(
            path=self.path,
            model=self.model,
            about=self.about,
            started=self.started,
            first_byte=round(first, 6),
            own=round(own, 6),
            status=self.status,
            faults=tuple(self.struck),
        )


class Gate:
    """ASGI middleware around the whole app; only paths under /v1/ are counted and can go wrong."""

    def __init__(self, app: App, faults: Faults, stats: Stats) -> None:
        self._app = app
        self._faults = faults
        self._stats = stats

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        visit = _visit(self._faults, scope, body)
        scope["visit"] = visit
        try:
            await self._serve(visit, scope, _replay(body, receive), send)
        finally:
            self._stats.add(visit.served())

    async def _serve(self, visit: Visit, scope: Scope, receive: Receive, send: Send) -> None:
        if delay := visit.take("delay"):
            await asyncio.sleep(delay.seconds)
        if refusal := visit.take("status"):
            await _refuse(visit, refusal, send)
            return
        cut = visit.take("reset") or visit.take("truncate")
        if cut is not None and cut.kind == "reset" and cut.after is None:
            await connections.reset(visit.client)
            return
        sender = _Sender(visit, send, cut, visit.take("stall"), visit.take("slow_tokens"))
        await self._app(scope, receive, sender)


class _Sender:
    """Passes the answer on, and breaks it where a fault says so."""

    def __init__(self, visit: Visit, send: Send, cut: Fault | None, stall: Fault | None, slow: Fault | None) -> None:
        self._visit = visit
        self._send = send
        self._cut = cut
        self._stall = stall
        self._slow = slow
        self._chunks = 0
        self._streams = False
        self._over = False

    async def __call__(self, event: Event) -> None:
        if self._over:
            return
        if event["type"] == "http.response.start":
            self._visit.status = event["status"]
            self._streams = all(name.lower() != b"content-length" for name, _ in event["headers"])
        elif event.get("body"):
            await self._wait()
            if self._cut is not None and (not self._streams or self._chunks >= (self._cut.after or 0)):
                await self._break(event, self._cut)
                return
            self._chunks += 1
            if self._visit.first_byte is None:
                self._visit.first_byte = time.perf_counter() - self._visit.clock
        await self._send(event)

    async def _wait(self) -> None:
        if self._slow is not None:
            await asyncio.sleep(self._slow.seconds)
        if self._stall is not None and self._chunks == (self._stall.after or 0):
            await asyncio.sleep(self._stall.seconds)

    async def _break(self, event: Event, cut: Fault) -> None:
        self._over = True
        if cut.kind == "reset":
            await connections.reset(self._visit.client)
        elif self._streams:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            await self._send({**event, "body": event["body"][: len(event["body"]) // 2], "more_body": True})
            await connections.close(self._visit.client)


async def _refuse(visit: Visit, fault: Fault, send: Send) -> None:
    visit.status = fault.status
    message = fault.message or f"The server was told to answer {fault.status}."
    body = json.dumps(error_body(fault.status, message)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if fault.retry_after is not None:
        headers.append((b"retry-after", f"{fault.retry_after:g}".encode()))
    await send({"type": "http.response.start", "status": fault.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        event = await receive()
        parts.append(event.get("body", b""))
        if not event.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Event:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _visit(faults: Faults, scope: Scope, body: bytes) -> Visit:
    visit = Visit(faults, scope["path"], (scope["client"] or ("", 0))[:2], body.decode("utf-8", "replace"))
    try:
        payload = json.loads(visit.body)
    except ValueError:
        return visit
    if isinstance(payload, dict):
        visit.model = str(payload.get("model", ""))
        visit.about = _about(payload)
    return visit


def _about(payload: dict[str, Any]) -> str:
    """The beginning of what was asked, to tell requests apart in the statistics."""
    asked = payload.get("input", "")
    for message in payload.get("messages") or []:
        if isinstance(message, dict) and message.get("role") == "user":
            asked = message.get("content")
    return (asked if isinstance(asked, str) else json.dumps(asked, ensure_ascii=False))[:_ABOUT]
