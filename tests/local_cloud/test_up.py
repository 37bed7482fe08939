"""All of Lectern with one command: up, refused twice, killed, up again with its data, stopped."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from local_cloud.postgres import Postgres

CHECKOUT = Path(__file__).parents[2]
_READY_SECONDS = 90.0


@dataclass
class Run:
    """One `python -m local_cloud up` and what it printed so far."""

    process: subprocess.Popen[str]
    output: Path

    def wait_ready(self) -> str:
        """What it printed, once it is ready."""
        deadline = time.monotonic() + _READY_SECONDS
        while "Stop " not in (printed := self.output.read_text()):
            assert self.process.poll() is None, printed
            assert time.monotonic() < deadline, printed
            time.sleep(0.1)
        return printed


@contextmanager
def up(folder: Path, port: int) -> Iterator[Run]:
    """Started in the background; killed at the end if it still runs."""
    output = folder.with_suffix(".out")
    with output.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "local_cloud", "up"],
            cwd=CHECKOUT,
            env=_environment(folder, port),
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        yield Run(process, output)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "LECTERN_"))}
    return kept | {"LECTERN_DATA": str(folder), "LECTERN_PORT": str(port)}


def _refused(folder: Path, port: int) -> str:
    """What a start that must fail prints; never a traceback."""
    command = [sys.executable, "-m", "local_cloud", "up"]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=_environment(folder, port), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def _seven_free_ports() -> int:
    """The first of seven free ports in a row."""
    for base in range(20000, 30000, 7):
        probes = [socket.socket() for _ in range(7)]
        try:
            for step, probe in enumerate(probes):
                probe.bind(("127.0.0.1", base + step))
        except OSError:
            continue
        finally:
            for probe in probes:
                probe.close()
        return base
    raise AssertionError("no free ports")


def _ours(folder: Path) -> list[str]:
    """Living processes that were started on the folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        words = " ".join(process.info["cmdline"] or [])
        if str(folder) in words and process.info["status"] != psutil.STATUS_ZOMBIE and "pytest" not in words:
            found.append(words)
    return found


def _wait_until_gone(folder: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while left := _ours(folder):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


@pytest.mark.timeout(300)
def test_the_life_of_an_installation(tmp_path: Path) -> None:
    """Everything answers on 127.0.0.1 only; a kill -9 loses nothing; Ctrl-C leaves nothing running."""
    folder, port = tmp_path / "data", _seven_free_ports()
    with up(folder, port) as run:
        printed = run.wait_ready()
        _check_announcement(printed, folder, port)
        _check_listeners(port)
        assert "already runs on" in _refused(folder, port + 100)
        assert f"Port {port} of 127.0.0.1 is in use; set LECTERN_PORT" in _refused(tmp_path / "other", port)
        Postgres(folder / "postgres").run_sql("CREATE TABLE kept AS SELECT 'still here' AS word", "lectern")
        run.process.kill()
        run.process.wait()
        _wait_until_gone(folder, 10.0)
    with up(folder, port) as run:
        again = run.wait_ready()
        assert _accounts(again) == _accounts(printed)
        assert Postgres(folder / "postgres").run_sql("SELECT word FROM kept", "lectern") == "still here"
        start = time.monotonic()
        run.process.send_signal(signal.SIGINT)
        assert run.process.wait(15) == 0
        assert time.monotonic() - start < 10.5
        assert "Stopped" in run.output.read_text()
        _wait_until_gone(folder, 1.0)


def _check_announcement(printed: str, folder: Path, port: int) -> None:
    assert f"http://127.0.0.1:{port}" in printed
    assert _accounts(printed) == json.loads((folder / "accounts.json").read_text())
    assert str(folder / "logs") in printed
    assert "the built-in author" in printed
    assert "Ctrl-C" in printed
    assert "Traceback" not in printed
    for part in (port, port + 2):
        assert httpx.get(f"http://127.0.0.1:{part}/readyz").status_code == 200


def _check_listeners(port: int) -> None:
    ours = [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN and c.laddr]
    ours = [c.laddr for c in ours if port <= c.laddr.port < port + 7]
    assert sorted(address.port - port for address in ours) == [0, 2, 3, 4, 5, 6]
    # gRPC opens the same address as a mapped one of IPv6.
    assert {address.ip.removeprefix("::ffff:") for address in ours} == {"127.0.0.1"}


def _accounts(printed: str) -> dict[str, str]:
    return dict(re.findall(r"(\w+@lectern\.local)\s+(\S+)", printed))
