"""The real parts an edit goes through: Postgres, the model server, the object store, and the studio over them."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from agents.events import Failed, Reply, ToolEnded
from agents.studio import Studio
from benchmarks.edits import material
from benchmarks.edits.snapshot import Words
from chat_app.wiring import Parts, build
from course.database import Database
from course.settings import Settings
from course.tables import UserRow
from local_cloud.child import start_child, stop_child
from local_cloud.identity.authority import Authority
from local_cloud.ports import free_port
from local_cloud.postgres import Postgres
from local_cloud.storage import Storage

_CHECKOUT = Path(__file__).parents[2]
_NOT_WORDS = ("number", "revision", "published_revision")


@dataclass(frozen=True)
class Said:
    """A turn: what was answered, what the tools said, and how long it took."""

    reply: str
    tools: list[str]
    seconds: float


class House:
    """One teacher in the studio."""

    def __init__(self, parts: Parts, teacher: UUID, models: str | None) -> None:
        """`models` is the address of the built-in model server; None for a model of one's own."""
        self._models = models
        self.parts = parts
        self.teacher = teacher
        self.studio: Studio = parts.studio

    async def course(self, lessons: int, *, documented: bool = False) -> UUID:
        """A written course of that many lessons."""
        course_id = await self.parts.authoring.create(self.teacher)
        if documented:
            text = material.document(lessons).encode()
            await self.parts.sources.attach(self.teacher, course_id, "living-things.md", text)
        await self.parts.authoring.plan(self.teacher, course_id, material.outline(lessons), "Planned")
        for place, line in enumerate((await self.parts.authoring.outline(self.teacher, course_id)).lessons):
            draft = material.lesson(place)
            await self.parts.lessons.write(self.teacher, course_id, line.id, draft, f"Wrote {line.number}")
        return course_id

    async def conversation(self, course_id: UUID) -> str:
        """A new conversation about a course."""
        thread = f"edits-{uuid4()}"
        await self.parts.conversations.open(self.teacher, thread, "studio")
        await self.parts.conversations.set_course(self.teacher, thread, course_id)
        return thread

    async def say(self, thread: str, words: str) -> Said:
        """One whole turn."""
        reply, tools, start = "", [], time.perf_counter()
        async for event in self.studio.turn(self.teacher, thread, words):
            if isinstance(event, Reply):
                reply = event.text
            elif isinstance(event, Failed):
                reply = event.sentence
            elif isinstance(event, ToolEnded):
                tools.append(event.result)
        return Said(reply, tools, time.perf_counter() - start)

    def served(self, words: str) -> float:
        """The seconds the built-in model server itself worked on those words; of another model that is not known: 0."""
        if self._models is None:
            return 0.0
        with urllib.request.urlopen(f"{self._models}/stats?newest=50", timeout=30) as answer:  # noqa: S310  # our own server
            requests = json.load(answer)["requests"]
        return float(sum(one["own"] for one in requests if one["about"] == words))

    async def snapshot(self, course_id: UUID) -> Words:
        """All a course says, with the identities of its parts, without numbers that follow from order."""
        whole = (await self.parts.authoring.course(self.teacher, course_id)).model_dump(mode="json")
        found = _bare(whole)
        return found if isinstance(found, dict) else {}


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key not in _NOT_WORDS}
    return [_bare(one) for one in value] if isinstance(value, list) else value


@asynccontextmanager
async def open_house(folder: Path, *, own_model: bool) -> AsyncIterator[House]:
    """Everything started on a folder, ended with it. `own_model` is the one the environment points at."""
    with _servers(folder) as (postgres_url, storage_url, models_url):
        settings = _settings(folder, postgres_url, storage_url, models_url, own_model=own_model)
        parts = build(settings)
        try:
            teacher = await _teacher(parts.database)
            yield House(parts, teacher, None if own_model else models_url)
        finally:
            await parts.close()


async def _teacher(database: Database) -> UUID:
    async with database.transaction() as session:
        row = UserRow(id=uuid4(), email="teacher@edits.test", name="Teacher", role="instructor")
        session.add(row)
    return row.id


def _settings(folder: Path, postgres: str, storage: str, models: str, *, own_model: bool) -> Settings:
    built_in = {"OPENAI_BASE_URL": f"{models}/v1", "OPENAI_API_KEY": "local", "LECTERN_CHAT_MODEL": "built-in-author"}
    places = {
        "LECTERN_POSTGRES_URL": postgres,
        "LECTERN_STORAGE_ENDPOINT": storage,
        "LECTERN_QDRANT_FOLDER": str(folder / "qdrant"),
        "LECTERN_EMBEDDINGS_BASE_URL": f"{models}/v1",
        "LECTERN_EMBEDDINGS_API_KEY": "local",
        "LECTERN_EMBEDDINGS_MODEL": "all-minilm-l6-v2",
        "LECTERN_CHAT_SECRET": "x" * 40,
        "GOOGLE_APPLICATION_CREDENTIALS": str(Authority(folder / "identity", models).credentials),
    }
    os.environ.update(places if own_model else places | built_in)
    return Settings()


@contextmanager
def _servers(folder: Path) -> Iterator[tuple[str, str, str]]:
    postgres = Postgres(folder / "postgres")
    postgres.start(folder / "postgres.log")
    storage, port = Storage(folder / "storage", free_port()), free_port()
    storage.start(folder / "storage.log")
    command = [sys.executable, "-m", "local_cloud.openai_api", "--port", str(port), "--data", str(folder / "models")]
    models = start_child(command, log=folder / "models.log", env=os.environ | {"PYTHONPATH": str(_CHECKOUT)})
    try:
        postgres.ensure_database()
        environment = os.environ | {"LECTERN_POSTGRES_URL": postgres.url()}
        subprocess.run([sys.executable, "-m", "migrations"], cwd=_CHECKOUT, env=environment, check=True)
        storage.ensure_bucket()
        _wait(f"http://127.0.0.1:{port}/healthz")
        yield postgres.url(), storage.endpoint, f"http://127.0.0.1:{port}"
    finally:
        stop_child(models)
        storage.stop()
        postgres.stop()


def _wait(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  # our own server
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
