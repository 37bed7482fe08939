"""Drawing in a process of its own: it answers, raises, and ends when nobody wants it any more."""

import asyncio
import os
import time

import psutil
import pytest

from course.exports.apart import apart


def _number() -> int:
    return os.getpid()


def _fail() -> None:
    raise ValueError("no paper")


async def test_it_answers_from_another_process() -> None:
    """The answer is the function's, made elsewhere; an error is told as it was raised."""
    assert await apart(_number) != os.getpid()
    with pytest.raises(ValueError, match="no paper"):
        await apart(_fail)


async def test_it_ends_when_it_is_cancelled() -> None:
    """Nothing goes on drawing."""
    before = set(psutil.Process().children(recursive=True))
    work = asyncio.create_task(apart(time.sleep, 60))
    while not (begun := set(psutil.Process().children(recursive=True)) - before):  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    work.cancel()
    await asyncio.wait([work])
    _, alive = await asyncio.to_thread(psutil.wait_procs, list(begun), timeout=5)
    # What serves all such processes may stay; none sleeps on.
    assert not [one for one in alive if "spawn_main" in " ".join(one.cmdline())]
