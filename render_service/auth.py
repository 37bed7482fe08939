"""Who may ask the press for what: the queue's account for films, the chat's for pictures, shown by a signed token."""

import asyncio
import threading
import time
from typing import Any

from google.auth.exceptions import GoogleAuthError, TransportError
from google.auth.transport import Request as Transport
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from course.errors import LecternError, Unavailable

_CLOCK_SKEW_SECONDS = 10
_KEPT_SECONDS = 3600.0
_FRESH_SECONDS = 30.0
_TIMEOUT_SECONDS = 5.0


class NoToken(LecternError):
    """Without a valid token: 401."""


class WrongAccount(LecternError):
    """A valid token of somebody else: 403."""


class CallerAuthority:
    """Checks that calls come from one account; the issuer's certificates are kept for an hour, or until they change."""

    def __init__(self, *, audience: str, issuer: str, caller: str, certs_url: str) -> None:
        self._audience = audience
        self._issuers = {issuer, issuer.removeprefix("https://")}
        self._caller = caller
        self._certs_url = certs_url
        self._transport = _Kept(Request())

    async def check(self, authorization: str | None) -> None:
        """Raises `NoToken`, `WrongAccount`, or `Unavailable` when the certificates cannot be had."""
        kind, _, token = (authorization or "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            raise NoToken("This address answers the services of Lectern only.")
        claims = await asyncio.to_thread(self._claims, token.strip())
        if claims.get("iss") not in self._issuers:
            raise NoToken("The call's token is from another issuer.")
        if claims.get("email") != self._caller or claims.get("email_verified") is not True:
            raise WrongAccount("This account may not ask for this.")

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            try:
                return self._verified(token)
            except TransportError:
                raise
            except (GoogleAuthError, ValueError):
                # The issuer's keys may have changed since they were kept.
                if not self._transport.forget():
                    raise
                return self._verified(token)
        except TransportError as error:
            raise Unavailable("The token issuer's certificates cannot be fetched just now.") from error
        except (GoogleAuthError, ValueError) as error:
            raise NoToken("The call's token is not valid.") from error

    def _verified(self, token: str) -> dict[str, Any]:
        claims = id_token.verify_token(
            token,
            self._transport,
            audience=self._audience,
            certs_url=self._certs_url,
            clock_skew_in_seconds=_CLOCK_SKEW_SECONDS,
        )
        return dict(claims)


class _Kept(Transport):
    """Answers to GETs, kept for an hour."""

    def __init__(self, transport: Request) -> None:
        self._transport = transport
        self._answers: dict[str, tuple[float, Any]] = {}
        self._lock = threading.Lock()

    def __call__(
        self, url: str, method: str = "GET", body: Any = None, headers: Any = None, timeout: Any = None, **more: Any
    ) -> Any:
        with self._lock:
            kept = self._answers.get(url)
            if kept and time.monotonic() - kept[0] < _KEPT_SECONDS:
                return kept[1]
            answer = self._transport(url, method, body, headers, timeout or _TIMEOUT_SECONDS, **more)
            if answer.status == 200:
                self._answers[url] = (time.monotonic(), answer)
            return answer

    def forget(self) -> bool:
        """Drops what is older than half a minute, so that bad tokens cannot make us fetch at every call."""
        with self._lock:
            old = [url for url, (at, _) in self._answers.items() if time.monotonic() - at > _FRESH_SECONDS]
            for url in old:
                del self._answers[url]
        return bool(old)
