"""The first accounts of an installation, made by whoever runs its commands: there is no operator yet to ask for them.

No process that serves people may import this; accounts made later are an operator's (`course.people`).
"""

from argon2 import PasswordHasher
from sqlalchemy.dialects.postgresql import insert

from course.database import Database
from course.errors import NotAllowed
from course.models.people import Person, Role
from course.passwords import Passwords
from course.people import as_person, checked_email
from course.tables import UserRow


async def establish(
    database: Database, email: str, name: str, role: Role, password: str, *, hasher: PasswordHasher | None = None
) -> Person:
    """The account with this password; one that is there already keeps its name and role.

    Raises `Invalid` for an address or password that cannot be used, `NotAllowed` for a disabled account.
    """
    hashed = await Passwords(hasher).hash(password)
    values = {"email": checked_email(email), "name": name, "role": role.value, "password_hash": hashed}
    new = insert(UserRow).values(**values)
    kept = new.on_conflict_do_update(
        index_elements=[UserRow.email], set_={"password_hash": hashed}, where=UserRow.disabled_at.is_(None)
    )
    async with database.transaction() as session:
        row = await session.scalar(kept.returning(UserRow), execution_options={"populate_existing": True})
    if row is None:
        raise NotAllowed(f"The account {email} has been closed. Choose another address.")
    return as_person(row)
