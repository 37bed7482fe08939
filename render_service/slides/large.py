"""Slides of one thought, set large: the opening, a statement, a question."""

from collections.abc import Sequence

from course.models.lesson import Question, Statement, TitleSlide
from render_service import theme
from render_service.fonts import Face
from render_service.slides.canvas import Canvas
from render_service.slides.flow import Page
from render_service.theme import BOARD, PAPER
from render_service.typography import SMALLEST, Block, fit, set_text, shorten

_WIDTH = theme.RIGHT - theme.LEFT
_OPENING_SIZES = (76, 72, 68, 64, 60, 56, 52, 48, 44, 40, 36, 32)


def title(heading: str, body: TitleSlide, place: str) -> list[Page]:
    """The opening card: the place in the course, a large heading and its subtitle on the board, rings in the corner."""
    width = _WIDTH - 150
    eyebrow = shorten(place, Face.STRONG, 24, 640)
    large = _largest(heading, _OPENING_SIZES, width, 300, spacing=1.12)
    room = theme.BODY_BOTTOM - 140 - large.height - 58
    small = _largest(body.subtitle, (34, 32, 30, 28, 26), width, room, face=Face.BODY) if body.subtitle else None

    def draw(canvas: Canvas) -> None:
        _rings(canvas)
        canvas.line(theme.LEFT, 104, eyebrow, Face.STRONG, 24, canvas.palette.strong)
        below = small.height + 62 if small else 0
        y = max(140.0, (theme.BODY_BOTTOM + 84 - large.height - below) / 2)
        y = canvas.block(theme.LEFT, y, large, canvas.palette.ink)
        if small:
            canvas.box(theme.LEFT, y + 26, theme.LEFT + 96, y + 32, canvas.palette.accent)
            canvas.block(theme.LEFT, y + 58, small, canvas.palette.quiet)

    return [Page(BOARD, draw)]


def statement(heading: str, body: Statement) -> list[Page]:
    """A sentence beside a bar, its heading small above."""
    eyebrow = _eyebrow(heading)
    top = 96 + eyebrow.height + 28
    text = _largest(body.text, theme.LARGE_SIZES[1:], _WIDTH - 44, theme.BODY_BOTTOM - top, spacing=1.26)

    def draw(canvas: Canvas) -> None:
        y = max(float(top), (theme.HEIGHT - 40 - text.height) / 2)
        canvas.block(theme.LEFT, 84, eyebrow, canvas.palette.strong)
        canvas.box(theme.LEFT, y + 4, theme.LEFT + 8, y + text.height - 4, canvas.palette.accent, radius=4)
        canvas.block(theme.LEFT + 44, y, text, canvas.palette.ink)

    return [Page(PAPER, draw)]


def question(heading: str, body: Question) -> list[Page]:
    """A question on the board, its mark large behind it."""
    eyebrow = _eyebrow(heading)
    top = 96 + eyebrow.height + 28
    text = _largest(body.question, theme.LARGE_SIZES[2:], _WIDTH - 250, theme.BODY_BOTTOM - top, spacing=1.24)

    def draw(canvas: Canvas) -> None:
        canvas.ornament(960, 560, "?", Face.HEADING, 520, canvas.palette.panel)
        canvas.block(theme.LEFT, 84, eyebrow, canvas.palette.strong)
        y = max(float(top), (theme.HEIGHT - 40 - text.height) / 2)
        canvas.block(theme.LEFT, y, text, canvas.palette.ink)

    return [Page(BOARD, draw)]


def _eyebrow(heading: str) -> Block:
    return _largest(heading, (28, 26), _WIDTH, 80, face=Face.STRONG)


def _largest(
    text: str, sizes: Sequence[int], width: float, height: float, *, face: Face = Face.HEADING, spacing: float = 1.36
) -> Block:
    """At the largest size that fits; text too long for any is cropped at the smallest."""
    block = fit(text, face, sizes, width, height, spacing=spacing)
    return block or set_text(text, face, SMALLEST, width, spacing=1.3).cropped(height)


def _rings(canvas: Canvas) -> None:
    for radius in (150, 250, 350, 450):
        canvas.ring(theme.WIDTH - 60, 40, radius, 2, canvas.palette.rule)
    canvas.disc(theme.WIDTH - 60 - 250 * 0.766, 40 + 250 * 0.643, 9, canvas.palette.accent)
