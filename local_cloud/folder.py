"""The data folder of `make up`: where everything is kept, held by one run at a time."""

import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path

from local_cloud.errors import CannotStart
from local_cloud.identity.keys import write_private

NEEDED_MB = 500
_LOG_LIMIT = 5 * 1024 * 1024
_ROLES = ("instructor", "learner", "operator")
# Letters and digits that nobody mistakes for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class DataFolder:
    """Opening one checks it and takes it; `CannotStart` says what is wrong."""

    def __init__(self, path: Path) -> None:
        """Makes the folder when it is missing; its owner alone can look into it."""
        self.path = path
        self._make()
        self._lock = self._take()
        self._check_space()

    def log(self, name: str) -> Path:
        """Where a part's output goes."""
        return self.path / "logs" / f"{name}.log"

    def turn_logs(self) -> None:
        """Set aside logs that have grown large; one older file of each is kept."""
        self.log("any").parent.mkdir(exist_ok=True)
        for log in self.log("any").parent.glob("*.log"):
            if log.stat().st_size > _LOG_LIMIT:
                log.replace(log.with_suffix(".log.1"))

    def secret(self, name: str) -> str:
        """Random text, made at the first start and kept."""
        file = self.path / name
        if not file.exists():
            write_private(file, secrets.token_urlsafe(48))
        return file.read_text()

    @property
    def accounts_file(self) -> Path:
        """The demo accounts, e-mail to password, as JSON."""
        return self.path / "accounts.json"

    def accounts(self) -> dict[str, str]:
        """The demo accounts with passwords made at the first start."""
        if not self.accounts_file.exists():
            made = {f"{role}@lectern.local": _password() for role in _ROLES}
            write_private(self.accounts_file, json.dumps(made, indent=2))
        found: dict[str, str] = json.loads(self.accounts_file.read_text())
        return found

    def _make(self) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.path / f".probe-{os.getpid()}"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            raise CannotStart(
                f"Lectern cannot write to {self.path} ({error.strerror}); set LECTERN_DATA to a folder of yours."
            ) from error

    def _take(self) -> int:
        """The lock goes with the process, however it ends."""
        handle = os.open(self.path / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(handle, 20).decode() or "unknown"
            os.close(handle)
            raise CannotStart(
                f"Lectern already runs on {self.path} (process {holder}); stop it first, or set LECTERN_DATA "
                "and LECTERN_PORT for a second one."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        return handle

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.path).free // 1024**2
        if free < NEEDED_MB:
            raise CannotStart(
                f"Only {free} MB are free where {self.path} is, and Lectern needs {NEEDED_MB}; "
                "make room, or set LECTERN_DATA to a folder on another disk."
            )


def _password() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
