"""What a file is, told by its content: names and browsers are often wrong."""

import io
import re
import zipfile
from enum import StrEnum

import filetype

from course.errors import UnreadableDocument
from course.sources.plain import decoded

ACCEPTED = "Lectern reads PDF, Word (DOCX), PowerPoint (PPTX), EPUB, HTML, Markdown and plain text"

_UNPACKED_LIMIT = 400 * 2**20
_ENTRIES_LIMIT = 20_000
_RATIO_LIMIT = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(r"<(!doctype\s+html|html|head|body|article|main|h[1-6]|div|p)[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^(#{1,6} \S|[*-] \S|\d+\. \S|```|\|.+\|\s*$|>\s)|\*\*\S[^*\n]*\*\*|\[[^\]\n]+\]\(", re.MULTILINE
)
_BINARY = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


class Kind(StrEnum):
    """A kind of document that can be read; the value is its media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    EPUB = "application/epub+zip"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    TEXT = "text/plain"


def kind_of(data: bytes) -> Kind:
    """The kind of document these bytes are; `UnreadableDocument` if it is none that can be read."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise UnreadableDocument("This file is empty. Check that it was saved, and attach it again.")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data[:4] == b"PK\x03\x04":
        return _kind_of_archive(data)
    if data[:8] == _OLE:
        raise UnreadableDocument(_about_ole(data))
    if data[:5] == b"{\\rtf":
        raise UnreadableDocument("This is an RTF file. Save it as DOCX or PDF and attach that.")
    _refuse_media(data)
    return _kind_of_text(data)


def _kind_of_archive(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_hostile(archive)
            names = set(archive.namelist())
            types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise UnreadableDocument(
            "This file is damaged or incomplete. Open it in the program it comes from, save it again and attach that.",
        ) from error
    if b"wordprocessingml.document.main" in types or "word/document.xml" in names:
        return Kind.DOCX
    if b"presentationml.presentation.main" in types or "ppt/presentation.xml" in names:
        return Kind.PPTX
    if "META-INF/container.xml" in names:
        _refuse_locked_book(names)
        return Kind.EPUB
    raise UnreadableDocument(_about_archive(names))


def _refuse_hostile(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    grows = unpacked > 2**26 and unpacked / packed > _RATIO_LIMIT
    if len(entries) > _ENTRIES_LIMIT or unpacked > _UNPACKED_LIMIT or grows:
        raise UnreadableDocument(
            "This file unpacks to far more than a document should and was not opened. "
            "Save it again without embedded media, or as PDF, and attach that.",
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument(
            "This file is protected with a password. Save a copy without the password and attach that.",
        )


def _refuse_locked_book(names: set[str]) -> None:
    if {"META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml"} & names:
        raise UnreadableDocument(
            "This e-book is locked by its seller (DRM) and cannot be read. Attach an unprotected copy.",
        )


def _about_archive(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return (
            "This is a spreadsheet, which Lectern cannot read. Save the text you need as DOCX or PDF and attach that."
        )
    if "content.xml" in names:
        return "This is an OpenDocument file, which Lectern cannot read. Save it as DOCX, PPTX or PDF and attach that."
    return "This is a ZIP archive. Unpack it and attach the documents inside, one by one."


def _about_ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "This file is protected with a password. Save a copy without the password and attach that."
    return "This is a file of an old Office format (like .doc or .ppt). Save it as DOCX, PPTX or PDF and attach that."


def _refuse_media(data: bytes) -> None:
    found = filetype.guess(data[:8192])
    if found is None:
        return
    what, _, form = found.mime.partition("/")
    if what == "image":
        raise UnreadableDocument(
            "This is a picture, not a document. If it shows text, run text recognition (OCR) and attach the text.",
        )
    if what in {"audio", "video"}:
        raise UnreadableDocument(f"This is a recording ({what}). Attach a transcript of it as text instead.")
    if what != "text":
        raise UnreadableDocument(f"This file ({form}) cannot be read. {ACCEPTED}: save it as one of these.")


def _kind_of_text(data: bytes) -> Kind:
    text = decoded(data[:200_000])
    if len(_BINARY.findall(text)) > len(text) // 500:
        raise UnreadableDocument(
            f"This file is damaged or not a document. {ACCEPTED}: open it in its program and save it as one of these.",
        )
    if _HTML.search(text[:5000]) and text.lstrip()[:1] == "<":
        return Kind.HTML
    return Kind.MARKDOWN if _MARKDOWN.search(text) else Kind.TEXT
