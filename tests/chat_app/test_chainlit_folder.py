"""The folder Chainlit runs in: made from the repository, gone with its process, however that ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from chat_app import chainlit_folder
from course.errors import Invalid
from course.settings import Settings

_HOLD = """
import sys, time
from pydantic import SecretStr
from chat_app import chainlit_folder
from course.settings import Settings
secret = SecretStr("a secret of thirty-two bytes or more")
print(chainlit_folder.prepare(Settings(postgres_url=SecretStr("unused"), chat_secret=secret)), flush=True)
from chainlit.config import FILES_DIRECTORY
print(FILES_DIRECTORY, flush=True)
time.sleep(60)
"""


def _process(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    environment = os.environ | {"LECTERN_WORK_FOLDER": str(folder), "PYTHONPATH": str(chainlit_folder.SOURCE)}
    process = subprocess.Popen([sys.executable, "-c", _HOLD], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_a_killed_process_leaves_nothing_for_long_and_a_living_one_keeps_its_own(tmp_path: Path) -> None:
    """The next start removes the folder of a process that was killed, and no other."""
    work = tmp_path / "work"
    killed, left = _process(work)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert left.exists()
    living, kept = _process(work)
    starting, own = _process(work)
    try:
        assert (left.exists(), kept.exists(), own.exists()) == (False, True, True)
        assert [folder.parent for folder in (left, kept, own)] == [work] * 3
        assert starting.stdout is not None
        assert Path(starting.stdout.readline().strip()).is_relative_to(own)
        page = (own / "build" / "index.html").read_text("utf-8")
        assert "https://" not in page
        assert (own / "public" / "lectern.css").is_file()
    finally:
        for process in (living, starting):
            process.kill()
            process.wait()


def test_no_chat_starts_with_a_secret_anyone_could_guess() -> None:
    """An empty or short secret gets a sentence, before anything is made."""
    with pytest.raises(Invalid, match="LECTERN_CHAT_SECRET"):
        chainlit_folder.prepare(Settings(postgres_url=SecretStr("unused"), chat_secret=SecretStr("short")))


def test_a_work_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file in its place gets a sentence with the setting's name."""
    taken = tmp_path / "taken"
    taken.write_text("")
    secret = SecretStr("a secret of thirty-two bytes or more")
    with pytest.raises(Invalid, match="LECTERN_WORK_FOLDER"):
        chainlit_folder.prepare(Settings(postgres_url=SecretStr("unused"), chat_secret=secret, work_folder=taken))
