"""The server put together."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from local_cloud.openai_api import chat, control, embeddings, speech
from local_cloud.openai_api.connections import TrackedProtocol
from local_cloud.openai_api.embedder import Embedder
from local_cloud.openai_api.faults import Faults
from local_cloud.openai_api.gate import App, Gate
from local_cloud.openai_api.problems import Problem, error_body
from local_cloud.openai_api.stats import Stats
from local_cloud.openai_api.voice import Voice

logger = logging.getLogger(__name__)


def create_app(data: Path, token_delay: float = 0.0) -> App:
    """The ASGI app. `data` keeps the embedding graph between starts; `token_delay` is seconds before each chunk."""
    threads = os.cpu_count() or 2
    app = FastAPI(title="Lectern's OpenAI-compatible server", docs_url=None, redoc_url=None, lifespan=_lifespan)
    app.state.token_delay = token_delay
    app.state.faults = Faults()
    app.state.stats = Stats()
    app.state.voice = Voice(threads)
    app.state.embedder = Embedder(data, threads)
    for part in (chat, embeddings, speech, control):
        app.include_router(part.router)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)
    return Gate(cast("App", app), app.state.faults, app.state.stats)


def serve(port: int, data: Path, token_delay: float = 0.0) -> None:
    """Run until told to stop."""
    config = uvicorn.Config(
        create_app(data, token_delay),
        host="127.0.0.1",
        port=port,
        http=TrackedProtocol,
        proxy_headers=False,
        access_log=False,
        log_level="warning",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.voice.close()
    app.state.embedder.close()


async def _problem(_: Request, error: Exception) -> JSONResponse:
    problem = cast("Problem", error)
    return JSONResponse(problem.body(), status_code=problem.status)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    first = cast("RequestValidationError", error).errors()[0]
    where = ".".join(str(step) for step in first["loc"] if step != "body")
    return JSONResponse(error_body(400, f"{where or 'The body'}: {first['msg']}.", where or None), status_code=400)


async def _http(_: Request, error: Exception) -> JSONResponse:
    problem = cast("HTTPException", error)
    return JSONResponse(error_body(problem.status_code, str(problem.detail)), status_code=problem.status_code)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    logger.error("request failed", exc_info=error, extra={"path": request.url.path})
    return JSONResponse(error_body(500, "The server failed; its log says why."), status_code=500)
