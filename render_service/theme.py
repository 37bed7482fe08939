"""How a slide looks: colours, grid and type scale, in pixels of a 1280×720 picture."""

from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]

WIDTH: Final = 1280
HEIGHT: Final = 720

# The grid: one text column between the margins, the heading above it, the lesson's name and place below.
LEFT: Final = 104
RIGHT: Final = 1176
HEADING_TOP: Final = 84
BODY_TOP: Final = 214
BODY_BOTTOM: Final = 620
FOOTER: Final = 672

HEADING_SIZES: Final = (52, 48, 44, 40, 36, 32, 28)
POINT_SIZES: Final = (38, 36, 34, 32, 30, 28, 26)
LARGE_SIZES: Final = (64, 60, 56, 52, 48, 44, 40, 36, 32, 30, 28, 26)
FOOTER_SIZE: Final = 20


@dataclass(frozen=True)
class Palette:
    """The colours of one kind of slide: `ink` and `quiet` on `ground` (7:1 and 4.5:1), `accent` for marks only."""

    ground: Colour
    panel: Colour
    ink: Colour
    quiet: Colour
    accent: Colour
    strong: Colour
    rule: Colour


PAPER: Final = Palette(
    ground=(251, 249, 244),
    panel=(239, 243, 236),
    ink=(24, 38, 34),
    quiet=(88, 102, 96),
    accent=(201, 130, 37),
    strong=(20, 83, 69),
    rule=(219, 221, 211),
)
"""Content: pine ink on warm paper."""

BOARD: Final = Palette(
    ground=(16, 52, 44),
    panel=(24, 66, 56),
    ink=(250, 246, 236),
    quiet=(178, 200, 189),
    accent=(232, 170, 82),
    strong=(245, 208, 148),
    rule=(52, 92, 80),
)
"""Openings and questions: chalk on a dark board."""
