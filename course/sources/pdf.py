"""PDF to blocks: headings by the size of their type, paragraphs put together again, running heads dropped."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from course.errors import UnreadableDocument
from course.sources.document import Block, Converted
from course.sources.pdf_lines import Line, lines_of_page

PAGES_LIMIT = 2000

_MARGIN = 0.11
_PAGE_NUMBER = re.compile(
    r"^[\W_]*(?:page|seite|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von)\s*\d{1,4})?[\W_]*$", re.IGNORECASE
)
_ITEM = re.compile(r"^([•‣▪◦●–*-]|\d{1,2}[.)]|\(\w\)|[a-h]\))\s+")
_ENDED = re.compile(r"[.!?:…。！？][\"”’')\]]*$")
_BROKEN = re.compile(r"(\w+)(?:\ufffe|\x02|\xad|-\n)(\w+)")
_HEADING_WORDS = 18


def read_pdf(data: bytes) -> Converted:
    """The text of a PDF with the pages it stands on; `UnreadableDocument` for one that has none to give."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(_about(error)) from error
    if len(document) > PAGES_LIMIT:
        raise UnreadableDocument(
            f"This PDF has {len(document):,} pages; Lectern reads up to {PAGES_LIMIT:,}. "
            "Split it and attach the parts your course needs.",
        )
    pages = [_lines(document, number) for number in range(len(document))]
    _refuse_without_text(document, pages)
    title = (document.get_metadata_value("Title") or "").strip()
    return Converted(blocks=_lists_together(_blocks(pages)), title=title, pages=len(pages))


def _about(error: Exception) -> str:
    from pypdfium2 import raw

    if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
        return "This PDF is protected with a password. Save a copy without the password and attach that."
    return "This PDF is damaged or incomplete. Open it in a PDF viewer, save or print it to a new PDF and attach that."


def _lines(document: Any, number: int) -> list[Line]:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []  # one page that cannot be opened does not spoil the others
    try:
        return lines_of_page(page, number + 1)
    finally:
        page.close()


def _refuse_without_text(document: Any, pages: list[list[Line]]) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    letters = sum(map(str.isalnum, text))
    if letters < 8 * len(pages) or letters < 20:
        if not text and not any(True for number in range(min(len(pages), 20)) for _ in document[number].get_objects()):
            raise UnreadableDocument("This PDF has only empty pages. Check that it was saved, and attach it again.")
        raise UnreadableDocument(
            "This PDF is a scan: it has pictures of pages but no text layer. "
            "Run text recognition (OCR) on it, for example in your scanner's program, and attach the result.",
        )
    unmapped = sum(1 for letter in text if letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter < " ")
    if unmapped > len(text) * 0.3:
        raise UnreadableDocument(
            "The text of this PDF cannot be copied out: its fonts hide which letters they show. "
            "Export it again from the program it was made in, or run text recognition (OCR) on it.",
        )


def _blocks(pages: list[list[Line]]) -> Iterator[Block]:
    body = _body_size(pages)
    lines = _without_running(pages, body)
    levels = _levels(lines, body)
    bold_body = sum(line.bold for line in lines) > len(lines) / 2
    words = Counter(word.lower() for line in lines for word in re.findall(r"[\w-]+", line.text))
    for group in _groups(lines, bold_body=bold_body):
        text = _joined(group, words)
        level = 0 if len(text.split()) > _HEADING_WORDS else levels.get(group[0].size, 0)
        if not level and _is_bold_heading(group, body, bold_body=bold_body):
            level = len(set(levels.values())) + 1
        yield Block(text, level=min(level, 6), page=group[0].page)


def _lists_together(blocks: Iterator[Block]) -> list[Block]:
    """Items that follow each other as one block, a line each."""
    merged: list[Block] = []
    for block in blocks:
        if merged and block.text.startswith("- ") and merged[-1].text.startswith("- "):
            merged[-1] = replace(merged[-1], text=f"{merged[-1].text}\n{block.text}")
        else:
            merged.append(block)
    return merged


def _body_size(pages: list[list[Line]]) -> float:
    """The size most letters are set in."""
    letters: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0]


def _without_running(pages: list[list[Line]], body: float) -> list[Line]:
    """All lines but page numbers and what stands in the margin of page after page."""
    seen = Counter(key for lines in pages for key in {_running_key(line) for line in lines if _in_margin(line)})
    often = 2 if len(pages) <= 3 else 3
    return [
        line
        for lines in pages
        for line in lines
        if not (
            _in_margin(line)
            and (_PAGE_NUMBER.match(line.text) or (seen[_running_key(line)] >= often and line.size <= body * 1.1))
        )
    ]


def _in_margin(line: Line) -> bool:
    return line.bottom < _MARGIN or line.top > 1 - _MARGIN


def _running_key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())


def _levels(lines: list[Line], body: float) -> dict[float, int]:
    """Sizes larger than the body's, the largest first; those of long texts are no headings."""
    words: Counter[float] = Counter()
    for line in lines:
        if line.size >= body * 1.12 and sum(map(str.isalpha, line.text)) > 2:
            words[line.size] += len(line.text.split())
    total = sum(len(line.text.split()) for line in lines)
    sizes = sorted((size for size, count in words.items() if count < max(30, total * 0.15)), reverse=True)
    return {size: level for level, size in enumerate(sizes, 1)}


def _groups(lines: list[Line], *, bold_body: bool) -> Iterator[list[Line]]:
    """Lines that make one heading or paragraph."""
    if not lines:
        return
    pitch = _pitch(lines)
    group = [lines[0]]
    for before, line in pairwise(lines):
        if _continues(group, before, line, pitch, bold_body=bold_body):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _pitch(lines: list[Line]) -> float:
    """The usual distance of two lines, as a part of the page's height."""
    steps = sorted(
        line.top - before.top
        for before, line in pairwise(lines)
        if before.page == line.page and before.size == line.size and 0 < line.top - before.top < 0.1
    )
    return steps[len(steps) // 2] if steps else 0.02


def _continues(group: list[Line], before: Line, line: Line, pitch: float, *, bold_body: bool) -> bool:
    if abs(line.size - before.size) > 0.75 or (line.bold != before.bold and not bold_body and len(group) == 1):
        return False
    if _ITEM.match(line.text):
        return False
    if line.page != before.page or line.top < before.top - pitch / 2:
        return not _ENDED.search(before.text) and line.text[:1].islower()
    if line.top - before.top > pitch * 1.45:
        return False
    indented = line.left - before.left > line.size * 0.8
    return not (indented and _ENDED.search(before.text) and not _ITEM.match(group[0].text))


def _joined(group: list[Line], words: Counter[str]) -> str:
    text = "\n".join(line.text for line in group)
    text = _BROKEN.sub(lambda broken: _mended(broken[1], broken[2], words), text).replace("\n", " ")
    item = _ITEM.match(text)
    if item and not item[1][0].isalnum() and item[1][0] != "(":
        return "- " + text[item.end() :]
    return text


def _mended(first: str, second: str, words: Counter[str]) -> str:
    """A word broken at a line's end: with its hyphen only if the document writes it so elsewhere."""
    whole, hyphened = (first + second).lower(), f"{first}-{second}".lower()
    keep = words[hyphened] > words[whole] or second[:1].isupper() or second[:1].isdigit()
    return f"{first}-{second}" if keep else first + second


def _is_bold_heading(group: list[Line], body: float, *, bold_body: bool) -> bool:
    text = group[0].text
    return (
        not bold_body
        and len(group) == 1
        and group[0].bold
        and group[0].size >= body * 0.95
        and len(text.split()) <= 12
        and sum(map(str.isalpha, text)) > 2
        and not _ENDED.search(text)
        and not text.endswith((",", ";"))
        and (text[0].isupper() or text[0].isdigit())
    )
