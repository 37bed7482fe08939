"""ZIP files written as a stream: what is in the bucket passes through in pieces, never whole in memory."""

import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

_PIECE = 1 << 20
# Films do not shrink. Level 0 of deflate, since some platforms cannot read entries that are stored in a stream.
_PASSED_ON, _SHRUNK = 0, 6

Open = Callable[[str], IO[bytes]]


@dataclass(frozen=True)
class Entry:
    """A file of the archive: its bytes, or the name of the object that has them."""

    path: str
    content: bytes | None = None
    object_name: str | None = None
    size: int = 0


class Stopped(Exception):
    """Whoever asked for the archive does not want it any more."""


def write_archive(
    out: IO[bytes], entries: Sequence[Entry], open_object: Open, stop: threading.Event, tell: Callable[[float], None]
) -> None:
    """Writes the entries to `out`, which need not be seekable; `tell` is called with the share done, 0 to 1.

    Blocks; raises `Stopped` soon after `stop` was set.
    """
    total = sum(_size(entry) for entry in entries) or 1
    done = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            archive.compresslevel = _SHRUNK if entry.object_name is None else _PASSED_ON
            with archive.open(entry.path, "w") as target:
                for piece in _pieces(entry, open_object):
                    if stop.is_set():
                        raise Stopped
                    target.write(piece)
                    done += len(piece)
                    tell(min(1.0, done / total))


def _pieces(entry: Entry, open_object: Open) -> Iterator[bytes]:
    if entry.object_name is None:
        yield entry.content or b""
        return
    with open_object(entry.object_name) as source:
        while piece := source.read(_PIECE):
            yield piece


def _size(entry: Entry) -> int:
    return entry.size if entry.object_name else len(entry.content or b"")
