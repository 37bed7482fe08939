"""Slides with cards: a term with its meaning, two things side by side."""

from collections.abc import Callable, Sequence

from course.models.lesson import Column, Comparison, Definition
from render_service import theme
from render_service.fonts import Face
from render_service.slides.canvas import Canvas
from render_service.slides.flow import LEAST_GAP, Page, Row, paginate, shares
from render_service.slides.heading import body_top, draw_heading
from render_service.theme import PAPER
from render_service.typography import Block, fit, set_text

_WIDTH = theme.RIGHT - theme.LEFT
_PAD = 44
_GUTTER = 32
_COLUMN = (_WIDTH - _GUTTER) // 2
_INSET = 34


def definition(title: str, body: Definition) -> list[Page]:
    """The term large on a card, what it means below it; the card is no taller than it must be."""
    top, inner = body_top(title), _WIDTH - 2 * _PAD - 10
    term = _term(body.term, inner)
    pages = paginate([body.meaning], inner, theme.BODY_BOTTOM - top - 2 * _PAD - term.height - 22)

    def drawing(meaning: Block) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            draw_heading(canvas, title)
            height = term.height + 22 + meaning.height + 2 * _PAD
            y = top + max(0.0, (theme.BODY_BOTTOM - top - height) * 0.3)
            canvas.box(theme.LEFT, y, theme.RIGHT, y + height, canvas.palette.panel, radius=18)
            canvas.box(theme.LEFT, y + 28, theme.LEFT + 8, y + height - 28, canvas.palette.accent)
            below = canvas.block(theme.LEFT + _PAD + 10, y + _PAD, term, canvas.palette.strong)
            canvas.block(theme.LEFT + _PAD + 10, below + 22, meaning, canvas.palette.ink)

        return draw

    return [Page(PAPER, drawing(rows[0].block), share) for rows, share in zip(pages, shares(pages), strict=True)]


def _term(text: str, width: float) -> Block:
    block = fit(text, Face.HEADING, (48, 44, 40, 36, 32, 28), width, 130, spacing=1.16)
    return block or set_text(text, Face.HEADING, 28, width, spacing=1.16).cropped(100)


def comparison(title: str, body: Comparison) -> list[Page]:
    """Two cards of equal size; when one needs more pages, its points go on beside the other's last."""
    top = body_top(title)
    heads = (_head(body.left), _head(body.right))
    points_top = top + max(head.height for head in heads) + 56
    left, right = _columns((body.left.points, body.right.points), theme.BODY_BOTTOM - points_top - 28)
    count = max(len(left), len(right))
    pages = [(left[min(i, len(left) - 1)], right[min(i, len(right) - 1)]) for i in range(count)]

    def drawing(page: tuple[list[Row], list[Row]]) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            draw_heading(canvas, title)
            starts = [_starts(rows, points_top) for rows in page]
            ends = [points_top, *(y + row.block.height for rows, ys in zip(page, starts, strict=True)
                                  for row, y in zip(rows, ys, strict=True))]  # fmt: skip
            for place, (head, rows) in enumerate(zip(heads, page, strict=True)):
                x = theme.LEFT + place * (_COLUMN + _GUTTER)
                _draw_card(canvas, x, top, max(ends) + 30, head)
                _draw_points(canvas, x, rows, starts[place])

        return draw

    return [Page(PAPER, drawing(page), 1 / count) for page in pages]


def _columns(points: tuple[Sequence[str], Sequence[str]], room: float) -> list[list[list[Row]]]:
    """Both columns' pages, set at the same size."""
    width = _COLUMN - 2 * _INSET - 26
    columns = [paginate(column, width, room) for column in points]
    size = min((row.block.size for pages in columns for row in pages[0]), default=theme.POINT_SIZES[0])
    return [paginate(column, width, room, sizes=(size,)) for column in points]


def _starts(rows: Sequence[Row], top: float) -> list[float]:
    y, starts = top, []
    for row in rows:
        starts.append(y)
        y += row.block.height + LEAST_GAP
    return starts


def _draw_card(canvas: Canvas, x: float, top: float, bottom: float, head: Block) -> None:
    canvas.box(x, top, x + _COLUMN, bottom, canvas.palette.panel, radius=18)
    canvas.block(x + _INSET, top + 26, head, canvas.palette.strong)
    rule = top + 26 + head.height + 8
    canvas.box(x + _INSET, rule, x + _INSET + 48, rule + 4, canvas.palette.accent)


def _draw_points(canvas: Canvas, x: float, rows: Sequence[Row], starts: Sequence[float]) -> None:
    for row, y in zip(rows, starts, strict=True):
        if row.opens:
            canvas.disc(x + _INSET + 6, y + row.block.leading / 2 + row.block.size * 0.03, 5, canvas.palette.accent)
        canvas.block(x + _INSET + 26, y, row.block, canvas.palette.ink)


def _head(column: Column) -> Block:
    width = _COLUMN - 2 * _INSET
    block = fit(column.heading, Face.STRONG, (32, 30, 28, 26), width, 96, spacing=1.2)
    return block or set_text(column.heading, Face.STRONG, 26, width, spacing=1.2).cropped(96)
