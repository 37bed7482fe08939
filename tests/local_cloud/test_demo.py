"""The demo accounts: made once, and always with the password that `make up` prints."""

from course.database import Database
from course.models.people import Role
from course.people import People
from local_cloud.demo import seed


async def test_accounts_sign_in_with_the_printed_password(postgres_url: str) -> None:
    """After a first and a second start with other passwords, the latest ones work and the people are the same."""
    ids = []
    for password in ("first-password", "second-password"):
        accounts = {f"{role.value}@lectern.local": f"{password}-{role.value}" for role in Role}
        await seed(postgres_url, accounts)
        database = Database(postgres_url, application="test")
        people = People(database)
        signed_in = [await people.sign_in(email, secret) for email, secret in accounts.items()]
        await database.close()
        assert [person.role for person in signed_in if person] == list(Role)
        ids.append([person.id for person in signed_in if person])
    assert ids[0] == ids[1]
