"""The texts of a PowerPoint slide in the order they are read, and where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course.models.text import clean

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True)
class Text:
    """One shape's text; lengths in EMU."""

    lines: list[str]
    left: int
    top: int
    width: int
    height: int
    bulleted: bool
    numbered: bool

    def beside(self, other: "Text") -> bool:
        """Whether the other stands on the right at about the same height."""
        level = abs(self.top - other.top) < max(self.height, other.height, 1) // 3
        return level and other.left >= self.left + self.width * 3 // 4


def title_of(slide: Any) -> str:
    """The slide's title, on one line."""
    shape = slide.shapes.title
    return " ".join(clean(shape.text_frame.text).split()) if shape is not None and shape.has_text_frame else ""


def is_opening(slide: Any) -> bool:
    """Whether it is made on a layout for the beginning of a deck or of a section."""
    return slide.slide_layout._element.get("type") in ("title", "secHead")  # noqa: SLF001 - python-pptx has no words for it


def is_hidden(slide: Any) -> bool:
    """Whether it is left out when the deck is shown."""
    return bool(slide._element.get("show") == "0")  # noqa: SLF001 - python-pptx has no words for it


def pictures(slide: Any) -> int:
    """How many pictures, charts, films and the like stand on it."""
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    kinds = {MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.LINKED_PICTURE, MSO_SHAPE_TYPE.CHART, MSO_SHAPE_TYPE.MEDIA}
    kinds |= {MSO_SHAPE_TYPE.DIAGRAM, MSO_SHAPE_TYPE.IGX_GRAPHIC}
    return sum(_is_picture(shape, kinds) for shape in _all(slide.shapes))


def texts(slide: Any) -> list[Text]:
    """All texts but the title and what stands at the foot; a row of a table is a line."""
    title = slide.shapes.title
    found = []
    for shape in _all(slide.shapes):
        if (title is not None and shape.shape_id == title.shape_id) or _is_footer(shape):
            continue
        if getattr(shape, "has_table", False) and shape.has_table:
            rows = [
                " | ".join(" ".join(cell.text_frame.text.split()) for cell in row.cells) for row in shape.table.rows
            ]
            found.append(_text(shape, [clean(row) for row in rows], bulleted=True, numbered=False))
        elif shape.has_text_frame:
            paragraphs = [one for one in shape.text_frame.paragraphs if clean(one.text)]
            lines = [" ".join(clean(one.text).split()) for one in paragraphs]
            numbered = bool(paragraphs) and all(_numbered(one) for one in paragraphs)
            bulleted = shape.is_placeholder and not all(_bare(one) for one in paragraphs)
            found.append(_text(shape, lines, bulleted=bulleted, numbered=numbered))
    return sorted((text for text in found if text.lines), key=_order)


def _order(text: Text) -> tuple[int, int]:
    # What stands a little lower on the right still belongs to the same row.
    return text.top // 400_000, text.left


def _text(shape: Any, lines: list[str], *, bulleted: bool, numbered: bool) -> Text:
    left, top, width, height = (value or 0 for value in (shape.left, shape.top, shape.width, shape.height))
    return Text(lines, left, top, width, height, bulleted, numbered)


def _all(shapes: Any) -> Iterator[Any]:
    """Groups opened."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _all(shape.shapes)
        else:
            yield shape


def _is_picture(shape: Any, kinds: set[Any]) -> bool:
    try:
        return shape.shape_type in kinds
    except NotImplementedError:  # a kind python-pptx does not know
        return False


def _is_footer(shape: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    footers = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE}
    return bool(shape.is_placeholder and shape.placeholder_format.type in footers)


def _numbered(paragraph: Any) -> bool:
    return _has(paragraph, "buAutoNum")


def _bare(paragraph: Any) -> bool:
    return _has(paragraph, "buNone")


def _has(paragraph: Any, mark: str) -> bool:
    properties = paragraph._p.pPr  # noqa: SLF001 - python-pptx has no words for it
    return properties is not None and properties.find(f"{_A}{mark}") is not None
