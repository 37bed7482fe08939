"""Every accepted kind, read the way the product reads it: by the child process."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress

import psutil
import pytest

from course.errors import UnreadableDocument
from course.sources.document import Document
from course.sources.reading import read_document
from tests.course.sources import files

_KINDS: dict[str, Callable[[], bytes]] = {
    "bread.md": files.markdown,
    "bread.html": files.html,
    "bread.pdf": files.pdf,
    "bread.docx": files.docx,
    "bread.pptx": files.pptx,
    "bread.epub": files.book,
}


def _words(document: Document) -> str:
    return " ".join(" ".join(passage.text.replace("- ", "").split()) for passage in document.passages)


@pytest.mark.parametrize("filename", _KINDS)
async def test_reads_title_sections_and_every_sentence(filename: str) -> None:
    """Each kind gives the same title, the same three sections and every sentence, in order."""
    document = await read_document(filename, _KINDS[filename]())
    assert document.title == files.TITLE
    named = [section for section in document.sections if section.title in files.CHAPTERS]
    assert [section.title for section in named] == list(files.CHAPTERS)
    assert [section.text.split()[-1] for section in named][:2] == ["days.", "one."]
    assert all(text in _words(document) for text in files.CHAPTERS.values())


@pytest.mark.parametrize("filename", _KINDS)
async def test_what_is_not_the_text_is_left_out(filename: str) -> None:
    """Menus, scripts, alternative texts, running heads and page numbers are no part of a passage."""
    text = _words(await read_document(filename, _KINDS[filename]()))
    for noise in ("Start page", "All topics", "¶", "secret", "a loaf", "All rights", "Reader", "Identifier"):
        assert noise not in text
    assert not text.rstrip().endswith("3")


async def test_pages_of_pdf_and_slides_are_known() -> None:
    """A passage knows the page of a PDF or the slide it begins on."""
    pdf = await read_document("bread.pdf", files.pdf())
    assert [(passage.heading.split(" › ")[-1], passage.page) for passage in pdf.passages] == [
        ("Grain", 1),
        ("Leaven", 2),
        ("Ovens", 3),
    ]
    slides = await read_document("bread.pptx", files.pptx())
    assert [passage.page for passage in slides.passages if "oven" in passage.text] == [4]
    assert "volcano" in slides.passages[-1].text


async def test_tables_of_word_are_kept_as_text() -> None:
    """The cells of a Word table stand in a row of text."""
    document = await read_document("bread.docx", files.docx())
    assert "| Rye | dark |" in document.sections[-1].text


async def test_headings_in_bold_are_headings() -> None:
    """A Word document without heading styles has the sections its bold lines mean."""
    document = await read_document("history_of-bread.docx", files.docx_without_styles())
    assert [section.title for section in document.sections] == list(files.CHAPTERS)
    assert document.title == "history of bread"


@pytest.mark.parametrize(
    ("filename", "data", "media_type"),
    [
        ("notes.docx", files.pdf(), "application/pdf"),
        ("slides.pdf", files.pptx(), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("page.txt", files.html(), "text/html"),
        ("text", files.markdown(), "text/markdown"),
    ],
)
async def test_a_wrong_name_does_not_matter(filename: str, data: bytes, media_type: str) -> None:
    """The content decides what a file is, not its name."""
    document = await read_document(filename, data)
    assert document.media_type == media_type
    assert document.title == files.TITLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
async def test_text_in_usual_encodings(encoding: str) -> None:
    """Umlauts arrive in every usual encoding of plain text."""
    text = "Über Öfen und Äpfel\n\nDie Bäcker öffnen früh. " * 3
    document = await read_document("öfen.txt", text.encode(encoding))
    assert document.sections[0].text.startswith("Über Öfen und Äpfel")
    assert document.title == "öfen"


async def test_the_child_is_killed_when_it_takes_too_long() -> None:
    """A document that takes too long is refused in time, and no process stays behind."""
    before = _children()
    with pytest.raises(UnreadableDocument, match="took too long"):
        await read_document("bread.docx", files.docx(), seconds=0.05)
    assert _children() == before


async def test_the_child_is_killed_when_the_reader_is_stopped() -> None:
    """Stop in the middle of reading leaves no process behind."""
    before = _children()
    reading = asyncio.create_task(read_document("bread.docx", files.docx()))
    async with asyncio.timeout(20):
        while _children() == before:  # noqa: ASYNC110 - a process does not tell that it has begun
            await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert _children() == before


async def test_the_child_gets_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that opens files of strangers has none of the parent's secrets in its environment."""
    from course.sources import reading

    monkeypatch.setenv("OPENAI_API_KEY", "a-secret")
    monkeypatch.setenv("LECTERN_POSTGRES_URL", "a-secret")
    assert "a-secret" not in json.dumps(reading._environment())


def _children() -> set[int]:
    """The processes this one started to read documents; its others may be ending just now."""
    found = set()
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if "course.sources.conversion" in child.cmdline():
                found.add(child.pid)
    return found
