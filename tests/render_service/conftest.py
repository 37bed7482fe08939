"""The voice of the session's model server, and the press on real parts."""

from collections.abc import Iterator, Mapping
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
from render_service.job import Press, PressSettings
from render_service.shelf import FilmShelf
from tests.fixtures.models import ModelServer
from tests.render_service.lessons import order


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


@pytest.fixture
def speech_server(model_server: ModelServer) -> Iterator[SpeechServer]:
    """The session's model server, its voice behaving unless the test tells it otherwise."""
    server = SpeechServer(model_server.url)
    server.misbehave()
    yield server
    server.misbehave()


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
def press(database: Database, object_store: Storage, press_settings: PressSettings) -> Press:
    """The press, on a real database, store and voice."""
    return Press(RenderJobs(database, rest_seconds=0.1), FilmShelf(object_store), press_settings)


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
