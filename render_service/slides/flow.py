"""Points into pages: as large as fits one page, or at the smallest readable size over several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from render_service import theme
from render_service.fonts import Face
from render_service.slides.canvas import Canvas
from render_service.theme import Palette
from render_service.typography import Block, set_text

LEAST_GAP = 16
"""Between two points, at least."""


@dataclass(frozen=True)
class Row:
    """A point, or the part of it that stands on this page; `opens` tells its first part, which carries the mark."""

    point: int
    block: Block
    opens: bool


@dataclass(frozen=True)
class Page:
    """One picture of a slide: how to draw it, and the share of the slide's text it shows."""

    palette: Palette
    draw: Callable[[Canvas], None]
    share: float = 1.0


def paginate(
    points: Sequence[str], width: float, height: float, *, sizes: Sequence[int] = theme.POINT_SIZES
) -> list[list[Row]]:
    """The points set in rows, on one page if any of the sizes allows, else on as few pages as the last needs."""
    for size in sizes:
        rows = _rows(points, size, width)
        if _height(rows) <= height:
            return [rows]
    return _even_pages(rows, height)


def shares(pages: Sequence[Sequence[Row]]) -> list[float]:
    """How much of the text each page shows; they sum to one."""
    signs = [sum(len(line) for row in rows for line in row.block.lines) or 1 for rows in pages]
    return [count / sum(signs) for count in signs]


def spread(rows: Sequence[Row], top: float, bottom: float, widest: float = 34) -> list[float]:
    """Where each row begins: gaps as wide as the room allows up to `widest`, the whole a little above the middle."""
    room = bottom - top - sum(row.block.height for row in rows)
    gap = min(widest, max(LEAST_GAP, room / max(1, len(rows))))
    spare = max(0.0, room - gap * (len(rows) - 1))
    y, starts = top + min(spare * 0.35, 60), []
    for row in rows:
        starts.append(y)
        y += row.block.height + gap
    return starts


def _rows(points: Sequence[str], size: int, width: float) -> list[Row]:
    return [Row(i, set_text(point, Face.BODY, size, width), opens=True) for i, point in enumerate(points)]


def _height(rows: Sequence[Row]) -> float:
    return sum(row.block.height for row in rows) + LEAST_GAP * (len(rows) - 1)


def _even_pages(rows: list[Row], height: float) -> list[list[Row]]:
    fewest = _filled(rows, height)
    for limit in range(int(height / 2), int(height), 12):
        pages = _filled(rows, limit)
        if len(pages) == len(fewest):
            return pages
    return fewest


def _filled(rows: list[Row], height: float) -> list[list[Row]]:
    pages: list[list[Row]] = [[]]
    waiting = list(reversed(rows))
    while waiting:
        row = waiting.pop()
        if _height([*pages[-1], row]) <= height:
            pages[-1].append(row)
            continue
        if pages[-1]:
            pages.append([])
            waiting.append(row)
            continue
        head, tail = row.block.cut(max(1, int(height // row.block.leading)))
        pages[-1].append(Row(row.point, head, row.opens))
        if tail.lines:
            waiting.append(Row(row.point, tail, opens=False))
    return pages
