"""Settings a process cannot work with: one sentence that names them, no traceback and no secret."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course.database import Database
from course.errors import Invalid
from course.settings import settings_from_environment

_CHECKOUT = Path(__file__).parents[2]
_GOOD = {
    "LECTERN_POSTGRES_URL": "postgresql+asyncpg://lectern:secret-word@127.0.0.1:1/lectern",
    "LECTERN_CHAT_SECRET": "a secret of thirty-two bytes or more",
}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LECTERN_POSTGRES_URL", ""),
        ("LECTERN_RENDER_DEADLINE_SECONDS", "secret-word"),
        ("LECTERN_RENDER_DEADLINE_SECONDS", "5"),
        ("LECTERN_UPLOAD_LIMIT_MB", "0"),
        ("LECTERN_LOG_LEVEL", "secret-word"),
        ("LECTERN_DEMO", "secret-word"),
    ],
)
def test_what_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """The sentence names the variable and says what to do, and never repeats the value."""
    for name, good in (_GOOD | {variable: value}).items():
        monkeypatch.setenv(name, good)
    with pytest.raises(Invalid) as refusal:
        settings_from_environment.__wrapped__()
    assert variable in refusal.value.sentence
    assert refusal.value.sentence.endswith("Set them and start again.")
    assert "secret-word" not in refusal.value.sentence
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize(
    "url", ["secret-word", "postgresql://lectern:secret-word@127.0.0.1/lectern", "://", "x://:y@/"]
)
def test_an_address_of_no_database_is_refused(url: str) -> None:
    """Another driver's address, or none at all, gets a sentence without the password."""
    with pytest.raises(Invalid, match="LECTERN_POSTGRES_URL") as refusal:
        Database(url, application="test")
    assert "secret-word" not in refusal.value.sentence


@pytest.mark.parametrize(
    ("process", "changes", "named"),
    [
        ("chat_app.server:app", {}, "LECTERN_QDRANT_URL"),
        (
            "chat_app.server:app",
            {"LECTERN_QDRANT_URL": "http://127.0.0.1:1", "LECTERN_QDRANT_FOLDER": "unused"},
            "LECTERN_QDRANT_FOLDER",
        ),
        ("render_service.server:app", {"LECTERN_RENDER_ATTEMPTS": "some"}, "LECTERN_RENDER_ATTEMPTS"),
        ("render_service.server:app", {"LECTERN_POSTGRES_URL": "nowhere"}, "LECTERN_POSTGRES_URL"),
    ],
)
def test_a_process_ends_with_the_sentence(tmp_path: Path, process: str, changes: dict[str, str], named: str) -> None:
    """Started as in production, it prints the sentence and no traceback, ends with 1 and leaves nothing behind."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LECTERN_", "OPENAI_"))}
    done = subprocess.run(
        [sys.executable, "-m", "uvicorn", process, "--port", "0"],
        cwd=_CHECKOUT,
        env=kept | _GOOD | {"TMPDIR": str(tmp_path)} | changes,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert named in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr + done.stdout
    assert list(tmp_path.iterdir()) == []
