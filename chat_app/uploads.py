"""The files that came with a message."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import chainlit as cl
from chainlit.element import Element
from chainlit.session import WebsocketSession

from chat_app.chainlit_calls import emit, session
from chat_app.history.elements import as_chip
from course.errors import UnreadableDocument
from course.sources.size import require_size

_MOST_FILES = 10


@dataclass(frozen=True)
class Upload:
    """A file as it was named and where Chainlit keeps it until the turn is over."""

    name: str
    path: Path


@dataclass(frozen=True)
class Uploads:
    """The files that can be taken, and a sentence for each that cannot."""

    taken: Sequence[Upload]
    refusals: Sequence[str]

    async def read(self) -> list[tuple[str, bytes]]:
        """Names and bytes."""
        return [(one.name, await asyncio.to_thread(one.path.read_bytes)) for one in self.taken]


def of_message(message: cl.Message, *, limit_mb: int) -> Uploads:
    """What the message brought, judged by number and size; what they are is for the reader to find out."""
    uploads = [Upload(e.name, Path(e.path)) for e in message.elements or [] if e.path and Path(e.path).is_file()]
    taken, refusals = [], []
    for one in uploads[:_MOST_FILES]:
        try:
            require_size(one.path.stat().st_size, limit_mb)
            taken.append(one)
        except UnreadableDocument as problem:
            refusals.append(f"I left out “{one.name}”. {problem.sentence}")
    if len(uploads) > _MOST_FILES:
        refusals.append(f"I took the first {_MOST_FILES} documents. Send the others in a further message.")
    return Uploads(taken, refusals)


async def discard(message: cl.Message) -> None:
    """Deletes the message's files; what the page shows of them is their names, and no link to nothing."""
    live = session()
    for element in message.elements or []:
        if element.path:
            await asyncio.to_thread(Path(element.path).unlink, missing_ok=True)
        live.files.pop(element.id, None)
        if isinstance(live, WebsocketSession):
            await emit(live, "element", as_chip(dict(element.to_dict())))


def show_by_name() -> None:
    """Documents are shown by their names: Chainlit would unfold a PDF inside the message it came with."""
    # Chainlit has no setting for it.
    Element.infer_type_from_mime = classmethod(lambda _, __: "file")  # type: ignore[method-assign, assignment]
