"""A part as a process: restarted when it dies, stopped when asked, never left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from local_cloud.child import start_child, stop_child
from local_cloud.errors import CannotStart
from local_cloud.part import Part, end_leftovers

_SLEEP = "import time; time.sleep(60)"
_DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
_PARENT = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"


def part(tmp_path: Path, script: str, said: list[str] | None = None) -> Part:
    """A part that runs a line of Python."""
    return Part(
        name="toy",
        command=[sys.executable, "-c", script],
        is_ready=lambda: True,
        log=tmp_path / "toy.log",
        pid_file=tmp_path / "run" / "toy.pid",
        environment=os.environ,
        patience=0.5,
        say=(said if said is not None else []).append,
    )


@pytest.fixture
def stray(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of somebody else's."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


async def test_a_part_that_dies_is_started_again_and_said_so(tmp_path: Path) -> None:
    """kill -9 of a part: one line for the person, and a new process after a second."""
    said: list[str] = []
    toy = part(tmp_path, _SLEEP, said)
    keeping = asyncio.create_task(toy.keep_running())
    await _until(lambda: toy._child is not None)
    assert toy._child is not None
    first = toy._child.pid
    os.kill(first, signal.SIGKILL)
    await _until(lambda: toy._child is not None and toy._child.pid != first)
    assert len(said) == 1
    assert "toy ended (killed by SIGKILL); starting it again in 1 s" in said[0]
    keeping.cancel()
    await asyncio.to_thread(toy.stop)
    assert toy._child.poll() is not None
    assert not toy.pid_file.exists()


async def test_a_part_that_cannot_start_is_given_up_with_its_log(tmp_path: Path) -> None:
    """Three ends before it is ready, and the sentence names the log."""
    toy = part(tmp_path, "raise SystemExit(3)")
    toy.is_ready = lambda: False
    toy._deaths = 2  # the pauses between the first ones are the other test's matter
    keeping = asyncio.create_task(toy.keep_running())
    with pytest.raises(CannotStart, match=r"toy does not start; its log says why: .*toy\.log"):
        await toy.wait_ready()
    keeping.cancel()


def test_a_deaf_child_is_killed_after_its_patience(tmp_path: Path) -> None:
    """A child that ignores the request to end does not hold up the stop."""
    child = start_child([sys.executable, "-c", _DEAF], log=tmp_path / "log")
    _wait(lambda: "deaf" in (tmp_path / "log").read_text())
    start = time.monotonic()
    stop_child(child, patience=0.3)
    assert time.monotonic() - start < 2
    assert child.returncode == -signal.SIGKILL


def test_what_a_child_started_ends_with_it(tmp_path: Path) -> None:
    """The grandchild is gone too."""
    child = start_child([sys.executable, "-c", _PARENT], log=tmp_path / "log")
    _wait(lambda: (tmp_path / "log").read_text().strip().isdigit())
    grandchild = int((tmp_path / "log").read_text())
    stop_child(child)
    _wait(lambda: not _runs(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_a_child_ends_with_a_killed_parent(tmp_path: Path) -> None:
    """kill -9 of the parent reaches the child through the kernel."""
    script = f"""
import os, signal, sys
from pathlib import Path
from local_cloud.child import start_child
print(start_child(["sleep", "60"], log=Path({str(tmp_path / "log")!r})).pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    _wait(lambda: not _runs(int(done.stdout)))


async def test_leftovers_are_ended_by_their_pid_file(tmp_path: Path) -> None:
    """What a killed run left running is ended at the next start, and named."""
    toy = part(tmp_path, _SLEEP)
    keeping = asyncio.create_task(toy.keep_running())
    await _until(toy.pid_file.exists)
    keeping.cancel()
    assert toy._child is not None
    assert end_leftovers(tmp_path / "run") == ["toy"]
    assert not _runs(toy._child.pid)
    assert list((tmp_path / "run").iterdir()) == []


def test_a_number_used_again_is_left_alone(tmp_path: Path, stray: subprocess.Popen[bytes]) -> None:
    """A pid file whose number belongs to another program by now ends nothing."""
    (tmp_path / "chat.pid").write_text(f'{{"pid": {stray.pid}, "started": 1.0, "ask": 15}}')
    (tmp_path / "broken.pid").write_text("")
    assert end_leftovers(tmp_path) == []
    assert stray.poll() is None


def _runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _wait(condition: object, seconds: float = 10.0) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


async def _until(condition: object) -> None:
    await asyncio.to_thread(_wait, condition)
