"""Messages and steps written as they come, those that come together in one statement.

A turn has four of them, and with many people talking they are most of what is written. Nothing waits for company:
the first is written at once, and those that come while it is are written together after it.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from chainlit.step import StepDict
from sqlalchemy import text

from chat_app.history.steps import as_columns
from course.database import Database
from course.errors import NotAllowed, Unavailable

_MOST_AT_ONCE = 50

_SAVE = text("""
WITH given AS (
    SELECT * FROM jsonb_to_recordset(CAST(:steps AS jsonb)) AS step (
        id text, thread_id text, parent_id text, name text, type text, input text, output text, is_error boolean,
        created_at text, extra jsonb, author text
    )
), saved AS (
    INSERT INTO steps (id, thread_id, parent_id, name, type, input, output, is_error, created_at, extra)
    SELECT
        given.id, given.thread_id, given.parent_id, given.name, given.type, given.input, given.output, given.is_error,
        given.created_at, given.extra
    FROM given
    LEFT JOIN threads ON threads.id = given.thread_id
    LEFT JOIN users ON users.id = threads.user_id
    WHERE users.email IS NULL OR users.email = given.author
    ORDER BY given.id
    ON CONFLICT (id) DO UPDATE SET
        parent_id = excluded.parent_id, name = excluded.name, type = excluded.type, input = excluded.input,
        output = excluded.output, is_error = excluded.is_error, extra = excluded.extra,
        created_at = coalesce(excluded.created_at, steps.created_at)
    WHERE steps.thread_id = excluded.thread_id
    RETURNING id, thread_id, type
), used AS (
    UPDATE threads SET updated_at = now() FROM saved
    WHERE threads.id = saved.thread_id AND saved.type = 'user_message'
)
SELECT id FROM saved
""")


@dataclass(frozen=True)
class _Waiting:
    step: dict[str, Any]
    done: asyncio.Future[None]


class StepWriter:
    """Of one process. Writes of one conversation are put in order by who calls."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None

    async def save(self, step: StepDict, author: str | None) -> None:
        """Inserts or updates; returns when it is stored.

        Raises `NotAllowed` when the conversation is not the author's (an e-mail address), or the id is that of a
        step of another conversation.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(as_columns(step) | {"author": author}, done))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST_AT_ONCE], self._waiting[_MOST_AT_ONCE:]
            try:
                await self._write(batch)
            except Unavailable as error:
                _fail(batch, error)
            except Exception as error:  # noqa: BLE001 - told to whoever waits for it
                if len(batch) == 1:
                    _fail(batch, error)
                    continue
                # One of them is at fault; the others must not suffer for it.
                for one in batch:
                    await self._write_one(one)

    async def _write_one(self, one: _Waiting) -> None:
        try:
            await self._write([one])
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it
            _fail([one], error)

    async def _write(self, batch: list[_Waiting]) -> None:
        steps = json.dumps([one.step for one in batch], ensure_ascii=False)
        saved = {row.id for row in await self._database.run(_SAVE, {"steps": steps})}
        for one in batch:
            if one.done.done():
                continue
            if one.step["id"] in saved:
                one.done.set_result(None)
            else:
                one.done.set_exception(NotAllowed("That message belongs to another conversation."))


def _fail(batch: list[_Waiting], error: Exception) -> None:
    for one in batch:
        if not one.done.done():
            one.done.set_exception(error)
