"""A model endpoint that says what a test wrote down: real HTTP and SSE for the real client, one answer a request."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse


@dataclass(frozen=True)
class Say:
    """Words, piece by piece; `pause` seconds before each but the first; `end` False leaves the stream broken off."""

    text: str
    pause: float = 0.0
    end: bool = True


@dataclass(frozen=True)
class Use:
    """A tool call; `raw` is sent instead of the arguments' JSON."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)
    raw: str | None = None
    first: str = ""


@dataclass(frozen=True)
class Both:
    """Several tool calls at once, as an endpoint does that ignores `parallel_tool_calls`."""

    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Refuse:
    """A status instead of an answer."""

    status: int
    code: str | None = None
    retry_after: str | None = None


@dataclass(frozen=True)
class Hang:
    """No answer for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Wait:
    """The answer, after so many seconds."""

    seconds: float
    answer: Say | Use


Answer = Say | Use | Both | Refuse | Hang | Wait


class ScriptedModel:
    """Serves `/v1/chat/completions`. `script` is used up in order; `requests` are the bodies that came.

    Requests for structured output are answered from `structured[schema name]` instead, the last entry for ever.
    """

    def __init__(self, port: int) -> None:
        self.base_url = f"http://127.0.0.1:{port}/v1"
        self.script: list[Answer] = []
        self.structured: dict[str, list[Any]] = {}
        self.requests: list[dict[str, Any]] = []
        self.hung_up = asyncio.Event()
        app = FastAPI()
        app.post("/v1/chat/completions")(self._answer)
        config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)

    async def start(self) -> None:
        """Returns once it listens."""
        self._task = asyncio.create_task(self._server.serve())
        while not self._server.started:  # noqa: ASYNC110  # uvicorn has no event to wait for
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Ends it, and whatever it still answers."""
        self._server.should_exit = True
        await self._task

    async def _answer(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        if "response_format" in body:
            return await self._structured(request, body["response_format"]["json_schema"]["name"])
        answer = self.script.pop(0) if self.script else Say("There is nothing more in the script.")
        if isinstance(answer, Refuse):
            return _refusal(answer)
        if isinstance(answer, Hang):
            await self._hang(request, answer.seconds)
        if isinstance(answer, Wait):
            await asyncio.sleep(answer.seconds)
            answer = answer.answer
        return StreamingResponse(self._stream(answer), media_type="text/event-stream")

    async def _structured(self, request: Request, name: str) -> Response:
        given = self.structured.get(name, [])
        answer = given.pop(0) if len(given) > 1 else given[0] if given else {}
        if isinstance(answer, Refuse):
            return _refusal(answer)
        if isinstance(answer, Hang):
            await self._hang(request, answer.seconds)
            return Response(status_code=500)
        content = answer if isinstance(answer, str) else json.dumps(answer)
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        return JSONResponse({**_HEAD, "object": "chat.completion", "choices": [choice], "usage": _USAGE})

    async def _hang(self, request: Request, seconds: float) -> None:
        for _ in range(int(seconds / 0.05)):
            if await request.is_disconnected():
                self.hung_up.set()
                return
            await asyncio.sleep(0.05)

    async def _stream(self, answer: Answer) -> AsyncIterator[str]:
        try:
            async for event in _events(answer):
                yield f"data: {json.dumps(event)}\n\n"
        except asyncio.CancelledError:
            self.hung_up.set()
            raise
        if not isinstance(answer, Say) or answer.end:
            yield "data: [DONE]\n\n"


_HEAD = {"id": "chatcmpl-1", "created": 0, "model": "scripted"}
_USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


async def _events(answer: Answer) -> AsyncIterator[dict[str, Any]]:
    if isinstance(answer, Say):
        for place, word in enumerate(answer.text.split(" ")):
            if place and answer.pause:
                await asyncio.sleep(answer.pause)
            yield _chunk({"content": f" {word}" if place else word})
        if not answer.end:
            return
        yield _chunk({}, "stop")
    elif isinstance(answer, Use | Both):
        uses = answer.uses if isinstance(answer, Both) else (answer,)
        if uses[0].first:
            yield _chunk({"content": uses[0].first})
        calls = [
            {
                "index": place,
                "id": f"call_{use.tool}_{place}",
                "type": "function",
                "function": {
                    "name": use.tool,
                    "arguments": use.raw if use.raw is not None else json.dumps(use.arguments),
                },
            }
            for place, use in enumerate(uses)
        ]
        yield _chunk({"tool_calls": calls})
        yield _chunk({}, "tool_calls")
    yield {**_HEAD, "object": "chat.completion.chunk", "choices": [], "usage": _USAGE}


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {**_HEAD, "object": "chat.completion.chunk", "choices": [choice]}


def _refusal(answer: Refuse) -> Response:
    headers = {"retry-after": answer.retry_after} if answer.retry_after else {}
    error = {"message": "no", "type": "error", "code": answer.code, "param": None}
    return JSONResponse({"error": error}, status_code=answer.status, headers=headers)
