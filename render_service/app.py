"""The render service: tasks from the queue and the chat's wishes for pictures in, status codes out.

Permanent outcomes are recorded and answered 200; busy or passing trouble is 503 with Retry-After, so that the
queue brings the task again.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ValidationError

from course.errors import Busy, Invalid, LecternError, Unavailable
from course.logs import configure_logs, continue_trace
from course.models.picture import PictureFinding, PictureOrder, SlidePicture
from course.settings import Settings
from render_service.auth import NoToken, WrongAccount
from render_service.parts import Parts
from render_service.scratch import sweep

_log = logging.getLogger(__name__)

_STATUS: dict[type[LecternError], int] = {
    NoToken: 401,
    WrongAccount: 403,
    Invalid: 422,
    Busy: 503,
    Unavailable: 503,
}
_BUSY_RETRY_SECONDS = 5
_RETRY_SECONDS = 10
_PING_SECONDS = 5.0
# Sixty slides as full as they may be are a fraction of it.
_LONGEST_ORDER = 8 << 20


class RenderTask(BaseModel):
    """A task's body: ids only."""

    job_id: UUID
    traceparent: str | None = None


def create_app(settings: Settings) -> FastAPI:
    """The application. Raises `Invalid` for settings it could not work with."""
    parts = Parts.build(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logs("render_service", settings.log_level, project=os.environ.get("GOOGLE_CLOUD_PROJECT"))
        app.state.parts = parts
        await asyncio.to_thread(sweep, settings.work_folder, 2.0 * settings.render_deadline_seconds)
        with _on_signal(parts.press.stop):
            yield
        await parts.close()

    app = FastAPI(title="Lectern's press", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(LecternError, _refusal)
    app.post("/tasks/render")(render)
    app.post("/pictures")(pictures)
    app.post("/pictures/check")(check_pictures)
    app.get("/healthz")(healthz)
    app.get("/readyz")(readyz)
    return app


async def render(request: Request) -> dict[str, str]:
    """One task of the queue: makes the job's film, however often it is delivered."""
    parts: Parts = request.app.state.parts
    await parts.queue.check(request.headers.get("authorization"))
    try:
        task = RenderTask.model_validate_json(await request.body())
    except ValidationError:
        # Brought again it would be no better: 200 takes it off the queue.
        _log.exception("not a render task", extra=_delivery(request))
        return {"status": "dropped"}
    with continue_trace(task.traceparent or request.headers.get("traceparent")):
        _log.info("task", extra={"job_id": str(task.job_id), **_delivery(request)})
        await parts.press.render(task.job_id)
    return {"status": "ended"}


async def pictures(request: Request) -> list[SlidePicture]:
    """The pictures of the sheets in the order, drawn and stored; one slide after the other."""
    parts, order = await _picture_order(request)
    with continue_trace(request.headers.get("traceparent")):
        return await parts.pictures.draw(order)


async def check_pictures(request: Request) -> list[list[PictureFinding]]:
    """What is wrong with the pictures of the sheets in the order, which are not stored."""
    parts, order = await _picture_order(request)
    with continue_trace(request.headers.get("traceparent")):
        return await parts.pictures.check(order)


async def _picture_order(request: Request) -> tuple[Parts, PictureOrder]:
    parts: Parts = request.app.state.parts
    await parts.chat.check(request.headers.get("authorization"))
    if int(request.headers.get("content-length") or 0) > _LONGEST_ORDER:
        raise Invalid("This is too much to draw at once.")
    try:
        return parts, PictureOrder.model_validate_json(await request.body())
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False, include_context=False)
        _log.warning("not a picture order", extra={"wrong": str(wrong[:3])})
        raise Invalid("This is no order for pictures.") from error


def _delivery(request: Request) -> dict[str, str | None]:
    names = {"task": "x-cloudtasks-taskname", "retry": "x-cloudtasks-taskretrycount"}
    return {field: request.headers.get(header) for field, header in names.items()}


async def healthz() -> dict[str, str]:
    """The process runs."""
    return {"status": "ok"}


async def readyz(request: Request) -> Response:
    """Whether a render could be made now: the database and the store answer, and the process is not ending."""
    parts: Parts = request.app.state.parts
    if parts.press.stopping:
        return JSONResponse({"status": "stopping"}, status_code=503)
    checks = {"database": parts.database.ping, "storage": parts.storage.ping}
    answers = await asyncio.gather(*(_answers(name, ping) for name, ping in checks.items()))
    found = dict(zip(checks, answers, strict=True))
    ready = all(found.values())
    states = {name: "ok" if answer else "unreachable" for name, answer in found.items()}
    return JSONResponse({"status": "ready" if ready else "not ready", **states}, status_code=200 if ready else 503)


async def _answers(name: str, ping: Callable[[], Awaitable[None]]) -> bool:
    try:
        async with asyncio.timeout(_PING_SECONDS):
            await ping()
    except (LecternError, TimeoutError) as error:
        _log.warning("not ready", extra={"part": name, "reason": str(error)})
        return False
    return True


async def _refusal(_: Request, error: Exception) -> Response:
    kind = next((known for known in _STATUS if isinstance(error, known)), None)
    status = _STATUS[kind] if kind else 500
    headers = {}
    if status == 503:
        headers["Retry-After"] = str(_BUSY_RETRY_SECONDS if kind is Busy else _RETRY_SECONDS)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"error": str(error)}, status_code=status, headers=headers)


@contextmanager
def _on_signal(stop: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """Stops the film under way as soon as the process is told to end: the server first waits for open requests."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def told(number: int, frame: object) -> None:
        asyncio.run_coroutine_threadsafe(_awaited(stop), loop)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)  # type: ignore[arg-type]  # the frame passes through

    for number in before:
        signal.signal(number, told)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def _awaited(call: Callable[[], Awaitable[None]]) -> None:
    await call()
