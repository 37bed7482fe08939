"""PPTX to blocks: a slide's title is a heading, its number the page; bullets, tables and speaker notes follow."""

import io
from collections.abc import Iterator
from typing import Any

from course.errors import UnreadableDocument
from course.sources.document import Block, Converted


def read_powerpoint(data: bytes) -> Converted:
    """The text of a presentation; `UnreadableDocument` if it has none."""
    from pptx import Presentation

    presentation = Presentation(io.BytesIO(data))
    blocks: list[Block] = []
    last_title = ""
    for number, slide in enumerate(presentation.slides, 1):
        title = _title(slide)
        # A title carried on over several slides is one section.
        if title and title != last_title:
            blocks.append(Block(title, level=1 if number == 1 and _is_opening(slide) else 2, page=number))
            last_title = title
        blocks.extend(Block(text, page=number) for text in _texts(slide))
    if not any(block.text for block in blocks):
        raise UnreadableDocument(
            "This presentation has no text: its slides are pictures. Attach the speaker's text or notes as a document.",
        )
    name = (presentation.core_properties.title or "").strip()
    return Converted(blocks=blocks, title="" if name == "PowerPoint Presentation" else name, pages=number)


def _title(slide: Any) -> str:
    shape = slide.shapes.title
    return " ".join(shape.text_frame.text.split()) if shape is not None and shape.has_text_frame else ""


def _is_opening(slide: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    shape = slide.shapes.title
    return bool(shape.is_placeholder and shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE)


def _texts(slide: Any) -> Iterator[str]:
    title = slide.shapes.title
    for shape in _in_reading_order(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if getattr(shape, "has_table", False) and shape.has_table:
            yield "\n".join(_row(row) for row in shape.table.rows)
        elif shape.has_text_frame and not _is_footer(shape):
            yield _paragraphs(shape.text_frame)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
        yield notes.text.replace("\x0b", "\n").strip()


def _in_reading_order(shapes: Any) -> Iterator[Any]:
    """From top to bottom, then left to right; groups opened."""
    for shape in sorted(shapes, key=lambda one: (one.top or 0, one.left or 0)):
        if hasattr(shape, "shapes"):
            yield from _in_reading_order(shape.shapes)
        else:
            yield shape


def _is_footer(shape: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    footers = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE}
    return bool(shape.is_placeholder and shape.placeholder_format.type in footers)


def _row(row: Any) -> str:
    return "| " + " | ".join(" ".join(cell.text_frame.text.split()) for cell in row.cells) + " |"


def _paragraphs(frame: Any) -> str:
    texts = [" ".join(paragraph.text.split()) for paragraph in frame.paragraphs]
    texts = [text for text in texts if text]
    return texts[0] if len(texts) == 1 else "\n".join(f"- {text}" for text in texts)
