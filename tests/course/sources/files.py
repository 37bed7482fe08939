"""Documents of every kind, made here: the same three headings and paragraphs in each."""

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from ebooklib import epub
from fpdf import FPDF, XPos, YPos
from pptx import Presentation

TITLE = "A Short History of Bread"
CHAPTERS = {
    "Grain": (
        "People gathered wild barley long before they farmed it. They ground the grain between stones and mixed the "
        "meal with water. The flat loaves baked on hot rocks kept for many days."
    ),
    "Leaven": (
        "Dough left standing catches wild yeast from the air. The yeast turns sugar into gas, and the gas lifts the "
        "dough. Egyptian bakers kept a little of each dough to start the next one."
    ),
    "Ovens": (
        "A closed oven holds heat in its walls. Roman bakeries stood beside the mills and worked through the night. "
        "One oven of Pompeii held eighty-one loaves when the mountain broke open."
    ),
}


def markdown() -> bytes:
    """As Markdown."""
    return "\n\n".join([f"# {TITLE}", *(f"## {name}\n\n{text}" for name, text in CHAPTERS.items())]).encode()


def html() -> bytes:
    """As a web page with a menu, a script and a picture."""
    body = "".join(f"<h2>{name}</h2><p>{text}</p>" for name, text in CHAPTERS.items())
    return (
        f"<!DOCTYPE html><html><head><title>{TITLE}</title><script>var secret = 1;</script></head><body>"
        f"<nav><a href='/'>Start page</a></nav><div role='navigation'>All topics</div>"
        f"<h1>{TITLE}<a class='headerlink' href='#top'>¶</a></h1><img src='a.png' alt='a loaf'>{body}"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def pdf(*, password: str = "") -> bytes:
    """As a PDF of three pages with a running head and page numbers."""
    document = FPDF()
    document.set_auto_page_break(auto=False)
    if password:
        document.set_encryption(owner_password="owner", user_password=password)
    for number, (name, text) in enumerate(CHAPTERS.items(), 1):
        document.add_page()
        _pdf_line(document, "The Baker's Reader", size=9, y=8)
        _pdf_line(document, str(number), size=9, y=285)
        document.set_y(40)
        if number == 1:
            _pdf_line(document, TITLE, size=24)
        _pdf_line(document, name, size=16)
        document.set_font("Helvetica", size=11)
        document.multi_cell(0, 6, text)
    return bytes(document.output())


def _pdf_line(document: FPDF, text: str, *, size: int, y: float | None = None) -> None:
    document.set_font("Helvetica", size=size)
    if y is not None:
        document.set_y(y)
    document.cell(text=text, h=size / 2, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    document.ln(4)


def scan() -> bytes:
    """A PDF of two pages that are pictures only."""
    document = FPDF()
    for _ in range(2):
        document.add_page()
        for row in range(30):
            document.rect(20, 20 + row * 8, 150, 2, style="F")
    return bytes(document.output())


def docx() -> bytes:
    """As a Word document with heading styles and a table."""
    paragraphs = [_word_paragraph(TITLE, "Heading1")]
    for name, text in CHAPTERS.items():
        paragraphs += [_word_paragraph(name, "Heading2"), _word_paragraph(text)]
    cells = "".join(f"<w:tc>{_word_paragraph(cell)}</w:tc>" for cell in ("Rye", "dark"))
    return _word_file("".join(paragraphs) + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")


def docx_without_styles() -> bytes:
    """As a Word document whose headings are paragraphs in bold."""
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    return _word_file("".join(bold.format(name) + _word_paragraph(text) for name, text in CHAPTERS.items()))


def _word_paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_file(body: str) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2)
    )
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="a" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="b" Type="{office}/styles" Target="styles.xml"/></Relationships>',
            "word/styles.xml": f'<w:styles xmlns:w="{word}">{styles}</w:styles>',
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
        },
    )


def pptx() -> bytes:
    """As slides: bullets of a sentence each, and a speaker's note on the last."""
    presentation = Presentation()
    opening = presentation.slides.add_slide(presentation.slide_layouts[0])
    opening.shapes.title.text = TITLE
    for name, text in CHAPTERS.items():
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = name
        slide.placeholders[1].text = text.replace(". ", ".\n")
    slide.notes_slide.notes_text_frame.text = "Tell them about the volcano."
    return _saved(presentation)


def pptx_of_pictures() -> bytes:
    """Slides without a word."""
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[6])
    return _saved(presentation)


def _saved(presentation: Any) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def book() -> bytes:
    """As an e-book, a file for each chapter."""
    book = epub.EpubBook()
    book.set_identifier("bread")
    book.set_title(TITLE)
    book.set_language("en")
    chapters = []
    for name, text in CHAPTERS.items():
        chapter = epub.EpubHtml(title=name, file_name=f"{name.lower()}.xhtml", lang="en")
        chapter.content = f"<h1>{name}</h1><p>{text}</p>"
        book.add_item(chapter)
        chapters.append(chapter)
    book.spine = chapters
    book.add_item(epub.EpubNcx())
    out = io.BytesIO()
    epub.write_epub(out, book)
    return out.getvalue()


def archive(entries: dict[str, str | bytes]) -> bytes:
    """A ZIP of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return out.getvalue()
