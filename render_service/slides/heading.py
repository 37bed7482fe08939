"""A slide's heading, at the top of the sheet."""

from render_service import theme
from render_service.fonts import Face
from render_service.slides.canvas import Canvas
from render_service.typography import Block, set_text

_WIDTH = theme.RIGHT - theme.LEFT
_SPACING = 1.16
_GAP = 40


def heading_block(title: str) -> Block:
    """On one line while it can be large, else on the fewest lines at the largest size that keeps to two."""
    for size in theme.HEADING_SIZES[:4]:
        block = set_text(title, Face.HEADING, size, _WIDTH, spacing=_SPACING)
        if len(block.lines) == 1:
            return block
    for size in theme.HEADING_SIZES[2:]:
        block = set_text(title, Face.HEADING, size, _WIDTH, spacing=_SPACING, even=True)
        if len(block.lines) <= 2:
            return block
    return block


def body_top(title: str) -> int:
    """Where the body may begin below that heading."""
    return max(theme.BODY_TOP, theme.HEADING_TOP + heading_block(title).height + _GAP)


def draw_heading(canvas: Canvas, title: str) -> None:
    """The heading with its short accent rule above."""
    canvas.box(theme.LEFT, theme.HEADING_TOP - 26, theme.LEFT + 64, theme.HEADING_TOP - 20, canvas.palette.accent)
    canvas.block(theme.LEFT, theme.HEADING_TOP, heading_block(title), canvas.palette.ink)
