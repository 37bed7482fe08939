"""Every file that cannot be read gets one sentence that says what it is and what to do."""

import struct
import tomllib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fpdf import FPDF
from pydantic import SecretStr

from course.errors import UnreadableDocument
from course.models.source import SIZE_LIMIT_MB
from course.settings import Settings
from course.sources.conversion import convert
from course.sources.reading import read_document
from course.sources.size import require_size
from tests.course.sources import files

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _bomb() -> bytes:
    return files.archive({"word/document.xml": b"\0" * (80 * 2**20), "[Content_Types].xml": ""})


def _lying_bomb() -> bytes:
    """A ZIP whose directory says its entry is small."""
    data = bytearray(files.archive({"word/document.xml": b"<a>" * 20_000_000, "[Content_Types].xml": ""}))
    size = struct.pack("<I", 60_000_000)
    small = struct.pack("<I", 500)
    return bytes(data.replace(size, small))


def _locked_zip() -> bytes:
    data = bytearray(files.docx())
    place = data.find(b"PK\x01\x02")
    while place >= 0:  # the flag of encryption in each entry of the directory
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def _many_pages() -> bytes:
    document = FPDF()
    for _ in range(2001):
        document.add_page()
    return bytes(document.output())


def _blank_pdf() -> bytes:
    document = FPDF()
    document.add_page()
    return bytes(document.output())


def _drm_book() -> bytes:
    out = BytesIO(files.book())
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("META-INF/rights.xml", "<rights/>")
    return out.getvalue()


_REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing.txt": (lambda: b"", "This file is empty"),
    "blank.md": (lambda: b" \n\t\n\n", "This file is empty"),
    "zeros.pdf": (lambda: b"\0" * 5000, "This file is empty"),
    "broken.pdf": (lambda: b"%PDF-1.7 and then nothing of the kind", "This PDF is damaged"),
    "cut.pdf": (lambda: files.pdf()[:400], "This PDF is damaged"),
    "locked.pdf": (lambda: files.pdf(password="bread"), "This PDF is protected with a password"),
    "scan.pdf": (files.scan, "This PDF is a scan"),
    "blank.pdf": (_blank_pdf, "only empty pages"),
    "thousands.pdf": (_many_pages, "2,001 pages; Lectern reads up to 2,000"),
    "cut.docx": (lambda: files.docx()[:600], "damaged or incomplete"),
    "broken.docx": (lambda: files.archive({"word/document.xml": "<w:doc", "[Content_Types].xml": "<"}), "is damaged"),
    "locked.docx": (lambda: _OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
    "locked-zip.docx": (_locked_zip, "protected with a password"),
    "old.doc": (lambda: _OLE + b"\0" * 3000, "old Office format"),
    "bomb.docx": (_bomb, "unpacks to far more"),
    "lying.docx": (_lying_bomb, "is damaged"),
    "pictures.pptx": (files.pptx_of_pictures, "no text: its slides are pictures"),
    "sold.epub": (_drm_book, "locked by its seller"),
    "sheet.xlsx": (lambda: files.archive({"xl/workbook.xml": "<a/>"}), "This is a spreadsheet"),
    "text.odt": (lambda: files.archive({"content.xml": "<a/>"}), "OpenDocument"),
    "papers.zip": (lambda: files.archive({"one.md": "# One"}), "This is a ZIP archive"),
    "photo.txt": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 300, "This is a picture"),
    "talk.pdf": (lambda: b"ID3\x04" + b"\0" * 300, "This is a recording (audio)"),
    "program.txt": (lambda: b"\x7fELF" + bytes(range(256)) * 20, "cannot be read"),
    "noise.txt": (lambda: bytes(range(1, 256)) * 50, "damaged or not a document"),
    "letter.rtf": (lambda: b"{\\rtf1 Dear all}", "This is an RTF file"),
    "app.html": (lambda: b"<!doctype html><html><body><script>run()</script></body></html>", "no text of its own"),
    "long.txt": (lambda: b"word " * 500_010, "more than 500,000 words"),
}


@pytest.mark.parametrize("filename", _REFUSED)
def test_refused_with_a_sentence(filename: str) -> None:
    """It is refused, by the right sentence, and the sentence says what to do next."""
    make, beginning = _REFUSED[filename]
    with pytest.raises(UnreadableDocument) as refusal:
        convert(filename, make())
    sentence = refusal.value.sentence
    assert beginning in sentence
    assert sentence.count(".") >= 2 or ": " in sentence
    assert "Traceback" not in sentence
    assert not refusal.value.retryable


async def test_a_refusal_comes_back_from_the_child() -> None:
    """The sentence found in the child is the one the caller gets."""
    with pytest.raises(UnreadableDocument, match="This PDF is a scan"):
        await read_document("scan.pdf", files.scan())


async def test_too_large_is_refused_before_it_is_opened() -> None:
    """A file over the limit names its size and the limit; the first byte over it is one too many."""
    with pytest.raises(UnreadableDocument, match="This file has 3 MB; Lectern takes up to 2 MB"):
        await read_document("big.txt", b"a" * 3_000_000, limit_mb=2)
    require_size(2_000_000, 2)
    with pytest.raises(UnreadableDocument, match=r"has 2\.1 MB"):
        require_size(2_000_001, 2)


def test_the_page_takes_what_the_course_takes() -> None:
    """The limit of Chainlit's page, in `.chainlit/config.toml`, is the one of the settings."""
    config = tomllib.loads((Path(__file__).parents[3] / ".chainlit" / "config.toml").read_text("utf-8"))
    limit = config["features"]["spontaneous_file_upload"]["max_size_mb"]
    assert limit == Settings(postgres_url=SecretStr("unused")).upload_limit_mb == SIZE_LIMIT_MB


async def test_a_document_that_eats_memory_is_refused() -> None:
    """Memory is bounded in the child: what needs more ends in a sentence, not in a killed chat."""
    with pytest.raises(UnreadableDocument, match="too large to be read"):
        await read_document("huge.md", b"- item\n\n" * 2_500_000, memory_mb=200)
