"""What every test may ask for: real parts of the local cloud, started once, when first asked for.

From `tests/fixtures/postgres.py`:
    postgres_url            a fresh, migrated database of this test's own
    module_postgres_url     the same, shared by the tests of one module
    new_database            makes further ones: `url = new_database()`

From `tests/fixtures/storage.py`:
    storage_server          the Cloud Storage server; `.endpoint`
    bucket                  an empty bucket of this test's own
"""

pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.storage"]
