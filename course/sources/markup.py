"""DOCX, EPUB and HTML to blocks, by way of markitdown's Markdown."""

import io
import re
from typing import Any

from course.errors import UnreadableDocument
from course.sources.document import Converted
from course.sources.markdown import blocks_of_markdown
from course.sources.plain import decoded

_CHROME = ("nav", "header", "footer", "aside", "form", "noscript", "template", "svg", "figure", "button", "iframe")
_CHROME_ROLES = "[role=navigation], [role=banner], [role=contentinfo], [role=search], [hidden], a.headerlink, a.anchor"
_BOOK_PROPERTIES = re.compile(r"\A(?:\*\*(?P<name>[A-Z][a-z]+):\*\* .*\n?)+")


def read_word(data: bytes) -> Converted:
    """The text of a Word document, headings by its styles."""
    from markitdown import StreamInfo
    from markitdown.converters import DocxConverter

    converter: Any = DocxConverter
    result = converter().convert(io.BytesIO(data), StreamInfo(extension=".docx"))
    if not result.markdown.strip():
        raise UnreadableDocument("This Word document has no text. Check that it was saved, and attach it again.")
    return Converted(blocks=blocks_of_markdown(_headings_by_bold(result.markdown)))


def read_book(data: bytes) -> Converted:
    """The text of an EPUB, chapters in reading order."""
    from markitdown import StreamInfo
    from markitdown.converters import EpubConverter

    converter: Any = EpubConverter
    result = converter().convert(io.BytesIO(data), StreamInfo(extension=".epub"))
    text = _BOOK_PROPERTIES.sub("", result.markdown).strip()
    if not text:
        raise UnreadableDocument("This e-book has no text that can be read. Attach it as PDF or text instead.")
    return Converted(blocks=blocks_of_markdown(text), title=(result.title or "").strip())


def read_page(data: bytes) -> Converted:
    """The text of an HTML page without its menus and scripts."""
    from bs4 import BeautifulSoup
    from markitdown.converters import HtmlConverter

    soup = BeautifulSoup(decoded(data), "html.parser")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    main = soup.find("main") or soup.find("article") or soup.body or soup
    headings = [heading.get_text() for heading in main.find_all(re.compile("^h[1-6]$"))]
    for part in main.select(_CHROME_ROLES):
        part.decompose()
    for part in main.find_all(_CHROME):
        # A page's <header> often holds the title it has nowhere else.
        if not (part.name == "header" and headings and part.find("h1")):
            part.decompose()
    text = HtmlConverter().convert_string(str(main)).markdown
    if not text.strip():
        raise UnreadableDocument(
            "This web page has no text of its own: it is filled in by a program. Save it as PDF and attach that.",
        )
    return Converted(blocks=blocks_of_markdown(text), title=title)


def _headings_by_bold(markdown: str) -> str:
    """A Word text without heading styles: short paragraphs all in bold are meant as headings."""
    if re.search(r"^#{1,6} ", markdown, re.MULTILINE):
        return markdown
    return re.sub(
        r"(?m)(?<=\n\n)\*\*([^*\n]{3,90})\*\*$(?=\n\n)|\A\*\*([^*\n]{3,90})\*\*$(?=\n\n)", _as_heading, markdown
    )


def _as_heading(found: "re.Match[str]") -> str:
    text: str = found[1] or found[2]
    return found[0] if text.rstrip().endswith((".", ",", ";")) else f"## {text}"
