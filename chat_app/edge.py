"""What every request passes first: whose page may change anything, and the headers of the answer."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READING: Final = ("GET", "HEAD", "OPTIONS")
_ELSEWHERE: Final = JSONResponse({"error": "That was asked from another site. Open Lectern itself and try again."}, 403)
# Changed with a release, and fetched by the page by name: a browser must ask whether it has them.
_REVALIDATED: Final = ("/public/elements/", "/public/lectern", "/public/theme.json")


class Edge:
    """ASGI middleware. `secure` marks cookies as for HTTPS only: Chainlit does so for cross-site ones alone."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket" and _foreign(Headers(scope=scope)):
            # Chainlit leaves its socket open to any site; the cookie's SameSite is then the only guard.
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "websocket":
            # Nothing to add, and every word of every reply passes here.
            await self._app(scope, receive, send)
            return
        if scope["method"] not in _READING and _foreign(Headers(scope=scope)):
            await _ELSEWHERE(scope, receive, send)
            return
        await self._app(scope, receive, self._answering(scope, send))

    def _answering(self, scope: Scope, send: Send) -> Send:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(_REVALIDATED):
                    headers.setdefault("Cache-Control", "no-cache")
                if self._secure:
                    _secure_cookies(message)
            await send(message)

        return answer


def _secure_cookies(message: Message) -> None:
    message["headers"] = [
        (name, value + b"; Secure" if name == b"set-cookie" and b"secure" not in value.lower() else value)
        for name, value in message["headers"]
    ]


def _foreign(headers: Headers) -> bool:
    """Whether a page of another site asks. Browsers name the page; what is no browser carries no one's cookie."""
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host", "")
