"""The chat's web application: our routes first, Chainlit below them, and what runs beside requests."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from chainlit.server import sio
from chainlit.utils import mount_chainlit
from fastapi import FastAPI, Request
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.responses import JSONResponse

from chat_app import (
    api,
    chainlit_folder,
    demo,
    door,
    elements,
    health,
    media,
    pictures,
    quality,
    ratings,
    stop,
    turn,
    uploads,
    wiring,
)
from chat_app.client_address import ClientAddress
from chat_app.course_watch import CourseWatch
from chat_app.delivery import Deliveries
from chat_app.edge import Edge
from chat_app.wiring import Parts
from course.errors import BuiltOn, Busy, Conflict, Invalid, LecternError, NotAllowed, NotFound, Unavailable

logger = logging.getLogger(__name__)

_STATUS: dict[type[LecternError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
_UNREADABLE = "This page is out of date, or the address is wrong. Reload the page and try again."
# Google gives ten seconds from SIGTERM to SIGKILL.
_TURNS_MAY_TAKE = 7.0
# New objects, then young and middle collections, before the next older one: a full one a tenth as often as Python's.
_COLLECT_AFTER = (2_000, 20, 20)


def create_app(parts: Parts, folder: Path) -> FastAPI:
    """The application on these parts. One a process: Chainlit keeps its sessions in module globals."""
    wiring.use(parts)
    app = FastAPI(title="Lectern", lifespan=_lifespan(parts, folder), docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(LecternError, _as_sentence)
    app.add_exception_handler(HTTPException, _as_sentence)
    app.add_exception_handler(RequestValidationError, _as_sentence)
    for module in (health, door, demo, media, pictures, quality, api, ratings, elements):
        app.include_router(module.router)
    mount_chainlit(app, target=str(Path(__file__).with_name("app.py")), path="/")
    stop.take_over(sio)
    uploads.show_by_name()
    app.add_middleware(Edge, secure=parts.settings.chat_url.startswith("https://"))
    app.add_middleware(ClientAddress, proxies=parts.settings.chat_proxies)
    return app


async def _as_sentence(_: Request, error: Exception) -> JSONResponse:
    """Errors of our own routes, as one sentence."""
    if isinstance(error, RequestValidationError):
        return JSONResponse({"error": _UNREADABLE}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if isinstance(error, HTTPException):
        return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
    assert isinstance(error, LecternError)  # noqa: S101 - that is what it is registered for
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
    later = {"later": list(error.later)} if isinstance(error, BuiltOn) else {}
    return JSONResponse({"error": error.sentence} | later, status)


def _lifespan(parts: Parts, folder: Path) -> Any:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        end = asyncio.Event()
        loops = [
            asyncio.create_task(part.run(end), name=type(part).__name__)
            for part in (Deliveries(parts.notices), CourseWatch(parts.database), parts.outbox, parts.indexer)
        ]
        health.readiness.stopping = False
        _set_what_is_loaded_aside()
        yield
        # Chainlit's own lifespan is not run when it is mounted: what it would clean up is cleaned up here.
        health.readiness.stopping = True
        end.set()
        await turn.stop_all(_TURNS_MAY_TAKE)
        await _end(loops)
        await parts.close()
        await asyncio.to_thread(chainlit_folder.remove, folder)

    return lifespan


def _set_what_is_loaded_aside() -> None:
    """Half a million objects of code stay to the end: looking through them for garbage stops every conversation.

    What is loaded later is looked through less often: with Python's own numbers a tenth of a second every 150 turns.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


async def _end(loops: list[asyncio.Task[None]]) -> None:
    for task in loops:
        task.cancel()
    for task in loops:
        with contextlib.suppress(asyncio.CancelledError):
            await task
