"""The folder Chainlit runs in, made afresh by each process from what the repository holds.

Chainlit reads its configuration, wording and page from one folder and writes uploads and translations
into it. Giving it a folder of its own keeps the checkout clean and the image read-only, keeps uploads
private to the process, and lets the page be served without the outside addresses of Chainlit's own.
"""

import fcntl
import json
import os
import re
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from course.errors import Invalid
from course.settings import Settings

SOURCE = Path(__file__).parents[1]
_LANGUAGE = "en-US.json"
_PREFIX = "lectern-chat-"
_LOCK = "in-use"
_held: list[int] = []
"""Locks on the folders of this process; they go with it, however it ends."""
# Fonts and styles fetched from elsewhere: ours are served by us.
_OUTSIDE = re.compile(r"<link\b[^>]*\bhref=\"https?://[^>]*>\s*", re.DOTALL)


def prepare(settings: Settings) -> Path:
    """Makes the folder and points Chainlit at it. Call it before anything imports Chainlit.

    It lies in `settings.work_folder`. Raises `Invalid` when it cannot be made, or log-ins could not be signed.
    """
    secret = settings.chat_secret.get_secret_value()
    if len(secret) < 32:
        raise Invalid("LECTERN_CHAT_SECRET signs the log-ins and must have at least 32 characters. Set it and restart.")
    folder = _new_folder(settings.work_folder or Path(tempfile.gettempdir()))
    _fill(folder)
    os.environ.update(_variables(settings, folder, secret))
    # It would switch on Chainlit's own data layer, were ours not there.
    os.environ.pop("LITERAL_API_KEY", None)
    return folder


def remove(folder: Path) -> None:
    """Takes the folder away with the uploads in it."""
    shutil.rmtree(folder, ignore_errors=True)


def _new_folder(parent: Path) -> Path:
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _sweep(parent)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    except OSError as error:
        raise Invalid(
            f"The chat cannot write to {parent} ({error.strerror}). Set LECTERN_WORK_FOLDER to another folder."
        ) from error
    lock = _locked(folder)
    if lock is not None:
        _held.append(lock)
    return folder


def _sweep(parent: Path) -> None:
    """Removes the folders of processes that were killed: theirs is the lock that nobody holds any more."""
    for folder in parent.glob(f"{_PREFIX}*"):
        if (folder / _LOCK).exists() and (lock := _locked(folder)) is not None:
            remove(folder)
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """A lock on the folder; None while another process has it, or when the folder is not ours to lock."""
    try:
        lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def _fill(folder: Path) -> None:
    package = _chainlit_package()
    (folder / "public").symlink_to(SOURCE / "public", target_is_directory=True)
    # By this name Chainlit finds it without a warning at every look.
    shutil.copy(SOURCE / "chainlit.md", folder / "chainlit_en-US.md")
    translations = folder / ".chainlit" / "translations"
    translations.mkdir(parents=True)
    shutil.copy(SOURCE / ".chainlit" / "config.toml", folder / ".chainlit")
    theirs = json.loads((package / "translations" / _LANGUAGE).read_text("utf-8"))
    ours = json.loads((SOURCE / ".chainlit" / "wording.json").read_text("utf-8"))
    (translations / _LANGUAGE).write_text(json.dumps(_merged(theirs, ours), ensure_ascii=False), "utf-8")
    _build_page(package / "frontend" / "dist", folder / "build")


def _build_page(theirs: Path, build: Path) -> None:
    build.mkdir()
    for entry in theirs.iterdir():
        if entry.name != "index.html":
            (build / entry.name).symlink_to(entry)
    page = (theirs / "index.html").read_text("utf-8")
    (build / "index.html").write_text(_OUTSIDE.sub("", page), "utf-8")


def _variables(settings: Settings, folder: Path, secret: str) -> dict[str, str]:
    variables = {
        "CHAINLIT_APP_ROOT": str(folder),
        "CHAINLIT_AUTH_SECRET": secret,
        "CHAINLIT_URL": settings.chat_url,
        "TRACELOOP_TELEMETRY": "false",
    }
    if settings.google_sign_in_id and settings.google_sign_in_secret:
        variables["OAUTH_GOOGLE_CLIENT_ID"] = settings.google_sign_in_id
        variables["OAUTH_GOOGLE_CLIENT_SECRET"] = settings.google_sign_in_secret.get_secret_value()
    return variables


def _chainlit_package() -> Path:
    """Where Chainlit is installed, found without importing it."""
    spec = find_spec("chainlit")
    if spec is None or not spec.submodule_search_locations:
        raise Invalid("Chainlit is not installed. Install the chat extra: pip install 'lectern[chat]'.")
    return Path(spec.submodule_search_locations[0])


def _merged(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """Theirs with our words in place of theirs, at any depth."""
    merged = dict(theirs)
    for key, value in ours.items():
        merged[key] = _merged(merged.get(key, {}), value) if isinstance(value, dict) else value
    return merged
