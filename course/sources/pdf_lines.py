"""The lines of a PDF's pages as they are set: text, size, weight and place."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_NAME_LENGTH = 128
_HEAVY = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(frozen=True)
class Line:
    """One line. `size` is the height of its type in points; `top` and `bottom` run from 0 (page's top) to 1."""

    text: str
    page: int
    size: float
    bold: bool
    left: float
    top: float
    bottom: float


def lines_of_page(page: Any, number: int) -> list[Line]:
    """The lines of a pypdfium2 page, in the order they were written."""
    textpage = page.get_textpage()
    try:
        height = max(page.get_height(), 1.0)
        return [
            line for start, text in _rows(textpage) if (line := _measured(textpage, start, text, number, height)).text
        ]
    finally:
        textpage.close()


def _rows(textpage: Any) -> Iterator[tuple[int, str]]:
    """Each line and the index of its first character; character by character, as surrogates shift indices."""
    from pypdfium2 import raw

    row: list[str] = []
    start = 0
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in {10, 13}:
            if row:
                yield start, "".join(row)
            row = []
            continue
        if not row:
            start = index
        # One place in `row` for each character, so that a place in the text is a place on the page.
        row.append(chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else " ")
    if row:
        yield start, "".join(row)


def _measured(textpage: Any, start: int, text: str, page: int, height: float) -> Line:
    shown = [start + place for place, letter in enumerate(text) if not letter.isspace()]
    if not shown:
        return Line("", page, 0.0, bold=False, left=0.0, top=0.0, bottom=0.0)
    sample = [shown[0], shown[len(shown) // 2], shown[-1]]
    boxes = [textpage.get_charbox(index, loose=True) for index in sample]
    sizes = sorted(box[3] - box[1] for box in boxes)
    return Line(
        text=text.strip(),
        page=page,
        size=round(sizes[1] * 2) / 2,
        bold=all(_is_bold(textpage, index) for index in sample),
        left=boxes[0][0],
        top=1 - boxes[0][3] / height,
        bottom=1 - boxes[0][1] / height,
    )


def _is_bold(textpage: Any, index: int) -> bool:
    from pypdfium2 import raw

    name = ctypes.create_string_buffer(_NAME_LENGTH)
    raw.FPDFText_GetFontInfo(textpage, index, name, _NAME_LENGTH, ctypes.c_int())
    font = name.value.decode("latin-1").lower()
    return any(weight in font for weight in _HEAVY)
