"""How fast a model service lets us ask: what it says to one call holds for all calls of this process."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

_TOO_MANY = 429
_OVERLOADED = 503
_FIRST_REST, _LONGEST_REST = 1.0, 30.0
# Longer than this nobody waits: the call is made, and its refusal told.
LONGEST_WAIT = 120.0


class Pace:
    """Holds every request back while the service wants none, for as long as it says or a little longer each time."""

    def __init__(self) -> None:
        self._not_before = 0.0
        self._rest = _FIRST_REST

    async def ready(self, _: httpx.Request) -> None:
        """Returns when a request may be sent; for httpx to call before each, also before one that is tried again."""
        while (wait := self._not_before - time.monotonic()) > 0:  # noqa: ASYNC110 - a moment, not an event
            # A little apart, so that those who waited do not all come in the same moment.
            await asyncio.sleep(wait + random.uniform(0, min(0.5, wait / 4)))  # noqa: S311 - no secret

    async def heard(self, response: httpx.Response) -> None:
        """Learns from an answer; for httpx to call with each."""
        asked = _asked_seconds(response.headers.get("retry-after", ""))
        if response.status_code == _TOO_MANY or (response.status_code == _OVERLOADED and asked is not None):
            wait = self._rest if asked is None else min(asked, LONGEST_WAIT)
            self._not_before = max(self._not_before, time.monotonic() + wait)
            self._rest = min(self._rest * 2, _LONGEST_REST)
        elif response.is_success:
            self._rest = _FIRST_REST


class Gate:
    """Lets some in at a time: fewer once it is narrowed, one more again with each that ended well."""

    def __init__(self, width: int) -> None:
        self._most = self._width = width
        self._inside = 0
        self._changed = asyncio.Condition()

    @property
    def crowded(self) -> bool:
        """Whether more than one is inside."""
        return self._inside > 1

    @asynccontextmanager
    async def entered(self) -> AsyncIterator[None]:
        """Waits until there is room, and holds it."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._inside < self._width)
            self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
            async with self._changed:
                self._changed.notify_all()

    def narrow(self) -> None:
        """Room for one less than are inside now."""
        self._width = max(1, self._inside - 1)

    def widen(self) -> None:
        """Room for one more, up to as many as at first."""
        self._width = min(self._most, self._width + 1)


def _asked_seconds(retry_after: str) -> float | None:
    """What `Retry-After` says, in seconds or as a date; None when it says nothing that can be understood."""
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
