"""Folders films are made in."""

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from course.errors import Unavailable
from render_service.scratch import scratch_folder, sweep


def test_a_folder_goes_with_its_film(tmp_path: Path) -> None:
    """Whatever was written, and whatever went wrong."""
    with suppress(RuntimeError), scratch_folder(tmp_path) as folder:
        (Path(folder) / "video.mp4").write_bytes(b"x")
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_what_a_killed_process_left_is_swept_up(tmp_path: Path) -> None:
    """Old ones only: another process may be at work; and nobody else's files."""
    for name, age in [("lectern-render-old", 7200), ("lectern-render-new", 10), ("other", 7200)]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_bytes(b"x")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    assert sweep(tmp_path, 3600) == 1
    assert {folder.name for folder in tmp_path.iterdir()} == {"lectern-render-new", "other"}


def test_the_work_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    """A setting may name a folder of a fresh machine."""
    with scratch_folder(tmp_path / "not" / "yet") as folder:
        assert Path(folder).is_dir()


def test_nowhere_to_write_is_named(tmp_path: Path) -> None:
    """The operator is told, and the job can be tried again."""
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot write"):
        scratch_folder(tmp_path / "file")
