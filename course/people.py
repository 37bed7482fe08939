"""People: who may sign in, and what they are."""

import re
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.errors import Invalid, NotAllowed, NotFound
from course.invitations import accept
from course.models.people import Person, Role
from course.models.text import clean
from course.passwords import Passwords
from course.tables import MemberRow, UserRow

_USERS = UserRow.__table__
# Asked at every message and every request: made once.
_BY_EMAIL = select(
    _USERS.c.id,
    _USERS.c.email,
    _USERS.c.name,
    _USERS.c.role,
    exists().where(MemberRow.user_id == _USERS.c.id).label("coauthor"),
).where(_USERS.c.email == bindparam("email"), _USERS.c.disabled_at.is_(None))
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


class People:
    """Accounts, in Postgres."""

    def __init__(self, database: Database, *, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._passwords = Passwords(hasher)

    async def sign_in(self, email: str, password: str) -> Person | None:
        """The person, if the password is theirs. An unknown address takes as long as a wrong password."""
        async with self._database.transaction() as session:
            row = await _active(session, UserRow.email == _normal(email))
        known = row.password_hash if row else None
        matches = await self._passwords.matches(known, password)
        if row is None or known is None or not matches:
            return None
        if self._passwords.is_outdated(known):
            await self._store_password(row.id, password)
        return await self._arrived(as_person(row))

    async def sign_in_with_google(self, email: str, name: str, verified: bool) -> Person:
        """The person with that address, made a learner at the first visit.

        Raises `NotAllowed` for an address Google has not verified (anyone could claim it) and for a disabled account.
        """
        if not verified:
            raise NotAllowed("Google has not verified this e-mail address yet. Verify it with Google, then sign in.")
        return await self._arrived(await self._add(email, name, Role.LEARNER, None))

    async def create(self, actor: UUID, email: str, name: str, role: Role, password: str | None) -> Person:
        """A new account; one that is there already is given back as it is, its role and password untouched.

        Operators only. Raises `Invalid` for an address or password that cannot be used, `NotAllowed` for a
        disabled account.
        """
        async with self._database.transaction() as session:
            await access.operator(session, actor)
        return await self._add(email, name, role, password)

    async def by_email(self, email: str) -> Person | None:
        """The person with that address, unless there is none or the account is disabled."""
        rows = await self._database.run(_BY_EMAIL, {"email": _normal(email)})
        return Person.model_validate(rows[0]._asdict()) if rows else None

    async def by_id(self, person_id: UUID) -> Person | None:
        """The person, unless there is none or the account is disabled."""
        async with self._database.transaction() as session:
            row = await _active(session, UserRow.id == person_id)
        return as_person(row) if row else None

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
        return as_person(row)

    async def set_password(self, actor: UUID, person_id: UUID, password: str) -> None:
        """Replaces a person's password. Operators only."""
        async with self._database.transaction() as session:
            await access.operator(session, actor)
        await self._store_password(person_id, password)

    async def _arrived(self, person: Person) -> Person:
        """Invitations wait for whoever proves that the address is theirs."""
        async with self._database.transaction() as session:
            await accept(session, person.id, person.email)
        return person

    async def _add(self, email: str, name: str, role: Role, password: str | None) -> Person:
        email = checked_email(email)
        hashed = await self._passwords.hash(password) if password is not None else None
        values = {"email": email, "name": clean(name)[:100] or email, "role": role.value, "password_hash": hashed}
        async with self._database.transaction() as session:
            await session.execute(insert(UserRow).values(**values).on_conflict_do_nothing())
            row = await _active(session, UserRow.email == email)
        if row is None:
            raise NotAllowed("This account has been closed. Ask your operator.")
        return as_person(row)

    async def _store_password(self, person_id: UUID, password: str) -> None:
        hashed = await self._passwords.hash(password)
        async with self._database.transaction() as session:
            row = await session.get(UserRow, person_id)
            if row is None:
                raise NotFound("There is no such person.")
            row.password_hash = hashed


async def _active(session: AsyncSession, which: ColumnElement[bool]) -> UserRow | None:
    return await session.scalar(select(UserRow).where(which, UserRow.disabled_at.is_(None)))


def _normal(email: str) -> str:
    return email.strip().lower()


def checked_email(email: str) -> str:
    """The address as accounts keep it. Raises `Invalid` for what cannot be one."""
    email = _normal(email)
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise Invalid(f"“{email[:80]}” is not an e-mail address. Give one like name@school.org.")
    return email


def as_person(row: UserRow) -> Person:
    """The person of that row."""
    return Person(id=row.id, email=row.email, name=row.name, role=Role(row.role))
