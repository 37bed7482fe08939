"""Whether this process lives, and whether it can serve."""

import asyncio
import time
from collections.abc import Awaitable
from typing import Any

import httpx
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from chat_app.wiring import Parts, parts
from course.errors import LecternError

router = APIRouter()

_SECONDS = 3.0
_KEPT_SECONDS = 5.0


class Readiness:
    """Asks each part, at most every few seconds.

    Storage and model must answer once before this process is ready; later only the database is needed:
    taking the page away because a model is down would help nobody.
    """

    def __init__(self) -> None:
        self.stopping = False
        self._was_ready = False
        self._known: tuple[float, dict[str, str]] = (0.0, {})

    async def look(self, made: Parts) -> tuple[bool, dict[str, str]]:
        """Ready or not, and what each part says."""
        if time.monotonic() - self._known[0] > _KEPT_SECONDS or not self._was_ready or not self._known[1]:
            self._known = (time.monotonic(), await _ask(made))
        state = self._known[1]
        whole = all(word == "ok" for word in state.values())
        self._was_ready = self._was_ready or whole
        return not self.stopping and state["database"] == "ok" and self._was_ready, state

    def forget(self) -> None:
        """Ask anew at the next look."""
        self._known = (0.0, {})


readiness = Readiness()


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready() -> Response:
    """200 when conversations can be served, else 503; the body names the parts."""
    is_ready, state = await readiness.look(parts())
    return JSONResponse({"ready": is_ready, "parts": state}, 200 if is_ready else 503)


async def _ask(made: Parts) -> dict[str, str]:
    questions = {
        "database": made.database.ping(),
        "storage": made.storage.ping(),
        "model": _ask_model(made),
    }
    words = await asyncio.gather(*(_word(question) for question in questions.values()))
    return dict(zip(questions, words, strict=True))


async def _word(question: Awaitable[Any]) -> str:
    try:
        async with asyncio.timeout(_SECONDS):
            await question
    except LecternError as error:
        return error.sentence
    except (TimeoutError, OSError, httpx.HTTPError):
        return "does not answer"
    return "ok"


async def _ask_model(made: Parts) -> None:
    key = made.settings.openai_api_key.get_secret_value()
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with httpx.AsyncClient(timeout=_SECONDS) as client:
        answer = await client.get(f"{made.settings.openai_base_url.rstrip('/')}/models", headers=headers)
    # A refused key is a setting to mend, seen at the first message; the endpoint is there.
    if answer.status_code >= 500:
        answer.raise_for_status()
