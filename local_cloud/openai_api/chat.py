"""`/v1/chat/completions`: the built-in author behind OpenAI's protocol, streamed or in one piece."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from local_cloud.openai_api.author.desk import answer
from local_cloud.openai_api.completion import Reply, chunks, completion, server_sent
from local_cloud.openai_api.gate import Visit
from local_cloud.openai_api.problems import Problem
from local_cloud.openai_api.wire import ChatRequest

router = APIRouter()

_NONSENSE = "Purple seven, then the ladder sang. Lorem ipsum dolor sit amet, as the saying does not go."


@router.post("/v1/chat/completions")
async def create(request: Request, asked: ChatRequest) -> Response:
    """Answer a conversation."""
    if asked.n not in (None, 1):
        raise Problem(400, "This server gives one choice per request; leave `n` out.", "n")
    visit: Visit = request.scope["visit"]
    # The author is plain Python and may think for a second about a book: not on the event loop.
    written = await asyncio.to_thread(answer, asked)
    reply = _spoiled(written.shortened(asked.limit), visit)
    if not asked.stream:
        return JSONResponse(completion(asked.model, reply, visit.body))
    with_usage = asked.stream_options is not None and asked.stream_options.include_usage
    return StreamingResponse(
        _stream(chunks(asked.model, reply, visit.body, with_usage=with_usage), request.app.state.token_delay),
        media_type="text/event-stream",
        headers={"cache-control": "no-cache"},
    )


async def _stream(events: Any, delay: float) -> AsyncIterator[bytes]:
    for event in events:
        if delay:
            await asyncio.sleep(delay)
        yield server_sent(event)
    yield server_sent("[DONE]")


def _spoiled(reply: Reply, visit: Visit) -> Reply:
    """The reply after the faults that concern its content."""
    if reply.calls and visit.take("malformed_arguments"):
        broken = (dataclasses.replace(call, arguments=call.arguments[:-1] + ', "') for call in reply.calls)
        return dataclasses.replace(reply, calls=tuple(broken))
    if visit.take("empty"):
        return Reply()
    if visit.take("nonsense"):
        return Reply(_NONSENSE)
    if visit.take("wrong_schema"):
        return Reply(json.dumps({"unexpected": True, "words": _NONSENSE}))
    return reply
