"""Signing in: the password or Google, and patience with those who guess."""

import time
from collections import OrderedDict, deque

import chainlit as cl

from course.errors import Busy, LecternError
from course.models.people import Person
from course.people import People

_WINDOW_SECONDS = 300.0
_TRIES_PER_ACCOUNT = 8
_TRIES_PER_ADDRESS = 40
_REMEMBERED = 20_000


class Throttle:
    """Counts failed log-ins of the last five minutes, by account and by address, in this process."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def exhausted(self, email: str, address: str) -> bool:
        """Whether one more try is one too many."""
        return (
            self._recent(f"account {email}") >= _TRIES_PER_ACCOUNT
            or self._recent(f"address {address}") >= _TRIES_PER_ADDRESS
        )

    def failed(self, email: str, address: str) -> None:
        """Counts a failure."""
        for key in (f"account {email}", f"address {address}"):
            self._failures.setdefault(key, deque(maxlen=_TRIES_PER_ADDRESS)).append(time.monotonic())
            self._failures.move_to_end(key)
        while len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, email: str) -> None:
        """Forgets the account's failures."""
        self._failures.pop(f"account {email}", None)

    def _recent(self, key: str) -> int:
        failures = self._failures.get(key)
        if not failures:
            return 0
        while failures and failures[0] < time.monotonic() - _WINDOW_SECONDS:
            failures.popleft()
        return len(failures)


class SignIn:
    """The door."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._throttle = Throttle()

    async def with_password(self, email: str, password: str, *, address: str = "") -> cl.User | None:
        """The user; None for a wrong pair. Raises `Busy` after too many tries for the account or from the address."""
        email = email.strip().lower()
        if self._throttle.exhausted(email, address):
            raise Busy("Too many attempts. Wait a few minutes, then try again.")
        person = await self._people.sign_in(email, password)
        if person is None:
            self._throttle.failed(email, address)
            return None
        self._throttle.succeeded(email)
        return _user(person)

    async def with_google(self, profile: dict[str, str]) -> cl.User | None:
        """The user for Google's profile of them; None when they may not come in."""
        try:
            verified = str(profile.get("verified_email", profile.get("email_verified"))).lower() == "true"
            person = await self._people.sign_in_with_google(profile["email"], profile.get("name", ""), verified)
        except (LecternError, KeyError):
            return None
        return _user(person)


def _user(person: Person) -> cl.User:
    return cl.User(identifier=person.email, display_name=person.name)
