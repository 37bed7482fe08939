"""The parts of this process, made once from the settings: its composition root."""

from dataclasses import dataclass

from course.database import Database
from course.prices import Prices
from course.rendering.jobs import RenderJobs
from course.rendering.picture_shelf import PictureShelf
from course.settings import Settings
from course.storage import Storage
from render_service.auth import CallerAuthority
from render_service.job import Press, PressSettings
from render_service.pictures import Pictures
from render_service.shelf import FilmShelf


@dataclass(frozen=True)
class Parts:
    """What this process is made of."""

    database: Database
    storage: Storage
    queue: CallerAuthority
    chat: CallerAuthority
    press: Press
    pictures: Pictures

    @classmethod
    def build(cls, settings: Settings) -> "Parts":
        """Connects nothing yet: each part does when it is first used."""
        database = Database(
            settings.postgres_url.get_secret_value(), application="render_service", pool_size=2, max_overflow=2
        )
        storage = Storage(
            settings.storage_bucket, endpoint=settings.storage_endpoint, credentials=settings.google_credentials
        )
        jobs = RenderJobs(database, attempts=settings.render_attempts, prices=Prices.read(settings.prices))
        return cls(
            database,
            storage,
            _authority(settings, audience=settings.render_url, caller=settings.tasks_invoker),
            _authority(settings, audience=settings.drawing_url, caller=settings.chat_account),
            Press(jobs, FilmShelf(storage), _press_settings(settings)),
            Pictures(PictureShelf(storage)),
        )

    async def close(self) -> None:
        """Gives everything back."""
        await self.press.stop()
        self.pictures.stop()
        self.storage.close()
        await self.database.close()


def _authority(settings: Settings, *, audience: str, caller: str) -> CallerAuthority:
    return CallerAuthority(
        audience=audience, issuer=settings.tasks_issuer, caller=caller, certs_url=settings.tasks_certs_url
    )


def _press_settings(settings: Settings) -> PressSettings:
    return PressSettings(
        speech_base_url=settings.speech_base_url,
        speech_api_key=settings.speech_api_key.get_secret_value(),
        lease_seconds=settings.render_lease_seconds,
        deadline_seconds=settings.render_deadline_seconds,
        work_folder=settings.work_folder,
        log_level=settings.log_level,
    )
