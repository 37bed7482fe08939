"""Who asks: the address and scheme that the proxies in front of the chat tell of.

A proxy adds the address it was asked from at the end of X-Forwarded-For; whatever stands before is the client's own
word. Cloud Run's front end adds one entry; a load balancer before it makes it two.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send


class ClientAddress:
    """ASGI middleware. With `proxies` 0 the headers count for nothing: anyone could send them."""

    def __init__(self, app: ASGIApp, *, proxies: int) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._proxies and scope["type"] in ("http", "websocket"):
            scope = {**scope, **self._told(scope)}
        await self._app(scope, receive, send)

    def _told(self, scope: Scope) -> Scope:
        headers = Headers(scope=scope)
        told: Scope = {}
        entries = [entry.strip() for line in headers.getlist("x-forwarded-for") for entry in line.split(",")]
        # Fewer than there are proxies: the request came past them.
        if len(entries) >= self._proxies and (address := entries[-self._proxies]):
            told["client"] = (address, 0)
        if (scheme := headers.get("x-forwarded-proto", "")) in ("http", "https"):
            told["scheme"] = scheme if scope["type"] == "http" else scheme.replace("http", "ws")
        return told
