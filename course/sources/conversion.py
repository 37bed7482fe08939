"""The child process that reads one document: bytes in on stdin, JSON out on stdout, within limits.

It is a process of its own because converters run on files of strangers: it can be killed, its memory
is bounded, and it is started without the parent's environment, so it holds no keys.
"""

import contextlib
import json
import logging
import resource
import sys
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from course.errors import UnreadableDocument
from course.sentences import count_words
from course.sources.document import Converted, Document, DocumentSection
from course.sources.kinds import Kind, kind_of
from course.sources.markdown import blocks_of_markdown
from course.sources.passages import passages_of
from course.sources.plain import decoded
from course.sources.sections import outline, shortened

WORDS_LIMIT = 500_000
_CPU_SECONDS = 180

_DAMAGED = (
    "This file is damaged and cannot be read. Open it in the program it comes from, save it again and attach that."
)
_TOO_LARGE = "This document is too large to be read at once. Split it and attach the parts your course needs."


def convert(filename: str, data: bytes) -> Document:
    """Reads a document in this process; `UnreadableDocument` says what is wrong with one that cannot be read."""
    kind = kind_of(data)
    try:
        converted = _converter(kind)(data)
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:  # converters fail in any way on a broken file, and each means the same to its owner
        logging.getLogger(__name__).exception("could not convert %s", kind)
        raise UnreadableDocument(_DAMAGED) from error
    return _document(converted, kind, filename)


def _converter(kind: Kind) -> Callable[[bytes], Converted]:
    from course.sources.markup import read_book, read_page, read_word
    from course.sources.pdf import read_pdf
    from course.sources.powerpoint import read_powerpoint

    converters: dict[Kind, Callable[[bytes], Converted]] = {
        Kind.PDF: read_pdf,
        Kind.DOCX: read_word,
        Kind.PPTX: read_powerpoint,
        Kind.EPUB: read_book,
        Kind.HTML: read_page,
        Kind.MARKDOWN: lambda data: Converted(blocks_of_markdown(decoded(data))),
        Kind.TEXT: lambda data: Converted(blocks_of_markdown(decoded(data), markup=False)),
    }
    return converters[kind]


def _document(converted: Converted, kind: Kind, filename: str) -> Document:
    if sum(count_words(block.text) for block in converted.blocks) > WORDS_LIMIT:
        raise UnreadableDocument(
            f"This document has more than {WORDS_LIMIT:,} words. Split it and attach the parts your course needs.",
        )
    title, sections = outline(converted.blocks, converted.title or name_of(filename))
    passages = list(passages_of(sections))
    if not passages:
        raise UnreadableDocument(
            "This file has no text that can be read. Check that it was saved, and attach it again."
        )
    return Document(
        title=shortened(title),
        media_type=kind.value,
        pages=converted.pages,
        words=sum(section.words for section in sections),
        sections=[DocumentSection(title=one.title, level=one.level, text=one.text) for one in sections],
        passages=passages,
    )


def name_of(filename: str) -> str:
    """A title made of a file's name."""
    words = PurePath(filename.replace("\\", "/")).stem.replace("_", " ").replace("-", " ").split()
    return shortened(" ".join(words)) or "Document"


def main() -> None:
    """Reads the file on stdin; the arguments are its name and the bytes of memory it may take."""
    bound(int(sys.argv[2]))
    try:
        answer: dict[str, Any] = {"document": convert(sys.argv[1], sys.stdin.buffer.read()).model_dump(mode="json")}
    except UnreadableDocument as refusal:
        answer = {"refused": refusal.sentence}
    except (MemoryError, RecursionError):
        answer = {"refused": _TOO_LARGE}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def bound(memory_bytes: int) -> None:
    """From now on this process may take so much memory, a few minutes of a processor, and write no file."""
    limits = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: _CPU_SECONDS,  # ends it also when the parent is gone and cannot
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some; the parent's deadline holds there too
            resource.setrlimit(which, (limit, limit))


if __name__ == "__main__":
    main()
