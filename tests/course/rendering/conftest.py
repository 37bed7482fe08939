"""A written lesson to render, and the two sides of rendering."""

from uuid import UUID

import pytest

from course.database import Database
from course.lessons import Lessons
from course.outline import load_outline
from course.rendering.jobs import RenderJobs
from course.rendering.requests import RenderRequests
from course.tables import ThreadRow
from tests.course.rendering.records import THREAD, Records
from tests.fixtures.course import lesson_draft


@pytest.fixture
def records(database: Database) -> Records:
    """A look at the tables."""
    return Records(database)


@pytest.fixture
def requests(database: Database) -> RenderRequests:
    """The side of the people."""
    return RenderRequests(database, speech_model="tts-1", voice="alloy")


@pytest.fixture
def jobs(database: Database) -> RenderJobs:
    """The side of the press; it does not rest between attempts."""
    return RenderJobs(database, attempts=3, rest_seconds=0.0)


@pytest.fixture
async def thread(database: Database, ann: UUID) -> str:
    """Ann's conversation."""
    async with database.transaction() as session:
        session.add(ThreadRow(id=THREAD, user_id=ann, name="Cells", details={}))
    return THREAD


@pytest.fixture
async def written(database: Database, lessons: Lessons, ann: UUID, cells: UUID) -> UUID:
    """Ann's course with lesson 1.1 written."""
    async with database.transaction() as session:
        outline = await load_outline(session, cells)
    await lessons.write(ann, cells, outline.lessons[0].id, lesson_draft("Lipids", "Membranes"), "Wrote lesson 1.1")
    return cells


@pytest.fixture
async def job_id(requests: RenderRequests, written: UUID, ann: UUID, thread: str) -> UUID:
    """A queued job for lesson 1.1, with Ann's conversation waiting."""
    return (await requests.request(ann, written, "1.1", thread)).id
