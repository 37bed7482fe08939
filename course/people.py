"""People: who may sign in, and what they are."""

import asyncio
import re
import secrets
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.errors import Invalid, NotAllowed, NotFound
from course.models.people import Person, Role
from course.models.text import clean
from course.tables import UserRow

_USERS = UserRow.__table__
# Asked at every message and every request: made once.
_BY_EMAIL = select(_USERS.c.id, _USERS.c.email, _USERS.c.name, _USERS.c.role).where(
    _USERS.c.email == bindparam("email"), _USERS.c.disabled_at.is_(None)
)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_SHORTEST_PASSWORD = 8
_LONGEST_PASSWORD = 1_000
# A hash takes 64 MiB and a core: a burst of log-ins must not take them all.
_HASHES_AT_ONCE = 2


class People:
    """Accounts, in Postgres. Passwords are kept as argon2id hashes (RFC 9106, low memory)."""

    def __init__(self, database: Database, *, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(_HASHES_AT_ONCE)
        self._decoy = self._hasher.hash(secrets.token_hex(16))

    async def sign_in(self, email: str, password: str) -> Person | None:
        """The person, if the password is theirs. An unknown address takes as long as a wrong password."""
        async with self._database.transaction() as session:
            row = await _active(session, UserRow.email == _normal(email))
        known = row.password_hash if row else None
        matches = await self._verify(known or self._decoy, password)
        if row is None or known is None or not matches:
            return None
        if self._hasher.check_needs_rehash(known):
            await self._store_password(row.id, password)
        return _as_person(row)

    async def sign_in_with_google(self, email: str, name: str, verified: bool) -> Person:
        """The person with that address, made a learner at the first visit.

        Raises `NotAllowed` for an address Google has not verified (anyone could claim it) and for a disabled account.
        """
        if not verified:
            raise NotAllowed("Google has not verified this e-mail address yet. Verify it with Google, then sign in.")
        return await self.create(email, name, Role.LEARNER, None)

    async def create(self, email: str, name: str, role: Role, password: str | None) -> Person:
        """A new account; one that is there already is given back as it is, its role and password untouched.

        Raises `Invalid` for an address or password that cannot be used, `NotAllowed` for a disabled account.
        """
        email = _checked_email(email)
        hashed = await self._hash(password) if password is not None else None
        values = {"email": email, "name": clean(name)[:100] or email, "role": role.value, "password_hash": hashed}
        async with self._database.transaction() as session:
            await session.execute(insert(UserRow).values(**values).on_conflict_do_nothing())
            row = await _active(session, UserRow.email == email)
        if row is None:
            raise NotAllowed("This account has been closed. Ask your operator.")
        return _as_person(row)

    async def by_email(self, email: str) -> Person | None:
        """The person with that address, unless there is none or the account is disabled."""
        rows = await self._database.run(_BY_EMAIL, {"email": _normal(email)})
        return Person.model_validate(rows[0]._asdict()) if rows else None

    async def by_id(self, person_id: UUID) -> Person | None:
        """The person, unless there is none or the account is disabled."""
        async with self._database.transaction() as session:
            row = await _active(session, UserRow.id == person_id)
        return _as_person(row) if row else None

    async def set_role(self, actor: UUID, person_id: UUID, role: Role) -> Person:
        """Gives a person another role. Operators only, and not to themselves: someone must stay operator."""
        async with self._database.transaction() as session:
            await access.operator(session, actor)
            if actor == person_id and role is not Role.OPERATOR:
                raise Invalid("You cannot stop being operator yourself. Ask another operator to change your role.")
            row = await _active(session, UserRow.id == person_id)
            if row is None:
                raise NotFound("There is no such person.")
            row.role = role.value
        return _as_person(row)

    async def set_password(self, person_id: UUID, password: str) -> None:
        """Replaces a person's password."""
        await self._store_password(person_id, password)

    async def _store_password(self, person_id: UUID, password: str) -> None:
        hashed = await self._hash(password)
        async with self._database.transaction() as session:
            row = await session.get(UserRow, person_id)
            if row is None:
                raise NotFound("There is no such person.")
            row.password_hash = hashed

    async def _hash(self, password: str) -> str:
        if not _SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
            raise Invalid(f"A password has {_SHORTEST_PASSWORD} to {_LONGEST_PASSWORD:,} characters.")
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def _verify(self, known: str, password: str) -> bool:
        try:
            async with self._turns:
                return await asyncio.to_thread(self._hasher.verify, known, password[: _LONGEST_PASSWORD + 1])
        except (VerificationError, InvalidHashError):
            return False


async def _active(session: AsyncSession, which: ColumnElement[bool]) -> UserRow | None:
    return await session.scalar(select(UserRow).where(which, UserRow.disabled_at.is_(None)))


def _normal(email: str) -> str:
    return email.strip().lower()


def _checked_email(email: str) -> str:
    email = _normal(email)
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise Invalid(f"“{email[:80]}” is not an e-mail address. Give one like name@school.org.")
    return email


def _as_person(row: UserRow) -> Person:
    return Person(id=row.id, email=row.email, name=row.name, role=Role(row.role))
