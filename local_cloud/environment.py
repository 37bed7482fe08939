"""What the product's processes are told on one machine, in the variables of `course/settings.py`.

Models: with neither OPENAI_API_KEY nor OPENAI_BASE_URL set, chat, speech and embeddings are all the built-in
server's. With one of them set, chat goes there. Speech and embeddings follow it to OpenAI itself; with another
compatible server they stay on the built-in one, since most of those serve chat only. LECTERN_SPEECH_BASE_URL and
LECTERN_EMBEDDINGS_BASE_URL (with their _API_KEY) settle each by itself.
"""

from collections.abc import Mapping
from pathlib import Path

from local_cloud.addresses import Addresses

_OPENAI = "https://api.openai.com/v1"
# By these names `course/prices.py` knows that they cost nothing.
_AUTHOR = "built-in-author"
_KINDS = {"SPEECH": "piper-joe", "EMBEDDINGS": "all-minilm-l6-v2"}
_LOCAL_KEY = "local"  # the built-in server asks for none, the client insists on one
# They would change what the processes or Chainlit do behind our settings' back.
_UNWANTED = ("DATABASE_URL", "LITERAL_API_KEY", "STORAGE_EMULATOR_HOST", "PYTHONDONTWRITEBYTECODE")


def product_environment(
    own: Mapping[str, str], addresses: Addresses, *, data: Path, postgres_url: str, credentials: Path, chat_secret: str
) -> dict[str, str]:
    """The environment of the chat, the press and the migrations; `own` is the one `make up` was started in."""
    inherited = {name: value for name, value in own.items() if name not in _UNWANTED}
    places = {
        "LECTERN_POSTGRES_URL": postgres_url,
        "LECTERN_STORAGE_ENDPOINT": addresses.url("storage"),
        "LECTERN_TASKS_ENDPOINT": f"127.0.0.1:{addresses.tasks}",
        "LECTERN_TASKS_ISSUER": addresses.url("identity"),
        "LECTERN_TASKS_CERTS_URL": f"{addresses.url('identity')}/oauth2/v1/certs",
        "LECTERN_RENDER_URL": addresses.url("render"),
        "LECTERN_CHAT_URL": addresses.url("chat"),
        "LECTERN_QDRANT_FOLDER": str(data / "qdrant"),
        "LECTERN_WORK_FOLDER": str(data / "work"),
        "LECTERN_CHAT_SECRET": chat_secret,
        "CHAINLIT_AUTH_SECRET": chat_secret,
        "LECTERN_DEMO": "true",
        "GOOGLE_APPLICATION_CREDENTIALS": str(credentials),
        # Google's clients warn at each start about a Python that is supported until 2027.
        "PYTHONWARNINGS": "ignore::FutureWarning",
        "PYTHONUNBUFFERED": "1",
    }
    return inherited | places | model_environment(own, addresses.url("models"))


def model_environment(own: Mapping[str, str], built_in: str) -> dict[str, str]:
    """Who chats, speaks and embeds; see the top of this file. `built_in` is the local server's address."""
    base = own.get("OPENAI_BASE_URL", "").rstrip("/")
    if not _uses_own_model(own):
        chat = {"OPENAI_API_KEY": _LOCAL_KEY, "OPENAI_BASE_URL": f"{built_in}/v1", "LECTERN_CHAT_MODEL": _AUTHOR}
        return chat | _without_own(own, built_in)
    chat = {"OPENAI_API_KEY": own.get("OPENAI_API_KEY") or _LOCAL_KEY, "OPENAI_BASE_URL": base or _OPENAI}
    return chat if chat["OPENAI_BASE_URL"] == _OPENAI else chat | _without_own(own, built_in)


def describe_model(own: Mapping[str, str]) -> str:
    """Who chats, speaks and embeds, in words."""
    if not _uses_own_model(own):
        return "the built-in author; set OPENAI_API_KEY (and OPENAI_BASE_URL) for a real model"
    chosen = model_environment(own, "")
    built_in = [kind.lower() for kind in _KINDS if f"LECTERN_{kind}_BASE_URL" in chosen]
    return chosen["OPENAI_BASE_URL"] + (f"; {' and '.join(built_in)} by the built-in server" if built_in else "")


def _uses_own_model(own: Mapping[str, str]) -> bool:
    return bool(own.get("OPENAI_API_KEY") or own.get("OPENAI_BASE_URL"))


def _without_own(own: Mapping[str, str], built_in: str) -> dict[str, str]:
    """The built-in server for speech and embeddings, where nothing else was set."""
    chosen: dict[str, str] = {}
    for kind, model in _KINDS.items():
        if not own.get(f"LECTERN_{kind}_BASE_URL"):
            chosen |= {f"LECTERN_{kind}_BASE_URL": f"{built_in}/v1", f"LECTERN_{kind}_API_KEY": _LOCAL_KEY}
            chosen |= {f"LECTERN_{kind}_MODEL": model}
    return chosen
