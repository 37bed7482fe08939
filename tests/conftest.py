"""What every test may ask for: real parts of the local cloud, started once, when first asked for.

From `tests/fixtures/postgres.py`:
    postgres_url            a fresh, migrated database of this test's own
    module_postgres_url     the same, shared by the tests of one module
    new_database            makes further ones: `url = new_database()`

From `tests/fixtures/storage.py`:
    storage_server          the Cloud Storage server; `.endpoint`
    bucket                  an empty bucket of this test's own

From `tests/fixtures/tasks.py`:
    tasks_server            the Cloud Tasks server; `.endpoint`, `.client()`
    queue                   an empty queue of this test's own (its full name)
    identity                mints the tokens tasks carry; `.id_token()`, `.certs_url`, `.issuer`, `.credentials`

From `tests/fixtures/models.py`:
    model_server            the OpenAI-compatible server; `.base_url`, and `.url` for /faults and /stats

From `tests/fixtures/settings.py`:
    settings                `Settings` on all of these, with a database, bucket and queue of this test's own

From `tests/fixtures/course.py`:
    database                the product's `Database` on `postgres_url`
    ann, eve, lee, oli      user ids: two instructors, a learner, an operator
    authoring, lessons, revisions, cells    use cases, and a small course of Ann's

From `tests/fixtures/library.py`:
    embeddings, library, object_store       the product's clients on the model server, a folder and the bucket
    absent_store                            a storage client whose server is down
    sources, indexer, learning              use cases of documents, their index, and of learners
"""

import os
from pathlib import Path

import pytest

# gRPC's own fork handlers and a test that starts processes now and then lock each other up.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "false"

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.storage",
    "tests.fixtures.course",
    "tests.fixtures.tasks",
    "tests.fixtures.models",
    "tests.fixtures.settings",
    "tests.fixtures.library",
]


# First, so that pytest-xdist sees the marks.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run side by side, what shares parts stays together: the journeys one product, a file its module's fixtures."""
    journeys = Path(__file__).with_name("journeys")
    for item in items:
        together = journeys if journeys in item.path.parents else item.path
        item.add_marker(pytest.mark.xdist_group(str(together.relative_to(journeys.parent))))
