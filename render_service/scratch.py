"""Folders a film is made in: gone with the film, and swept up after a process that was killed."""

import shutil
import tempfile
import time
from pathlib import Path

from course.errors import Unavailable

_PREFIX = "lectern-render-"


def scratch_folder(parent: Path | None) -> "tempfile.TemporaryDirectory[str]":
    """A new folder, removed when its context ends; `parent` None is the system's. Raises `Unavailable`."""
    try:
        if parent is not None:
            parent.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=_PREFIX, dir=parent, ignore_cleanup_errors=True)
    except OSError as error:
        raise Unavailable(
            "The render service cannot write its files. Ask your operator; the video will be tried again."
        ) from error


def sweep(parent: Path | None, older_than_seconds: float) -> int:
    """Removes folders left behind so long ago that nobody can be using them; returns how many."""
    folders = list((parent or Path(tempfile.gettempdir())).glob(f"{_PREFIX}*"))
    left = [folder for folder in folders if time.time() - folder.stat().st_mtime > older_than_seconds]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)
