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

From `tests/fixtures/press.py`:
    start_service           starts the press, a process of its own; `.url`

From `tests/fixtures/settings.py`:
    settings                `Settings` on all of these, with a database, bucket and queue of this test's own

From `tests/fixtures/course.py`:
    database                the product's `Database` on `postgres_url`
    ann, eve, lee, oli      user ids: two instructors, a learner, an operator
    authoring, lessons, revisions, cells    use cases, and a small course of Ann's

From `tests/fixtures/library.py`:
    embeddings, library, object_store       the product's clients on the model server, a folder and the bucket
    absent_store                            a storage client whose server is down
    sources, source_changes, indexer, learning      use cases of documents, their index, and of learners
"""

import os

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

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
    "tests.fixtures.press",
]


class JourneysTogether(LoadFileScheduling):  # type: ignore[misc]  # xdist does not publish its types
    """A file stays on one worker, for its module's fixtures; so do all journeys, for the product they share."""

    def _split_scope(self, nodeid: str) -> str:
        journeys = "tests/journeys/"
        return journeys if nodeid.startswith(journeys) else super()._split_scope(nodeid)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With several workers the journeys come first: begun last, the longest chain would leave the others idle."""
    if config.getoption("dist", "no") == "loadfile":
        items.sort(key=lambda item: not item.nodeid.startswith("tests/journeys/"))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Makes `--dist loadfile` keep the journeys together."""
    return JourneysTogether(config, log) if config.getoption("dist") == "loadfile" else None
