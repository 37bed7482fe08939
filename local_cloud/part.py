"""A part of Lectern as a process: started, waited for, watched, stopped, and cleared away after a kill."""

import asyncio
import json
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from local_cloud.child import kill_group, start_child, stop_child
from local_cloud.errors import CannotStart

_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0  # having run this long, a part's next end counts as its first
_BOOT_SECONDS = 120.0
_BOOT_DEATHS = 3


@dataclass
class Part:
    """What to run and how to tell that it is ready."""

    name: str
    command: list[str]
    is_ready: Callable[[], bool]
    log: Path
    pid_file: Path
    environment: Mapping[str, str]
    user: str | None = None
    ask: signal.Signals = signal.SIGTERM
    patience: float = 5.0  # seconds between asking it to end and killing it
    before: Callable[[], None] | None = None  # work to do before each start; may block
    say: Callable[[str], None] = print
    _child: subprocess.Popen[bytes] | None = None
    _deaths: int = 0

    async def keep_running(self) -> None:
        """Start it, and again whenever it ends by itself, after a pause that grows; until cancelled."""
        while True:
            if self.before:
                await asyncio.to_thread(self.before)
            started = time.monotonic()
            self._start()
            assert self._child is not None  # noqa: S101  # just started
            code = await ended(self._child)
            kill_group(self._child.pid)  # what it started must not hold its port or its files
            if time.monotonic() - started > _STEADY_SECONDS:
                self._deaths = 0
            self._deaths += 1
            pause = min(2.0 ** (self._deaths - 1), _LONGEST_PAUSE)
            self.say(f"  {self.name} ended ({_reason(code)}); starting it again in {pause:.0f} s. Its log: {self.log}")
            await asyncio.sleep(pause)

    async def wait_ready(self) -> None:
        """Return once it answers; `CannotStart` when it does not come up."""
        deadline = time.monotonic() + _BOOT_SECONDS
        while not await asyncio.to_thread(self.is_ready):
            if self._deaths >= _BOOT_DEATHS or time.monotonic() > deadline:
                raise CannotStart(f"{self.name} does not start; its log says why: {self.log}")
            await asyncio.sleep(0.05)

    def stop(self) -> None:
        """End it within its patience. Blocks."""
        if self._child is not None:
            stop_child(self._child, ask=self.ask, patience=self.patience)
        self.pid_file.unlink(missing_ok=True)

    def _start(self) -> None:
        self._child = start_child(
            self.command, log=self.log, env=self.environment, user=self.user, death_signal=self.ask
        )
        started = psutil.Process(self._child.pid).create_time()
        note = {"pid": self._child.pid, "started": started, "ask": int(self.ask)}
        self.pid_file.parent.mkdir(exist_ok=True)
        self.pid_file.write_text(json.dumps(note))


async def ended(child: subprocess.Popen[bytes]) -> int:
    """The exit code, once there is one. Cancelling the wait leaves the child alone."""
    while (code := child.poll()) is None:  # noqa: ASYNC110  # the one way that keeps no thread waiting
        await asyncio.sleep(0.05)
    return code


def end_leftovers(folder: Path) -> list[str]:
    """Kill what a run that was itself killed left behind; returns the names of those parts."""
    ended = []
    for file in sorted(folder.glob("*.pid")):
        try:
            note = json.loads(file.read_text())
            leftover = psutil.Process(note["pid"])
            is_ours = abs(leftover.create_time() - note["started"]) < 1.0
        except (psutil.Error, ValueError, KeyError):
            is_ours = False  # gone, or the number is another program's by now
        if is_ours:
            leftover.send_signal(note["ask"])
            psutil.wait_procs([leftover], timeout=3.0)
            kill_group(leftover.pid)
            psutil.wait_procs([leftover], timeout=3.0)
            ended.append(file.stem)
        file.unlink()
    return ended


def answers(url: str) -> bool:
    """Whether an HTTP GET of the address succeeds."""
    try:
        with urllib.request.urlopen(url, timeout=6) as answer:  # noqa: S310  # ours, on 127.0.0.1
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _reason(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
