"""The renderer as a process of its own: an assignment in, progress and the outcome out, files in a folder.

`python -m render_service.renderer` reads an assignment from stdin and writes messages to stdout; its logs go to
stderr. It ends when stdin closes, so it never outlives the worker that started it.
"""

import asyncio
import errno
import logging
import os
import sys
import threading
from typing import BinaryIO

from openai import AsyncOpenAI

from course.errors import LecternError
from course.logs import configure_logs, continue_trace
from course.models.rendering import Stage
from render_service.assignment import Assignment, Failing, Message, Produced, Progressing
from render_service.production import produce
from render_service.speech import Speaker

_log = logging.getLogger(__name__)

_FULL = {errno.ENOSPC, errno.EDQUOT}
_NICENESS = 5
"""The worker must stay able to keep its lease."""


def main() -> None:
    """Serves one assignment."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    assignment = Assignment.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_worker, daemon=True).start()
    os.nice(_NICENESS)
    configure_logs("renderer", assignment.log_level, project=os.environ.get("GOOGLE_CLOUD_PROJECT"))
    with continue_trace(assignment.traceparent):
        _answer(answers, asyncio.run(_serve(assignment, answers)))


async def _serve(assignment: Assignment, answers: BinaryIO) -> Message:
    def report(stage: Stage, progress: float) -> None:
        _answer(answers, Progressing(stage=stage, progress=progress))

    client = AsyncOpenAI(base_url=assignment.speech_base_url, api_key=assignment.speech_api_key)
    speaker = Speaker(client, assignment.order.speech_model, assignment.order.voice)
    try:
        async with client:
            return Produced(production=await produce(assignment.order, speaker, assignment.folder, report))
    except LecternError as error:
        _log.warning("not rendered", exc_info=error)
        return Failing(sentence=error.sentence, retryable=error.retryable)
    except OSError as error:
        _log.exception("not rendered")
        return _disk_failure(error)
    except Exception:  # noqa: BLE001 - the process's last line of defence: the worker needs an answer
        _log.exception("not rendered")
        return Failing(sentence="Something unexpected went wrong while making the video.", retryable=True)


def _disk_failure(error: OSError) -> Failing:
    if error.errno in _FULL:
        sentence = "The render service's disk is full. Ask your operator to make room; the video will be tried again."
    else:
        sentence = "The render service could not write its files. Ask your operator; the video will be tried again."
    return Failing(sentence=sentence, retryable=True)


def _answer(answers: BinaryIO, message: Message) -> None:
    answers.write(message.model_dump_json().encode() + b"\n")


def _end_with_worker() -> None:
    # Below Python's buffers: a thread waiting in one would hinder the interpreter's own end.
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
