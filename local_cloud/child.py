"""Start a child process that cannot outlive its parent."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def start_child(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Run `command` in its own process group, its output appended to `log`.

    On Linux the kernel sends it `death_signal` when the calling *thread* ends, so call this from a
    thread that lives as long as the child should (the main one). Elsewhere only `stop_child` ends it.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [os.fspath(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            **as_account(user),
            process_group=0,  # Ctrl-C at the terminal reaches the parent alone, which stops the children in order
            preexec_fn=_bind_to_parent(death_signal),  # noqa: PLW1509  # nothing is allocated or locked in it
        )


def as_account(user: str | None) -> dict[str, Any]:
    """`subprocess` arguments that run a program as another account with that account's groups only."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": [], "cwd": "/"}


def stop_child(child: subprocess.Popen[bytes], *, ask: signal.Signals = signal.SIGTERM, patience: float = 5.0) -> None:
    """Ask the child to end; after `patience` seconds kill it and whatever it started."""
    if child.poll() is None:
        child.send_signal(ask)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            kill_group(child.pid)
            child.wait()
    kill_group(child.pid)


def kill_group(group: int) -> None:
    """Kill every process of the group; fine when none is left."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _bind_to_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    libc = _libc
    if libc is None:
        return None
    parent = os.getpid()

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # the parent ended before the line above took effect
            os._exit(1)

    return bind
