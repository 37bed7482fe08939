"""A real speech server for the session, and the press on real parts."""

import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select

from course.database import Database
from course.models.rendering import RenderOrder
from course.rendering.jobs import RenderJobs
from course.rendering.orders import order_key
from course.storage import Storage
from course.tables import RenderJobRow
from local_cloud.child import start_child, stop_child
from local_cloud.identity.authority import Authority
from local_cloud.ports import free_port
from local_cloud.storage import Storage as StorageServer
from render_service.job import Press, PressSettings
from render_service.shelf import FilmShelf
from tests.render_service.lessons import order

_CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class SpeechServer:
    """The OpenAI-compatible server, and what it is told to do wrong."""

    url: str

    def misbehave(self, *rules: Mapping[str, object]) -> None:
        """Replaces the rules of misbehaviour; without any, it behaves."""
        faults = [{"path": "audio/speech", **rule} for rule in rules]
        httpx.put(f"{self.url}/faults", json={"rules": faults}).raise_for_status()

    def requests(self) -> int:
        """How many speeches were asked for since the server started."""
        by_path = httpx.get(f"{self.url}/stats").json()["paths"]
        return sum(int(sums["count"]) for path, sums in by_path.items() if "speech" in path)


@pytest.fixture(scope="session")
def speech_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpeechServer]:
    """The session's server, a process of its own."""
    folder, port = tmp_path_factory.mktemp("speech"), free_port()
    command = [sys.executable, "-m", "local_cloud.openai_api", "--port", str(port), "--data", str(folder)]
    child = start_child(command, log=folder / "speech.log", env=os.environ | {"PYTHONPATH": str(_CHECKOUT)})
    server = SpeechServer(f"http://127.0.0.1:{port}")
    try:
        _wait_for(server, folder / "speech.log")
        yield server
    finally:
        stop_child(child, ask=signal.SIGTERM)


@pytest.fixture
def speech_server(speech_process: SpeechServer) -> Iterator[SpeechServer]:
    """The server, behaving unless the test tells it otherwise."""
    speech_process.misbehave()
    yield speech_process
    speech_process.misbehave()


def _wait_for(server: SpeechServer, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{server.url}/healthz").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.fixture
async def storage(storage_server: StorageServer, bucket: str, identity: Authority) -> AsyncIterator[Storage]:
    """The product's own storage object on this test's bucket."""
    storage = Storage(bucket, endpoint=storage_server.endpoint, credentials=Path(identity.credentials))
    yield storage
    storage.close()


@pytest.fixture
def press_settings(speech_server: SpeechServer, tmp_path: Path) -> PressSettings:
    """A press that uses the real speech server and a scratch folder of this test's own."""
    return PressSettings(
        speech_base_url=f"{speech_server.url}/v1",
        speech_api_key="any",
        lease_seconds=10.0,
        deadline_seconds=120.0,
        work_folder=tmp_path,
        log_level="INFO",
    )


@pytest.fixture
def press(database: Database, storage: Storage, press_settings: PressSettings) -> Press:
    """The press, on a real database, store and voice."""
    return Press(RenderJobs(database, rest_seconds=0.1), FilmShelf(storage), press_settings)


@dataclass(frozen=True)
class Desk:
    """Puts jobs into the database and looks at them."""

    database: Database
    course: UUID
    person: UUID

    async def put(self, wanted: RenderOrder | None = None) -> UUID:
        """A queued job; without an order, a very short lesson's."""
        wanted = wanted or short_order()
        row = RenderJobRow(
            id=uuid4(),
            course_id=self.course,
            lesson_id=uuid4(),
            course_revision=1,
            key=order_key(wanted),
            order=wanted.model_dump(mode="json"),
            state="queued",
            stage="waiting",
            requested_by=self.person,
            queued_at=func.now(),
        )
        async with self.database.transaction() as session:
            session.add(row)
        return row.id

    async def look(self, job_id: UUID) -> RenderJobRow:
        """The job's row as it is now."""
        async with self.database.transaction() as session:
            return (await session.scalars(select(RenderJobRow).where(RenderJobRow.id == job_id))).one()


@pytest.fixture
def desk(database: Database, cells: UUID, ann: UUID) -> Desk:
    """Jobs of Ann's course."""
    return Desk(database, cells, ann)


def short_order(*narrations: str) -> RenderOrder:
    """Two slides, or one for each narration."""
    return order(
        [
            {
                "title": f"Slide {number}",
                "body": {"layout": "statement", "text": text[:200].strip() or "…"},
                "narration": text,
            }
            for number, text in enumerate(narrations or ("Cells are small.", "They divide."), start=1)
        ]
    )
