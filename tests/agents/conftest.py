"""A studio on real Postgres, storage and index, with a model that is scripted, or the built-in author."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials

from agents.model import Model
from agents.studio import Studio
from agents.turn import UseCases
from course.arranging import Arranging
from course.authoring import Authoring
from course.budget import Budgets
from course.coauthors import Coauthors
from course.comparing import Comparing
from course.conversations import Conversations
from course.database import Database
from course.drafts import Drafts
from course.duplicates import Duplicates
from course.embeddings import Embeddings
from course.exports.exports import Exports
from course.history import History
from course.imports.imports import Imports
from course.lessons import Lessons
from course.library import Library
from course.lifecycle import Lifecycle
from course.proposals import Proposals
from course.publishing import Publishing
from course.quality.reports import Quality
from course.quizzes import Quizzes
from course.rendering.requests import RenderRequests
from course.revisions import Revisions
from course.slides import Slides
from course.sources.attached import Sources
from course.sources.changes import SourceChanges
from course.storage import Storage
from course.turns import Turns
from course.usage import Usage
from local_cloud.ports import free_port
from local_cloud.storage import Storage as StorageServer
from tests.agents.scripted_model import ScriptedModel
from tests.fixtures.models import ModelServer


@pytest.fixture
async def scripted() -> AsyncIterator[ScriptedModel]:
    """A model that says what the test tells it to."""
    model = ScriptedModel(free_port())
    await model.start()
    yield model
    await model.stop()


@pytest.fixture
async def library(model_server: ModelServer, tmp_path: Path) -> AsyncIterator[Library]:
    """An empty index, with the real embeddings."""
    embeddings = Embeddings("all-minilm-l6-v2", base_url=model_server.base_url, api_key="local")
    library = Library(embeddings, folder=tmp_path / "qdrant")
    yield library
    await library.close()
    await embeddings.close()


@pytest.fixture
def cases(
    database: Database,
    authoring: Authoring,
    lessons: Lessons,
    revisions: Revisions,
    library: Library,
    storage_server: StorageServer,
    bucket: str,
) -> UseCases:
    """What `course/` offers."""
    storage = Storage(bucket, endpoint=storage_server.endpoint, credentials=AnonymousCredentials())  # type: ignore[no-untyped-call]  # google-auth has no types
    return UseCases(
        conversations=Conversations(database),
        authoring=authoring,
        lessons=lessons,
        slides=Slides(revisions),
        quizzes=Quizzes(revisions),
        arranging=Arranging(revisions),
        revisions=revisions,
        history=History(database),
        comparing=Comparing(database),
        proposals=Proposals(database),
        publishing=Publishing(database),
        sources=Sources(database, storage, library),
        source_changes=SourceChanges(database),
        coauthors=Coauthors(database),
        duplicates=Duplicates(database),
        lifecycle=Lifecycle(database, storage, library),
        renders=RenderRequests(database, speech_model="piper-joe", voice="alloy"),
        quality=Quality(database),
        exports=Exports(database, storage),
        drafts=Drafts(database),
        usage=Usage(database),
        budgets=Budgets(database),
        imports=Imports(database, revisions, storage),
    )


@pytest.fixture
async def turns(database: Database) -> AsyncIterator[Turns]:
    """One turn at a time, without much patience."""
    turns = Turns(database, patience_seconds=0.3)
    yield turns
    await turns.close()


@pytest.fixture
async def new_model(database: Database) -> AsyncIterator[Callable[..., Model]]:
    """Makes the product's model client on an endpoint; closed after the test."""
    made: list[Model] = []

    def make(base_url: str, **settings: Any) -> Model:
        defaults: dict[str, Any] = {"model": "scripted", "api_key": "local", "timeout_seconds": 5, "retries": 0}
        made.append(Model(base_url=base_url, usage=Usage(database), budgets=Budgets(database), **(defaults | settings)))
        return made[-1]

    yield make
    for model in made:
        await model.close()


@pytest.fixture
def studio(scripted: ScriptedModel, new_model: Callable[..., Model], cases: UseCases, turns: Turns) -> Studio:
    """The studio with the scripted model."""
    return Studio(new_model(scripted.base_url), cases, turns)


@pytest.fixture
def built_in(model_server: ModelServer, new_model: Callable[..., Model], cases: UseCases, turns: Turns) -> Studio:
    """The studio with the built-in author."""
    return Studio(new_model(model_server.base_url, timeout_seconds=60), cases, turns)
