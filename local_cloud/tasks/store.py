"""Queues and tasks in one SQLite file: what was accepted is there after any end of the process."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from google.cloud.tasks_v2.types import Queue, Task

_SCHEMA = """
CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, message BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS tasks (
    name TEXT PRIMARY KEY,
    queue TEXT NOT NULL,
    due REAL NOT NULL,
    forced INTEGER NOT NULL DEFAULT 0,
    message BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS tasks_by_due ON tasks (queue, due);
CREATE TABLE IF NOT EXISTS retired (name TEXT PRIMARY KEY, until REAL NOT NULL);
"""
_ALL_QUEUES = "SELECT message FROM queues ORDER BY name"


class Store:
    """Every method is one short transaction; messages are kept as the API's own bytes."""

    def __init__(self, path: Path, *, name_block_seconds: float = 3600.0) -> None:
        """A finished or deleted task's name stays blocked for `name_block_seconds` (Google: about an hour)."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._name_block_seconds = name_block_seconds
        self._sqlite = sqlite3.connect(path, isolation_level=None)
        self._sqlite.execute("PRAGMA journal_mode = WAL")
        self._sqlite.execute("PRAGMA synchronous = NORMAL")
        self._sqlite.executescript(_SCHEMA)

    def close(self) -> None:
        """Fold the log into the file and close it."""
        self._sqlite.close()

    def queue(self, name: str) -> Queue | None:
        """The queue of that name."""
        row = self._sqlite.execute("SELECT message FROM queues WHERE name = ?", (name,)).fetchone()
        return Queue.deserialize(row[0]) if row else None

    def queues(self) -> list[Queue]:
        """All queues, by name."""
        return [Queue.deserialize(message) for (message,) in self._sqlite.execute(_ALL_QUEUES)]

    def put_queue(self, queue: Queue) -> None:
        """Create or replace."""
        self._sqlite.execute("REPLACE INTO queues VALUES (?, ?)", (queue.name, Queue.serialize(queue)))

    def delete_queue(self, name: str) -> None:
        """The queue and its tasks."""
        with self._transaction():
            self._sqlite.execute("DELETE FROM tasks WHERE queue = ?", (name,))
            self._sqlite.execute("DELETE FROM queues WHERE name = ?", (name,))

    def is_name_free(self, name: str) -> bool:
        """Whether a task may be created under the name: none has it now or had it a short while ago."""
        with self._transaction():
            self._sqlite.execute("DELETE FROM retired WHERE until < ?", (time.time(),))
            query = "SELECT 1 FROM tasks WHERE name = :name UNION ALL SELECT 1 FROM retired WHERE name = :name"
            return self._sqlite.execute(query, {"name": name}).fetchone() is None

    def task(self, name: str) -> Task | None:
        """The task of that name, while it is waiting or running."""
        row = self._sqlite.execute("SELECT message FROM tasks WHERE name = ?", (name,)).fetchone()
        return Task.deserialize(row[0]) if row else None

    def tasks(self, queue: str, *, after: str, limit: int) -> list[Task]:
        """One page by name, starting behind the name `after`."""
        rows = self._sqlite.execute(
            "SELECT message FROM tasks WHERE queue = ? AND name > ? ORDER BY name LIMIT ?", (queue, after, limit)
        )
        return [Task.deserialize(message) for (message,) in rows]

    def put_task(self, queue: str, task: Task, *, forced: bool = False) -> None:
        """Create or replace. A `forced` task is dispatched even while its queue is paused."""
        due = task.schedule_time.timestamp()
        row = (task.name, queue, due, forced, Task.serialize(task))
        self._sqlite.execute("REPLACE INTO tasks VALUES (?, ?, ?, ?, ?)", row)

    def note_attempt(self, task: Task) -> None:
        """Keep the task's new counts and times; when it is due and whether it is forced stay as they are."""
        row = (Task.serialize(task), task.name)
        self._sqlite.execute("UPDATE tasks SET message = ? WHERE name = ?", row)

    def retire_task(self, name: str) -> bool:
        """Remove the task and block its name for a while; False when there was none."""
        with self._transaction():
            gone = self._sqlite.execute("DELETE FROM tasks WHERE name = ?", (name,)).rowcount
            if gone:
                until = time.time() + self._name_block_seconds
                self._sqlite.execute("REPLACE INTO retired VALUES (?, ?)", (name, until))
            return bool(gone)

    def purge(self, queue: str) -> None:
        """Remove all tasks of the queue; their names stay blocked as if each were deleted."""
        until = time.time() + self._name_block_seconds
        with self._transaction():
            query = "REPLACE INTO retired SELECT name, ? FROM tasks WHERE queue = ?"
            self._sqlite.execute(query, (until, queue))
            self._sqlite.execute("DELETE FROM tasks WHERE queue = ?", (queue,))

    def upcoming(self, queue: str, *, only_forced: bool, limit: int) -> list[tuple[str, float]]:
        """Name and due time (Unix seconds) of the next tasks, the first due first."""
        query = "SELECT name, due FROM tasks WHERE queue = ? AND forced >= ? ORDER BY due LIMIT ?"
        return self._sqlite.execute(query, (queue, only_forced, limit)).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._sqlite.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._sqlite.execute("ROLLBACK")
            raise
        self._sqlite.execute("COMMIT")
