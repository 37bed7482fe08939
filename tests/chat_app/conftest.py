"""One chat server for the session on real parts, and people who open its page."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import uvicorn
from pydantic import SecretStr

from chat_app import chainlit_folder
from course.bootstrap import establish
from course.models.people import Person, Role
from course.settings import Settings
from local_cloud.identity.authority import Authority
from local_cloud.ports import free_port
from local_cloud.storage import Storage
from tests.fixtures.models import ModelServer
from tests.fixtures.tasks import TasksServer

PASSWORD = "correct horse battery"
_SECRET = "a secret of thirty-two bytes or more"
_numbers = itertools.count(1)

# Chainlit reads its folder as it is imported, which the test modules do.
_FOLDER = chainlit_folder.prepare(Settings(postgres_url=SecretStr("unused"), chat_secret=SecretStr(_SECRET)))


def pytest_sessionfinish() -> None:
    """The folder goes with the session, also when no server was started on it."""
    chainlit_folder.remove(_FOLDER)


@dataclass(frozen=True)
class Chat:
    """The running chat: its address and its parts."""

    url: str
    parts: "Parts"  # type: ignore[name-defined]  # noqa: F821 - imported once Chainlit may be


@pytest.fixture(scope="session")
async def chat(
    tmp_path_factory: pytest.TempPathFactory,
    new_database: Callable[[], str],
    storage_server: Storage,
    tasks_server: TasksServer,
    identity: Authority,
    model_server: ModelServer,
) -> AsyncIterator[Chat]:
    """The chat as `uvicorn chat_app.server:app` runs it."""
    from chat_app.web import create_app
    from chat_app.wiring import build

    port = free_port()
    url = f"http://127.0.0.1:{port}"
    folder = tmp_path_factory.mktemp("chat")
    settings = _settings(url, folder, new_database(), storage_server, tasks_server, identity, model_server)
    parts = build(settings)
    server = uvicorn.Server(uvicorn.Config(create_app(parts, _FOLDER), port=port, log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.05)
    yield Chat(url, parts)
    server.should_exit = True
    await serving


def _settings(
    url: str,
    folder: Path,
    postgres_url: str,
    storage_server: Storage,
    tasks_server: TasksServer,
    identity: Authority,
    model_server: ModelServer,
) -> Settings:
    storage_server.ensure_bucket("chat-tests")
    key = SecretStr("local")
    return Settings(
        postgres_url=SecretStr(postgres_url),
        storage_bucket="chat-tests",
        storage_endpoint=storage_server.endpoint,
        tasks_endpoint=tasks_server.endpoint,
        google_credentials=identity.credentials,
        openai_api_key=key,
        openai_base_url=model_server.base_url,
        speech_api_key=key,
        speech_base_url=model_server.base_url,
        embeddings_api_key=key,
        embeddings_base_url=model_server.base_url,
        qdrant_folder=folder / "qdrant",
        chat_secret=SecretStr(_SECRET),
        chat_url=url,
    )


@pytest.fixture
def new_person(chat: Chat) -> Callable[[Role], Awaitable[Person]]:
    """Makes an account nobody has had before; its password is `PASSWORD`."""

    async def make(role: Role) -> Person:
        email = f"{role.value}{next(_numbers)}@school.test"
        return await establish(chat.parts.database, email, role.value.title(), role, PASSWORD)

    return make


@pytest.fixture
async def instructor(new_person: Callable[[Role], Awaitable[Person]]) -> Person:
    """An instructor."""
    return await new_person(Role.INSTRUCTOR)


@pytest.fixture
async def stranger(new_person: Callable[[Role], Awaitable[Person]]) -> Person:
    """Another instructor, who must see nothing of the first's."""
    return await new_person(Role.INSTRUCTOR)


@pytest.fixture
async def learner(new_person: Callable[[Role], Awaitable[Person]]) -> Person:
    """A learner."""
    return await new_person(Role.LEARNER)


@pytest.fixture
async def written(chat: Chat, instructor: Person) -> UUID:
    """The instructor's course; its lesson 1.1 is written, 1.2 and 2.1 are planned."""
    from tests.fixtures.course import lesson_draft, outline_draft

    parts = chat.parts
    course_id: UUID = await parts.authoring.create(instructor.id)
    draft = outline_draft("Cells", Membranes=["Lipids", "Proteins"], Transport=["Diffusion"])
    await parts.authoring.plan(instructor.id, course_id, draft, "Planned the course")
    lesson = (await parts.authoring.outline(instructor.id, course_id)).lessons[0]
    await parts.lessons.write(
        instructor.id, course_id, lesson.id, lesson_draft("Lipids", "Membranes"), "Wrote lesson 1.1"
    )
    return course_id
