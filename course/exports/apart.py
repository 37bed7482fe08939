"""Drawing in a process of its own: it holds the interpreter for seconds, and every conversation would wait for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def apart(function: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
    """What the function of a module answers to these arguments; all of them, and the answer, can be pickled.

    Cancelling it ends the process.
    """
    # Not forked: a copy of this process would hold its connections.
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    try:
        # Submitting starts the process, which takes a moment.
        work = await asyncio.to_thread(pool.submit, function, *arguments, **named)
        return await asyncio.wrap_future(work)
    finally:
        for process in list((pool._processes or {}).values()):  # noqa: SLF001 - the pool itself would let it finish
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)
