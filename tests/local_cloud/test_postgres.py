"""The embedded server: found again after any end, private, one database per test."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from local_cloud.errors import CannotStart
from local_cloud.postgres import Postgres


async def test_url_works_with_sqlalchemy_and_tables_are_there(postgres_url: str) -> None:
    """The fixture's database takes connections through the product's own driver and is migrated."""
    engine = create_async_engine(postgres_url)
    async with engine.connect() as connection:
        rows = await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        assert "courses" in set(rows.scalars())
    await engine.dispose()


async def test_each_test_database_is_its_own(postgres_server: Postgres, postgres_url: str) -> None:
    """What a test writes stays out of the template that the next test is copied from."""
    connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    await connection.execute("CREATE TABLE only_here (id int)")
    await connection.close()
    found = postgres_server.run_sql("SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'", "lectern_template")
    assert found == "0"


def test_data_survives_a_kill_of_everything(tmp_path: Path) -> None:
    """After kill -9 of the server and its supervisor a new start finds every committed row."""
    script = f"""
import os, signal
from pathlib import Path
from local_cloud.postgres import Postgres
server = Postgres(Path({str(tmp_path / "data")!r}))
server.start(Path({str(tmp_path / "log")!r}))
server.ensure_database()
server.run_sql("CREATE TABLE kept AS SELECT 'still here' AS word", "lectern")
os.kill(server._child.pid, signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -signal.SIGKILL
    server = Postgres(tmp_path / "data")
    server.start(tmp_path / "log")
    try:
        assert server.run_sql("SELECT word FROM kept", "lectern") == "still here"
    finally:
        server.stop()


def test_server_ends_with_its_supervisor(tmp_path: Path) -> None:
    """kill -9 of the supervisor alone leaves no server behind."""
    script = f"""
import os, signal
from pathlib import Path
from local_cloud.postgres import Postgres
server = Postgres(Path({str(tmp_path / "data")!r}))
server.start(Path({str(tmp_path / "log")!r}))
print(server._child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    deadline = time.monotonic() + 10
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)


def test_a_leftover_server_gives_way(tmp_path: Path) -> None:
    """A server that another run left on the same folder is stopped and replaced."""
    first, second = Postgres(tmp_path / "data"), Postgres(tmp_path / "data")
    first.start(tmp_path / "log")
    second.start(tmp_path / "log")
    try:
        assert second.is_ready()
        assert first._child is not None
        assert first._child.wait(5) == 0
    finally:
        second.stop()


def test_only_the_owner_reaches_the_socket(postgres_server: Postgres) -> None:
    """The server trusts whoever connects, so its folder and socket are closed to everyone else."""
    socket = postgres_server.socket_folder / ".s.PGSQL.5432"
    assert stat.S_IMODE(postgres_server.folder.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
    pid = int((postgres_server.folder / "postmaster.pid").read_text().splitlines()[0])
    assert not [c for c in psutil.Process(pid).net_connections() if c.status == psutil.CONN_LISTEN and c.laddr]


def test_a_long_path_still_gets_a_socket(tmp_path: Path) -> None:
    """A data folder deeper than a socket's name may be long works all the same."""
    server = Postgres(tmp_path / ("deep" * 30) / "data")
    server.start(tmp_path / "log")
    try:
        assert server.run_sql("SELECT 1") == "1"
        assert len(os.fsencode(server.socket_folder)) < 90
    finally:
        server.stop()


def test_a_broken_cluster_is_reported_in_a_sentence(tmp_path: Path) -> None:
    """A data folder Postgres cannot open ends in one sentence that names the log."""
    server = Postgres(tmp_path / "data")
    server.prepare()
    (tmp_path / "data" / "global" / "pg_control").unlink()
    with pytest.raises(CannotStart, match=r"^Postgres did not start; see .*log\.$"):
        server.start(tmp_path / "log")
