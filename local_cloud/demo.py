"""`python -m local_cloud.demo --accounts FILE`: the newest schema, and three accounts to try Lectern with.

FILE is JSON, e-mail to password. An account that exists gets the file's password back, so that what
`make up` prints always works.
"""

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path

from course.bootstrap import establish
from course.database import Database
from course.errors import LecternError
from course.models.people import Role
from course.people import People
from migrations import upgrade

_NAMES = {Role.INSTRUCTOR: "Ina Instructor", Role.LEARNER: "Leo Learner", Role.OPERATOR: "Olga Operator"}


def main() -> int:
    """Works on the database of LECTERN_POSTGRES_URL; returns the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m local_cloud.demo", description=__doc__)
    parser.add_argument("--accounts", type=Path, required=True)
    passwords: dict[str, str] = json.loads(parser.parse_args().accounts.read_text())
    url = os.environ["LECTERN_POSTGRES_URL"]
    try:
        upgrade(url)
        asyncio.run(seed(url, passwords))
    except LecternError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0


async def seed(url: str, passwords: dict[str, str]) -> None:
    """Create the accounts; the part of the address before the @ is the role."""
    database = Database(url, application="demo", pool_size=1, max_overflow=1)
    people = People(database)
    try:
        for email, password in passwords.items():
            if await people.sign_in(email, password):
                continue
            role = Role(email.partition("@")[0])
            await establish(database, email, _NAMES[role], role, password)
    finally:
        await database.close()


if __name__ == "__main__":
    sys.exit(main())
