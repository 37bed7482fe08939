"""The data folder: one run at a time, private, and every trouble with it a sentence."""

import os
import shutil
import stat
from pathlib import Path
from typing import NamedTuple

import pytest

from local_cloud.errors import CannotStart
from local_cloud.folder import DataFolder


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_accounts_and_secrets_are_kept_and_private(tmp_path: Path) -> None:
    """Made at random once, the same at the next start, readable by their owner only."""
    first = DataFolder(tmp_path / "data")
    accounts, secret = first.accounts(), first.secret("chat-secret")
    assert list(accounts) == ["instructor@lectern.local", "learner@lectern.local", "operator@lectern.local"]
    assert len(set(accounts.values())) == 3
    assert len(secret) >= 32
    os.close(first._lock)
    second = DataFolder(tmp_path / "data")
    assert (second.accounts(), second.secret("chat-secret")) == (accounts, secret)
    for file in (second.accounts_file, tmp_path / "data" / "chat-secret"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert DataFolder(tmp_path / "other").accounts() != accounts


def test_a_second_run_on_the_folder_is_refused(tmp_path: Path) -> None:
    """The sentence names the process that runs on it and how to have two."""
    first = DataFolder(tmp_path)
    with pytest.raises(CannotStart, match=rf"already runs on .*\(process {os.getpid()}\).*LECTERN_DATA"):
        DataFolder(tmp_path)
    os.close(first._lock)
    DataFolder(tmp_path)


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    """A file in the way is told with what to set."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match=r"cannot write to .*file.* \(.*\); set LECTERN_DATA"):
        DataFolder(tmp_path / "file" / "data")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_someone_else_is_refused(tmp_path: Path) -> None:
    """Without the right to write, nothing is started."""
    (tmp_path / "data").mkdir(mode=0o500)
    with pytest.raises(CannotStart, match="Permission denied"):
        DataFolder(tmp_path / "data")


def test_a_full_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little room is told in megabytes, before anything is written there."""
    # The one thing a test cannot have for real: a disk that is full.
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(10**12, 10**12, 123 * 1024**2))
    with pytest.raises(CannotStart, match=r"^Only 123 MB are free .* needs 500"):
        DataFolder(tmp_path)


def test_large_logs_are_set_aside(tmp_path: Path) -> None:
    """A log over the limit starts afresh with the next run; one older file is kept."""
    folder = DataFolder(tmp_path)
    folder.turn_logs()
    folder.log("chat").write_bytes(b"x" * (6 * 1024 * 1024))
    folder.log("render").write_text("small")
    folder.turn_logs()
    assert not folder.log("chat").exists()
    assert (tmp_path / "logs" / "chat.log.1").stat().st_size == 6 * 1024 * 1024
    assert folder.log("render").read_text() == "small"
