"""Reading a document off the event loop, in a process that can be killed."""

import asyncio
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from course.errors import UnreadableDocument
from course.models.source import SIZE_LIMIT_MB as SIZE_LIMIT_MB  # noqa: PLC0414 - handed on to those who read documents
from course.sources.document import Document
from course.sources.size import require_size

SECONDS = 90.0
MEMORY_MB = 2048

_ANSWER_LIMIT = 64 * 2**20
_PROJECT = Path(__file__).parents[2]
_ENDLESS = (
    "Reading this document took too long and was stopped. Save it again, or split it, and attach the parts you need."
)
_CRASHED = (
    "This file is damaged or too large to be read. "
    "Open it in the program it comes from, save it again or in parts, and attach that."
)
_log = logging.getLogger(__name__)
# Two at a time: a class attaching its homework must not take all the memory there is.
_places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def read_document(
    filename: str,
    data: bytes,
    *,
    limit_mb: int = SIZE_LIMIT_MB,
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
) -> Document:
    """What a file says, in sections and passages; nothing is stored.

    Raises `UnreadableDocument` with a sentence for its owner: it is empty, damaged, locked, a scan,
    of another kind, or too large. Takes at most `seconds` once it has begun, and
    `memory_mb` of address space, in a process of its own.
    """
    require_size(len(data), limit_mb)
    async with _place():
        answer = await in_child("course.sources.conversion", filename, data, seconds=seconds, memory_mb=memory_mb)
    if "document" in answer:
        return Document.model_validate(answer["document"])
    raise UnreadableDocument(str(answer["refused"]))


def _place() -> asyncio.Semaphore:
    return _places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(2))


async def in_child(
    module: str, filename: str, data: bytes, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB
) -> dict[str, Any]:
    """What a module's `main` answers about a file of a stranger's, read in a process that can be killed.

    Raises `UnreadableDocument` when the process takes too long or does not come to an answer.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-B",
        "-m",
        module,
        Path(filename).name[-200:].replace("\x00", ""),
        str(memory_mb * 2**20),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    try:
        output, problems = await asyncio.wait_for(child.communicate(data), seconds)
    except TimeoutError as error:
        raise UnreadableDocument(_ENDLESS) from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if problems:
        # Not by its name, which may be a person's.
        _log.info("reading a document of %d bytes: %s", len(data), problems.decode("utf-8", "replace")[-4000:])
    if child.returncode != 0 or not output or len(output) > _ANSWER_LIMIT:
        raise UnreadableDocument(_CRASHED)
    answer: dict[str, Any] = json.loads(output)
    return answer


def _environment() -> dict[str, str]:
    """No keys and addresses for a process that opens files of strangers."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "VIRTUAL_ENV") if name in os.environ}
    # One thread each for the numeric libraries markitdown loads: their pools reserve memory per core.
    return kept | {"PYTHONPATH": str(_PROJECT), "PYTHONIOENCODING": "utf-8", "OMP_NUM_THREADS": "1"}
