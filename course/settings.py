"""Every setting of every process, read from the environment in one place."""

import logging
from functools import lru_cache
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from course.errors import Invalid
from course.models.source import SIZE_LIMIT_MB

_SPEECH_KEY = AliasChoices("LECTERN_SPEECH_API_KEY", "OPENAI_API_KEY")
_SPEECH_URL = AliasChoices("LECTERN_SPEECH_BASE_URL", "OPENAI_BASE_URL")
_EMBEDDINGS_KEY = AliasChoices("LECTERN_EMBEDDINGS_API_KEY", "OPENAI_API_KEY")
_EMBEDDINGS_URL = AliasChoices("LECTERN_EMBEDDINGS_BASE_URL", "OPENAI_BASE_URL")


class Settings(BaseSettings):
    """Read from `LECTERN_*` variables; the model keys also from OpenAI's own names.

    Every outside system is an address and a credential: what runs on a laptop differs from
    production in these values and in nothing else.
    """

    model_config = SettingsConfigDict(
        env_prefix="LECTERN_", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    # Postgres. Not `DATABASE_URL`: that name switches on Chainlit's own data layer.
    postgres_url: SecretStr = Field(description="postgresql+asyncpg://USER:PASS@HOST/DB, or ?host=SOCKET_FOLDER")
    # Those over the size are closed after each use and cost a log-in the next time: none, unless asked for.
    postgres_pool_size: int = 10
    postgres_max_overflow: int = 0

    # Cloud Storage.
    storage_bucket: str = "lectern"
    storage_endpoint: str | None = Field(default=None, description="None is Google; else an emulator's address")
    storage_public_endpoint: str | None = Field(default=None, description="where a browser reaches signed URLs")

    # Cloud Tasks.
    tasks_queue: str = Field(
        default="projects/lectern/locations/local/queues/render",
        description="projects/P/locations/L/queues/Q",
    )
    tasks_endpoint: str | None = Field(
        default=None, description="None is Google; else host:port of a plain gRPC server"
    )
    tasks_invoker: str = Field(default="tasks@lectern.local", description="the account whose token a task carries")
    tasks_issuer: str = "https://accounts.google.com"
    tasks_certs_url: str = "https://www.googleapis.com/oauth2/v1/certs"
    render_url: str = Field(
        default="http://127.0.0.1:8012", description="the render service; also the token's audience"
    )
    pictures_url: str | None = Field(
        default=None, description="the render service that draws previews; None is the one that makes the films"
    )
    chat_account: str = Field(
        default="lectern@lectern.local", description="the account the chat runs as, which may ask for pictures"
    )

    # Service-account file (google-auth's own name works too). None: the platform's default credentials.
    google_credentials: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("LECTERN_GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS"),
    )

    # Models: OpenAI or any compatible endpoint, one for each kind of work if need be.
    openai_api_key: SecretStr = Field(default=SecretStr(""), validation_alias="OPENAI_API_KEY")
    openai_base_url: str = Field(default="https://api.openai.com/v1", validation_alias="OPENAI_BASE_URL")
    chat_model: str = "gpt-4o-mini"
    model_timeout_seconds: float = Field(default=120.0, gt=0)
    model_retries: int = Field(default=3, ge=0)
    lessons_at_once: int = Field(default=6, ge=1, description="how many lessons of a course are written at once")
    prices: Path | None = Field(default=None, description="a table of model prices; None is course/prices.toml")
    ask_above_usd: float = Field(default=0.25, ge=0, description="writing that costs more is asked about first")
    speech_api_key: SecretStr = Field(default=SecretStr(""), validation_alias=_SPEECH_KEY)
    speech_base_url: str = Field(default="https://api.openai.com/v1", validation_alias=_SPEECH_URL)
    speech_model: str = "gpt-4o-mini-tts"
    speech_voice: str = "alloy"
    embeddings_api_key: SecretStr = Field(default=SecretStr(""), validation_alias=_EMBEDDINGS_KEY)
    embeddings_base_url: str = Field(default="https://api.openai.com/v1", validation_alias=_EMBEDDINGS_URL)
    embeddings_model: str = "text-embedding-3-small"

    # Qdrant: a server's address, or a folder for the client's embedded mode.
    qdrant_url: str | None = None
    qdrant_api_key: SecretStr | None = None
    qdrant_folder: Path | None = None

    # The chat.
    chat_secret: SecretStr = Field(default=SecretStr(""), description="signs the log-in cookie; 32 bytes or more")
    chat_url: str = "http://127.0.0.1:8010"
    chat_proxies: int = Field(
        default=0, ge=0, description="how many proxies before the chat add to X-Forwarded-For; Cloud Run is one"
    )
    google_sign_in_id: str | None = None
    google_sign_in_secret: SecretStr | None = None
    upload_limit_mb: int = Field(default=SIZE_LIMIT_MB, ge=1)
    demo: bool = Field(default=False, description="show the demo accounts on the log-in page (set by `make up`)")

    # Both processes.
    work_folder: Path | None = Field(
        default=None, description="scratch space: uploads until they are read, renders; None is the system's"
    )

    # The press.
    render_attempts: int = Field(default=5, ge=1)
    render_lease_seconds: float = Field(default=60.0, gt=0)
    render_deadline_seconds: int = Field(default=1800, ge=15, le=1800)

    log_level: str = "INFO"

    @property
    def drawing_url(self) -> str:
        """The press that draws previews; also the audience of a token for it."""
        return self.pictures_url or self.render_url

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, name: str) -> str:
        known = logging.getLevelNamesMapping()
        if name.upper() not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return name.upper()


@lru_cache(maxsize=1)
def settings_from_environment() -> Settings:
    """The process's settings. Only composition roots call this; everything else is handed plain values.

    Raises `Invalid` with a sentence that names every setting that is missing or cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        # Without what was given, and without its traceback: it may be a secret.
        wrong = [f"{_variable(str(one['loc'][0]))} ({one['msg']})" for one in error.errors(include_input=False)]
    raise Invalid(f"These settings are missing or cannot be used: {'; '.join(wrong)}. Set them and start again.")


def _variable(name: str) -> str:
    """The variable of the environment a setting is read from; those with an alias are reported by it."""
    return f"LECTERN_{name.upper()}" if name in Settings.model_fields else name
