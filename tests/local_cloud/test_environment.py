"""Whose model does what, as `make up` settles it, read back through the product's own settings."""

from pathlib import Path

import pytest

from course.settings import Settings
from local_cloud.addresses import Addresses
from local_cloud.environment import describe_model, product_environment

OPENAI = "https://api.openai.com/v1"
BUILT_IN = "http://127.0.0.1:8016/v1"


def settings_of(monkeypatch: pytest.MonkeyPatch, own: dict[str, str]) -> Settings:
    """What a product process reads when `make up` was started with `own`."""
    environment = product_environment(
        own,
        Addresses.read({}),
        data=Path("/data"),
        postgres_url="postgresql+asyncpg://postgres@/lectern?host=/data",
        credentials=Path("/data/service-account.json"),
        chat_secret="s" * 40,
    )
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LECTERN_SPEECH_BASE_URL", "LECTERN_EMBEDDINGS_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings()


@pytest.mark.parametrize(
    ("own", "chat", "speech", "embeddings"),
    [
        ({}, BUILT_IN, BUILT_IN, BUILT_IN),
        ({"OPENAI_API_KEY": "key"}, OPENAI, OPENAI, OPENAI),
        ({"OPENAI_API_KEY": "key", "OPENAI_BASE_URL": OPENAI + "/"}, OPENAI, OPENAI, OPENAI),
        ({"OPENAI_API_KEY": "key", "OPENAI_BASE_URL": "http://other/v1"}, "http://other/v1", BUILT_IN, BUILT_IN),
        ({"OPENAI_BASE_URL": "http://other/v1"}, "http://other/v1", BUILT_IN, BUILT_IN),
        (
            {"OPENAI_BASE_URL": "http://other/v1", "LECTERN_SPEECH_BASE_URL": "http://voice/v1"},
            "http://other/v1",
            "http://voice/v1",
            BUILT_IN,
        ),
        ({"LECTERN_EMBEDDINGS_BASE_URL": "http://vectors/v1"}, BUILT_IN, BUILT_IN, "http://vectors/v1"),
    ],
)
def test_who_chats_speaks_and_embeds(
    monkeypatch: pytest.MonkeyPatch, own: dict[str, str], chat: str, speech: str, embeddings: str
) -> None:
    """The table at the top of `environment.py`, through the settings the product reads."""
    settings = settings_of(monkeypatch, own)
    assert (settings.openai_base_url, settings.speech_base_url, settings.embeddings_base_url) == (
        chat,
        speech,
        embeddings,
    )
    free = {"built-in-author", "piper-joe", "all-minilm-l6-v2"}
    used = {chat: settings.chat_model, speech: settings.speech_model, embeddings: settings.embeddings_model}
    assert (used.get(BUILT_IN) in free) == (BUILT_IN in used)
    assert settings.openai_api_key.get_secret_value() == own.get("OPENAI_API_KEY", "local")


def test_a_key_for_another_server_is_not_sent_to_the_built_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speech and embeddings on the built-in server get its own key, not the person's."""
    settings = settings_of(monkeypatch, {"OPENAI_API_KEY": "theirs", "OPENAI_BASE_URL": "http://other/v1"})
    assert settings.speech_api_key.get_secret_value() == "local"
    assert settings.embeddings_api_key.get_secret_value() == "local"


def test_the_queue_is_told_what_the_press_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Issuer, certificates and audience are this machine's, and no stray variable turns on another layer."""
    settings = settings_of(monkeypatch, {"DATABASE_URL": "postgresql://elsewhere"})
    assert settings.tasks_issuer == "http://127.0.0.1:8015"
    assert settings.tasks_certs_url == "http://127.0.0.1:8015/oauth2/v1/certs"
    assert settings.render_url == "http://127.0.0.1:8012"
    assert settings.google_credentials == Path("/data/service-account.json")


def test_the_person_is_told_which_model_works() -> None:
    """The line `make up` prints names the built-in author, or the person's server and what stays built in."""
    assert describe_model({}).startswith("the built-in author")
    assert describe_model({"OPENAI_API_KEY": "key"}) == OPENAI
    other = describe_model({"OPENAI_BASE_URL": "http://other/v1"})
    assert other == "http://other/v1; speech and embeddings by the built-in server"
