"""Slides that are a list: bullets, a recap, the steps of a process."""

from collections.abc import Callable, Sequence

from course.models.lesson import Bullets, Process, Recap
from render_service import theme
from render_service.fonts import Face
from render_service.slides.canvas import Canvas
from render_service.slides.flow import Page, Row, paginate, shares, spread
from render_service.slides.heading import body_top, draw_heading
from render_service.theme import PAPER
from render_service.typography import length

Mark = Callable[[Canvas, Row, float, float], None]
"""Draws a point's mark, given the y of its first line's middle and of the next point's (or of its own, if last)."""

_STEP_RADIUS = 23


def bullets(title: str, body: Bullets) -> list[Page]:
    """Points with a dot each."""
    return _listed(title, body.points, 40, _dot)


def recap(title: str, body: Recap) -> list[Page]:
    """Points ticked off, on a panel."""
    return _listed(title, body.points, 92, _ticked, inset=36, panel=True)


def process(title: str, body: Process) -> list[Page]:
    """Numbered steps down a line."""
    return _listed(title, body.steps, 82, _numbered)


def _listed(
    title: str, points: Sequence[str], indent: float, mark: Mark, *, inset: float = 0, panel: bool = False
) -> list[Page]:
    top, bottom = body_top(title), theme.BODY_BOTTOM
    width = theme.RIGHT - theme.LEFT - indent - inset
    pages = paginate(points, width, bottom - top - 2 * inset)

    def drawing(rows: list[Row]) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            draw_heading(canvas, title)
            if panel:
                canvas.box(theme.LEFT, top, theme.RIGHT, bottom, canvas.palette.panel, radius=18)
            _draw_rows(canvas, rows, spread(rows, top + inset, bottom - inset), theme.LEFT + indent, mark)

        return draw

    return [Page(PAPER, drawing(rows), share) for rows, share in zip(pages, shares(pages), strict=True)]


def _draw_rows(canvas: Canvas, rows: list[Row], starts: list[float], left: float, mark: Mark) -> None:
    middles = [start + row.block.leading / 2 for row, start in zip(rows, starts, strict=True)]
    for place, row in enumerate(rows):
        if row.opens:
            mark(canvas, row, middles[place], middles[min(place + 1, len(rows) - 1)])
        canvas.block(left, starts[place], row.block, canvas.palette.ink)


def _dot(canvas: Canvas, row: Row, middle: float, _next: float) -> None:
    canvas.disc(theme.LEFT + 8, middle + row.block.size * 0.03, 6.5, canvas.palette.accent)


def _ticked(canvas: Canvas, _row: Row, middle: float, _next: float) -> None:
    canvas.disc(theme.LEFT + 54, middle, 17, canvas.palette.strong)
    canvas.tick(theme.LEFT + 54, middle, 16, canvas.palette.ground)


def _numbered(canvas: Canvas, row: Row, middle: float, following: float) -> None:
    x, number = theme.LEFT + _STEP_RADIUS, str(row.point + 1)
    if following > middle:
        canvas.box(x - 1.5, middle + _STEP_RADIUS, x + 1.5, following - _STEP_RADIUS, canvas.palette.rule)
    canvas.disc(x, middle, _STEP_RADIUS, canvas.palette.strong)
    shift = length(number, Face.STRONG, 24) / 2
    canvas.line(x - shift, middle + 8.5, number, Face.STRONG, 24, canvas.palette.ground)
