"""The whole product, started the way a person starts it, on a folder and ports of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

CHECKOUT = Path(__file__).parents[1]
_STEPS = 7


def free_row() -> int:
    """The first of seven free ports in a row."""
    # Processes that look at the same moment look at different rows.
    for base in range(22_000 + os.getpid() % 1_000 * _STEPS, 32_000, _STEPS):
        if all(_is_free(base + step) for step in range(_STEPS)):
            return base
    raise RuntimeError("no seven free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@dataclass
class Product:
    """`python -m local_cloud up` on `folder`. Starting it twice on one folder finds everything again."""

    folder: Path
    port: int = field(default_factory=free_row)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def models(self) -> str:
        """Where the model server is."""
        return f"http://127.0.0.1:{self.port + 6}"

    @property
    def accounts(self) -> dict[str, str]:
        """Passwords by role."""
        accounts = json.loads((self.folder / "accounts.json").read_text())
        return {email.partition("@")[0]: password for email, password in accounts.items()}

    def start(self) -> None:
        """Returns when the product says it is ready."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("LECTERN_", "OPENAI_"))
        }
        environment |= {"LECTERN_DATA": str(self.folder), "LECTERN_PORT": str(self.port)}
        output = self.folder.parent / "up.log"
        with output.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "local_cloud", "up"],
                cwd=CHECKOUT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + 90
        while "instructor@" not in output.read_text():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The product did not start:\n{output.read_text()}")
            time.sleep(0.1)

    @contextmanager
    def running(self) -> Iterator["Product"]:
        """Started now, stopped at the end."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def memory_mib(self) -> dict[str, float]:
        """Proportional memory (PSS) of every process, by its command."""
        pids = [self._pid, *_descendants(self._pid)]
        return {f"{pid} {_command(pid)}": psutil.Process(pid).memory_full_info().pss / 2**20 for pid in pids}

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)

    def kill(self) -> None:
        """As a power cut does: every process at once, none asked."""
        for child in [*_descendants(self._pid), self._pid]:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        if self.process is not None:
            self.process.wait(10)

    @property
    def _pid(self) -> int:
        if self.process is None:
            raise RuntimeError("The product was not started.")
        return self.process.pid


def _descendants(pid: int) -> list[int]:
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


def _command(pid: int) -> str:
    words = psutil.Process(pid).cmdline()
    return " ".join(words)[-60:] if words else "?"
