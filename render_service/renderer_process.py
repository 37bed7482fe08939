"""The worker's side of the renderer: started for one film, followed, and ended at once when nobody wants it."""

import asyncio
import contextlib
import logging
import sys

from course.errors import Invalid, Unavailable
from render_service.assignment import Assignment, Failing, Produced, Production, Progressing, Report, message

_log = logging.getLogger(__name__)

# The outcome is one line, with a cue for every sentence of the lesson.
_LONGEST_LINE = 32 << 20


async def run_renderer(assignment: Assignment, report: Report) -> Production:
    """Makes the film in a process of its own, which is killed when this is cancelled.

    Raises `Invalid` when the lesson cannot become a film, `Unavailable` when trying again can help.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "render_service.renderer",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
        # Ctrl-C in a terminal is for the worker, which ends its renderer in order.
        start_new_session=True,
    )
    try:
        await _assign(process, assignment)
        outcome = await _follow(process, report)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        code = await process.wait()
    if isinstance(outcome, Produced):
        return outcome.production
    if outcome is None:
        _log.error("renderer died", extra={"exit_code": code})
        raise Unavailable("The renderer stopped unexpectedly; the video will be tried again.")
    raise Unavailable(outcome.sentence) if outcome.retryable else Invalid(outcome.sentence)


async def _assign(process: asyncio.subprocess.Process, assignment: Assignment) -> None:
    assert process.stdin is not None  # noqa: S101 - asked for as a pipe
    # It may have died already; then following it tells so.
    with contextlib.suppress(ConnectionError):
        process.stdin.write(assignment.model_dump_json().encode() + b"\n")
        await process.stdin.drain()


async def _follow(process: asyncio.subprocess.Process, report: Report) -> Produced | Failing | None:
    """Passes progress on until the outcome; None when there is none."""
    assert process.stdout is not None  # noqa: S101 - asked for as a pipe
    async for line in process.stdout:
        said = message.validate_json(line)
        if not isinstance(said, Progressing):
            return said
        report(said.stage, said.progress)
    return None
