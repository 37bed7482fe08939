"""Documents that come with a message: read, attached to the course and told of; a bad one holds up no other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from agents.events import ToolEnded, ToolStarted
from agents.turn import Turn
from course.errors import LecternError
from course.imports.markdown import is_course_file
from course.sources.reading import SIZE_LIMIT_MB, read_document

# About 2,000 words: whoever pastes more than that pastes material.
LONGEST_MESSAGE = 12_000
COURSE_FILE = "a course saved by Lectern."
_HEAD, _TAIL = 600, 300
_PASTED = "Pasted text.md"


@dataclass(frozen=True)
class Attached:
    """A file as it came."""

    filename: str
    data: bytes


@dataclass
class Received:
    """What became of the files of one message."""

    good: list[str] = field(default_factory=list)
    """As the director is told of them."""
    bad: list[str] = field(default_factory=list)
    """Names of those that could not be used."""
    sentences: list[str] = field(default_factory=list)
    """What the person is told about them."""


def with_pasted_text(message: str, files: Sequence[Attached]) -> tuple[str, list[Attached]]:
    """A very long message as a document, with its beginning and end as the message: the wish is in one of them."""
    if len(message) <= LONGEST_MESSAGE:
        return message, list(files)
    return f"{message[:_HEAD]} … {message[-_TAIL:]}", [Attached(_PASTED, message.encode()), *files]


async def receive(turn: Turn, files: Sequence[Attached], *, limit_mb: int = SIZE_LIMIT_MB) -> Received:
    """Attaches each file to the conversation's course, which is made with the first good one if there is none."""
    received = Received()
    for file in files:
        name = file.filename
        step = f"attach-{uuid4()}"
        turn.emit(ToolStarted(step, "attach_document", f"Reading {name}", {"document": name}))
        if is_course_file(file.data):
            turn.courses_brought[name] = file.data
            turn.emit(ToolEnded(step, "It is a course saved by Lectern.", failed=False))
            received.good.append(f"{name}: {COURSE_FILE} import_file makes a new course of it, in this turn only.")
            continue
        try:
            line = await _attach(turn, file, limit_mb)
        except LecternError as problem:
            turn.emit(ToolEnded(step, problem.sentence, failed=True))
            received.bad.append(name)
            received.sentences.append(f"I could not use **{name}**: {problem.sentence}")
        else:
            turn.emit(ToolEnded(step, f"Attached as {line}.", failed=False))
            received.good.append(line)
            if name == _PASTED:
                received.sentences.append("Your text is long, so I saved it as a source of the course.")
    if received.good:
        await turn.look_at_sources()
    return received


async def _attach(turn: Turn, file: Attached, limit_mb: int) -> str:
    document = await read_document(file.filename, file.data, limit_mb=limit_mb)
    if turn.account.course_id is None:
        course_id = await turn.cases.authoring.create(turn.actor, document.title)
        await turn.open_course(course_id)
    if turn.account.course_id is None:
        raise LecternError("The course is not there any more. Start a new conversation.")
    source = await turn.cases.sources.attach(
        turn.actor, turn.account.course_id, file.filename, file.data, document=document
    )
    return f"S{source.number}: {source.title} ({source.filename}, {source.words:,} words)"
