"""How well a text stands out from what it is set on: the contrast ratio of WCAG 2.2, measured on the picture."""

from functools import lru_cache
from typing import Final

from PIL import Image

from render_service.theme import Colour

LEAST: Final = 4.5
"""WCAG's level AA for text of any size: a slide is also watched small, on a phone."""

_CELLS = (48, 3)
"""The ground is measured in so many places: a place is a few letters wide, so that hair lines do not count alone."""


def ratio(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lowest_ratio(colour: Colour, ground: Image.Image) -> float:
    """Where the colour stands out least from a picture of what lies under it."""
    cells = tuple(min(most, side) for most, side in zip(_CELLS, ground.size, strict=True))
    places = ground.resize((cells[0], cells[1]), Image.Resampling.BOX)
    colours = places.getcolors(cells[0] * cells[1]) or []
    return min((ratio(colour, _rgb(found)) for _, found in colours), default=21.0)


def _rgb(value: object) -> Colour:
    assert isinstance(value, tuple)  # noqa: S101 - pictures here are RGB
    return value[0], value[1], value[2]


@lru_cache(maxsize=1024)
def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
