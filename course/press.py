"""The press, asked to draw: pictures of slides over HTTP, with a token that says who asks."""

import asyncio
import json
import logging
import time
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

import httpx
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import id_token, service_account
from pydantic import TypeAdapter, ValidationError

from course.errors import Unavailable
from course.logs import current_traceparent
from course.models.picture import MOST_SLIDES, PictureFinding, PictureOrder, SlidePicture, SlideSheet

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

# A press that is asleep takes some seconds to start; one that is down refuses at once.
_TIMEOUT: Final = httpx.Timeout(20.0, connect=3.0)
_WAITS: Final = (0.3, 1.0)
_LONGEST_WAIT: Final = 2.0
_PATIENCE_SECONDS: Final = 30.0
_REST_SECONDS: Final = 5.0
"""After asking in vain: who asks meanwhile is told at once."""

_TOKEN_SECONDS: Final = 10.0
_AWAY: Final = "The pictures of the slides cannot be drawn just now. Their text is all here; look again in a minute."

_pictures: TypeAdapter[list[SlidePicture]] = TypeAdapter(list[SlidePicture])
_findings: TypeAdapter[list[list[PictureFinding]]] = TypeAdapter(list[list[PictureFinding]])


class Press:
    """One render service. Connects when first used."""

    def __init__(self, url: str, *, credentials: Path | None = None) -> None:
        """`url` is also the token's audience; `credentials` a service-account file, None the platform's account."""
        self._url = url.rstrip("/")
        self._identity = _Identity(url, credentials)
        self._client: httpx.AsyncClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._away_until = 0.0

    async def draw(self, course_id: UUID, sheets: list[SlideSheet]) -> list[SlidePicture]:
        """The sheets' pictures in order, drawn and stored by the press. Raises `Unavailable`."""
        return await self._in_orders("pictures", course_id, sheets, _pictures)

    async def check(self, course_id: UUID, sheets: list[SlideSheet]) -> list[list[PictureFinding]]:
        """What is wrong with each sheet's pictures, none of which is stored. Raises `Unavailable`."""
        return await self._in_orders("pictures/check", course_id, sheets, _findings)

    async def close(self) -> None:
        """Closes its connections."""
        if self._client is not None and self._loop is asyncio.get_running_loop():
            await self._client.aclose()
        self._client = None

    async def _in_orders(
        self, path: str, course_id: UUID, sheets: list[SlideSheet], answer: TypeAdapter[list[_T]]
    ) -> list[_T]:
        found: list[_T] = []
        for start in range(0, len(sheets), MOST_SLIDES):
            order = PictureOrder(course_id=course_id, sheets=sheets[start : start + MOST_SLIDES])
            content = await self._asked(path, order)
            try:
                some = answer.validate_json(content)
            except ValidationError as error:
                raise _refused("an answer that cannot be read") from error
            if len(some) != len(order.sheets):
                raise _refused("an answer of another length")
            found += some
        return found

    async def _asked(self, path: str, order: PictureOrder) -> bytes:
        """The body of a good answer; busy or passing trouble is tried again, while there is patience."""
        if time.monotonic() < self._away_until:
            raise Unavailable(_AWAY)
        content = order.model_dump_json().encode()
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                for wait in (*_WAITS, None):
                    answer = await self._post(path, content)
                    if answer is not None and answer.status_code == httpx.codes.OK:
                        return answer.content
                    if answer is not None and answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                        raise _refused(f"status {answer.status_code}")
                    if wait is not None:
                        await asyncio.sleep(max(wait, _retry_after(answer)))
        except TimeoutError:
            _log.warning("the press took too long", extra={"path": path})
        self._away_until = time.monotonic() + _REST_SECONDS
        raise Unavailable(_AWAY)

    async def _post(self, path: str, content: bytes) -> httpx.Response | None:
        """The answer; None when there is none."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {await self._identity.token()}"}
        if trace := current_traceparent():
            headers["traceparent"] = trace
        try:
            return await self._connected().post(f"{self._url}/{path}", content=content, headers=headers)
        except httpx.TransportError as error:
            _log.warning("no answer from the press", extra={"reason": repr(error)})
            return None

    def _connected(self) -> httpx.AsyncClient:
        # Connections belong to the event loop they were made in.
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            self._client, self._loop = httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False), loop
        return self._client


class _Identity:
    """This process's account, as an OIDC token for one audience; minted anew shortly before it runs out."""

    def __init__(self, audience: str, file: Path | None) -> None:
        self._audience = audience
        self._file = file
        self._credentials: Any = None  # untyped in google-auth
        self._minting = asyncio.Lock()

    async def token(self) -> str:
        """Raises `Unavailable` when none can be had."""
        async with self._minting:
            try:
                async with asyncio.timeout(_TOKEN_SECONDS):
                    return await asyncio.to_thread(self._minted)
            except (GoogleAuthError, OSError, ValueError, TimeoutError) as error:
                _log.warning("no token for the press", exc_info=error)
                raise Unavailable(_AWAY) from error

    def _minted(self) -> str:
        if self._credentials is None:
            self._credentials = _id_credentials(self._audience, self._file)
        if not self._credentials.valid:
            self._credentials.refresh(Request())
        return str(self._credentials.token)


def _id_credentials(audience: str, file: Path | None) -> Any:
    if file is None:
        # Of the platform: its metadata server mints them.
        fetch: Any = id_token.fetch_id_token_credentials
        return fetch(audience, Request())
    info: dict[str, Any] = json.loads(file.read_text())
    # With another cloud's name google-auth would pass the file's own token address by.
    info.pop("universe_domain", None)
    make: Any = service_account.IDTokenCredentials.from_service_account_info
    return make(info, target_audience=audience)


def _retry_after(answer: httpx.Response | None) -> float:
    seconds = answer.headers.get("Retry-After", "") if answer is not None else ""
    return min(float(seconds), _LONGEST_WAIT) if seconds.isdigit() else 0.0


def _refused(what: str) -> Unavailable:
    _log.error("the press does not draw for us", extra={"answer": what})
    return Unavailable("The render service does not draw pictures for the chat. Ask your operator to look at its log.")
