"""The parts of this process, made once from the settings: its composition root."""

from dataclasses import dataclass

from agents.model import Model
from agents.studio import Studio
from agents.turn import UseCases
from agents.tutor import Tutor
from chat_app.sign_in import SignIn
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
from course.handwork import Handwork
from course.history import History
from course.imports.imports import Imports
from course.learning import Learning
from course.lessons import Lessons
from course.library import Indexer, Library
from course.lifecycle import Lifecycle
from course.notices import Notices
from course.people import People
from course.press import Press
from course.previews import Previews
from course.prices import Prices
from course.proposals import Proposals
from course.publishing import Publishing
from course.quality.reports import Quality
from course.quizzes import Quizzes
from course.render_queue import RenderQueue
from course.rendering.desk import Desk
from course.rendering.outbox import Outbox
from course.rendering.picture_shelf import PictureShelf
from course.rendering.requests import RenderRequests
from course.revisions import Revisions
from course.settings import Settings
from course.slides import Slides
from course.sources.attached import Sources
from course.sources.changes import SourceChanges
from course.storage import Storage
from course.turns import Turns
from course.usage import Usage


@dataclass(frozen=True)
class Parts:
    """What this process is made of."""

    settings: Settings
    database: Database
    storage: Storage
    people: People
    sign_in: SignIn
    revisions: Revisions
    history: History
    comparing: Comparing
    proposals: Proposals
    authoring: Authoring
    lessons: Lessons
    handwork: Handwork
    publishing: Publishing
    conversations: Conversations
    renders: RenderRequests
    press: Press
    previews: Previews
    quality: Quality
    exports: Exports
    drafts: Drafts
    usage: Usage
    budgets: Budgets
    notices: Notices
    sources: Sources
    source_changes: SourceChanges
    coauthors: Coauthors
    duplicates: Duplicates
    lifecycle: Lifecycle
    learning: Learning
    library: Library
    embeddings: Embeddings
    queue: RenderQueue
    outbox: Outbox
    indexer: Indexer
    desk: Desk
    model: Model
    turns: Turns
    studio: Studio
    tutor: Tutor

    async def close(self) -> None:
        """Gives back every connection."""
        await self.model.close()
        await self.turns.close()
        await self.queue.close()
        await self.press.close()
        await self.library.close()
        await self.embeddings.close()
        self.storage.close()
        await self.database.close()


def build(settings: Settings) -> Parts:
    """Makes every part. Connects to nothing: each part does so when first used, and again when it must."""
    database = Database(
        settings.postgres_url.get_secret_value(),
        application="lectern-chat",
        pool_size=settings.postgres_pool_size,
        max_overflow=settings.postgres_max_overflow,
    )
    storage = Storage(
        settings.storage_bucket,
        endpoint=settings.storage_endpoint,
        public_endpoint=settings.storage_public_endpoint,
        credentials=settings.google_credentials,
    )
    prices = Prices.read(settings.prices)
    usage, budgets = Usage(database, prices), Budgets(database, prices)
    embeddings = _embeddings(settings)
    library = _library(settings, embeddings, usage)
    queue = _queue(settings)
    press = Press(settings.drawing_url, credentials=settings.google_credentials)
    previews = Previews(database, PictureShelf(storage), press)
    revisions = Revisions(database)
    people = People(database)
    cases = UseCases(
        conversations=Conversations(database),
        authoring=Authoring(database, revisions),
        lessons=Lessons(revisions),
        slides=Slides(revisions),
        quizzes=Quizzes(revisions),
        arranging=Arranging(revisions),
        revisions=revisions,
        history=History(database),
        comparing=Comparing(database),
        proposals=Proposals(database),
        publishing=Publishing(database),
        sources=Sources(database, storage, library, limit_mb=settings.upload_limit_mb),
        source_changes=SourceChanges(database),
        coauthors=Coauthors(database),
        duplicates=Duplicates(database),
        lifecycle=Lifecycle(database, storage, library),
        renders=RenderRequests(
            database, speech_model=settings.speech_model, voice=settings.speech_voice, prices=prices
        ),
        quality=Quality(database, previews),
        exports=Exports(database, storage, previews.pictures),
        drafts=Drafts(database),
        usage=usage,
        budgets=budgets,
        imports=Imports(database, revisions, storage),
    )
    learning = Learning(database, library)
    model = _model(settings, usage, budgets)
    turns = Turns(database)
    return Parts(
        settings=settings,
        database=database,
        storage=storage,
        people=people,
        sign_in=SignIn(people),
        revisions=revisions,
        history=cases.history,
        comparing=cases.comparing,
        proposals=cases.proposals,
        authoring=cases.authoring,
        lessons=cases.lessons,
        handwork=Handwork(database, revisions),
        publishing=cases.publishing,
        conversations=cases.conversations,
        renders=cases.renders,
        press=press,
        previews=previews,
        quality=cases.quality,
        exports=cases.exports,
        drafts=cases.drafts,
        usage=usage,
        budgets=budgets,
        notices=Notices(database),
        sources=cases.sources,
        source_changes=cases.source_changes,
        coauthors=cases.coauthors,
        duplicates=cases.duplicates,
        lifecycle=cases.lifecycle,
        learning=learning,
        library=library,
        embeddings=embeddings,
        queue=queue,
        outbox=Outbox(database, queue),
        indexer=Indexer(database, library, prices=prices),
        desk=Desk(database),
        model=model,
        turns=turns,
        studio=Studio(
            model,
            cases,
            turns,
            lessons_at_once=settings.lessons_at_once,
            ask_above_usd=settings.ask_above_usd,
            upload_limit_mb=settings.upload_limit_mb,
        ),
        tutor=Tutor(model, cases.conversations, learning, turns),
    )


def _model(settings: Settings, usage: Usage, budgets: Budgets) -> Model:
    return Model(
        model=settings.chat_model,
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key.get_secret_value(),
        timeout_seconds=settings.model_timeout_seconds,
        retries=settings.model_retries,
        usage=usage,
        budgets=budgets,
    )


def _embeddings(settings: Settings) -> Embeddings:
    return Embeddings(
        settings.embeddings_model,
        base_url=settings.embeddings_base_url,
        api_key=settings.embeddings_api_key.get_secret_value(),
        retries=settings.model_retries,
    )


def _library(settings: Settings, embeddings: Embeddings, usage: Usage) -> Library:
    key = settings.qdrant_api_key
    return Library(
        embeddings,
        url=settings.qdrant_url,
        api_key=key.get_secret_value() if key else None,
        folder=settings.qdrant_folder,
        usage=usage,
    )


def _queue(settings: Settings) -> RenderQueue:
    return RenderQueue(
        settings.tasks_queue,
        render_url=settings.render_url,
        invoker=settings.tasks_invoker,
        endpoint=settings.tasks_endpoint,
        credentials=settings.google_credentials,
        deadline_seconds=settings.render_deadline_seconds,
    )


_current: list[Parts] = []


def use(made: Parts) -> None:
    """Makes these the parts of the process. Chainlit's hooks take no arguments: they ask for `parts()`."""
    _current[:] = [made]


def parts() -> Parts:
    """The parts of this process."""
    return _current[0]
