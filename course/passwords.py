"""Passwords: kept as argon2id hashes (RFC 9106, low memory), and compared in time that tells nothing."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from course.errors import Invalid

_SHORTEST = 8
_LONGEST = 1_000
# A hash takes 64 MiB and a core: a burst of log-ins must not take them all.
_AT_ONCE = 2


class Passwords:
    """Hashes and compares, two at once."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._decoy = self._hasher.hash(secrets.token_hex(16))

    async def hash(self, password: str) -> str:
        """What to keep of a password. Raises `Invalid` for one too short or too long."""
        if not _SHORTEST <= len(password) <= _LONGEST:
            raise Invalid(f"A password has {_SHORTEST} to {_LONGEST:,} characters.")
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, known: str | None, password: str) -> bool:
        """Whether the password is the one of that hash; where there is none, No takes as long."""
        try:
            async with self._turns:
                tried = password[: _LONGEST + 1]
                return await asyncio.to_thread(self._hasher.verify, known or self._decoy, tried) and known is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, known: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(known)
