"""One user turn: the agents run, the screen shows, and whatever happens the next message works."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

from agents.events import Event, Failed
from chat_app.screen import Screen
from course.errors import LecternError
from course.logs import continue_trace

logger = logging.getLogger(__name__)

_BROKEN = "Something went wrong on our side; it is noted. Nothing of your course was lost. Try again."
_running: dict[asyncio.Task[object], str] = {}
"""The turns of this process and their conversations."""


async def run(thread_id: str, events: AsyncGenerator[Event, None], screen: Screen) -> None:
    """Shows the events until they end. A stop (the task is cancelled) keeps what was written so far."""
    task = asyncio.current_task()
    if task is not None:
        _running[task] = thread_id
    with continue_trace(None):
        try:
            await _show(events, screen)
            await screen.finish()
        except asyncio.CancelledError:
            await screen.finish(stopped=True)
            raise
        finally:
            if task is not None:
                _running.pop(task, None)


async def _show(events: AsyncGenerator[Event, None], screen: Screen) -> None:
    try:
        async with aclosing(events) as stream:
            async for event in stream:
                await screen.show(event)
    except LecternError as error:
        await screen.show(Failed(error.sentence, error.retryable))
    except Exception:  # the person gets a sentence, the log the rest
        logger.exception("A turn failed")
        await screen.show(Failed(_BROKEN, retryable=True))


def is_running(thread_id: str) -> bool:
    """Whether a turn of that conversation runs in this process."""
    return thread_id in _running.values()


async def stop_all(seconds: float) -> None:
    """Stops every running turn and waits for them, at most so long: the process is about to end."""
    tasks = list(_running)
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=seconds)
