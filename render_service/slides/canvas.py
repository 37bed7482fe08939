"""The sheet a slide is drawn on: a picture of any 16:9 size, addressed in pixels of a 1280×720 one."""

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from render_service import theme
from render_service.contrast import lowest_ratio
from render_service.fonts import Face, font, runs
from render_service.theme import Colour, Palette
from render_service.typography import Block, length, shorten


@dataclass(frozen=True)
class Margin:
    """What stands in every slide's margin: where in the lesson it is."""

    number: str
    lesson: str
    slide: int
    slides: int


@dataclass(frozen=True)
class Ink:
    """Text as it stands on the sheet: its box, and its lowest contrast; `block` is None for a line set by itself."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    contrast: float
    block: Block | None


class Canvas:
    """Draws shapes and set text, and remembers the text; knows nothing of slides' kinds."""

    def __init__(self, width: int, height: int, palette: Palette) -> None:
        self.palette = palette
        self._scale = height / theme.HEIGHT
        self.picture = Image.new("RGB", (width, height), palette.ground)
        self.inks: list[Ink] = []
        self._draw = ImageDraw.Draw(self.picture)

    def block(self, x: float, y: float, block: Block, colour: Colour) -> float:
        """Sets the block with its top left corner there; returns the y below it."""
        # The first baseline sits where the line's optical middle is the middle of its leading.
        first = y + block.leading / 2 + block.size * 0.36
        lines = enumerate(block.lines)
        contrasts = [self._set(x, first + n * block.leading, line, block.face, block.size, colour) for n, line in lines]
        below = y + block.height
        text, contrast = " ".join(block.lines), min(contrasts, default=21.0)
        self.inks.append(Ink(text, x, y, x + block.width, below, contrast, block))
        return below

    def line(self, x: float, baseline: float, text: str, face: Face, size: int, colour: Colour) -> None:
        """Sets one line from x on a baseline."""
        contrast = self._set(x, baseline, text, face, size, colour)
        right = x + length(text, face, size)
        self.inks.append(Ink(text, x, baseline - size, right, baseline + size / 4, contrast, None))

    def ornament(self, x: float, baseline: float, sign: str, face: Face, size: int, colour: Colour) -> None:
        """Sets a sign that is there to be seen, not read: it need not stand out."""
        self._write(x, baseline, sign, face, size, colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, *, radius: float = 0) -> None:
        """A filled rectangle, its corners rounded or not; edges are on whole pixels."""
        edges = [round(edge * self._scale) for edge in (left, top, right - 1, bottom - 1)]
        self._draw.rounded_rectangle(edges, radius=round(radius * self._scale), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled, smooth circle about a point."""
        self._smooth(x, y, radius, colour, None)

    def ring(self, x: float, y: float, radius: float, stroke: float, colour: Colour) -> None:
        """A smooth circle's outline about a point."""
        self._smooth(x, y, radius, colour, stroke)

    def tick(self, x: float, y: float, size: float, colour: Colour) -> None:
        """A check mark about a point."""
        half = size / 2
        corners = [(x - half, y + half * 0.05), (x - half * 0.25, y + half * 0.75), (x + half, y - half * 0.7)]
        points = [(a * self._scale, b * self._scale) for a, b in corners]
        self._draw.line(points, fill=colour, width=max(2, round(4 * self._scale)), joint="curve")

    def margin(self, margin: Margin) -> None:
        """The lesson's number and name, the slide's place, and the line of progress along the bottom edge."""
        size, y, palette = theme.FOOTER_SIZE, theme.FOOTER, self.palette
        place = f"{margin.slide} / {margin.slides}"
        place_width = length(place, Face.BODY, size)
        self.line(theme.RIGHT - place_width, y, place, Face.BODY, size, palette.quiet)
        self.line(theme.LEFT, y, margin.number, Face.STRONG, size, palette.strong)
        start = theme.LEFT + length(margin.number, Face.STRONG, size) + 14
        name = shorten(margin.lesson, Face.BODY, size, theme.RIGHT - place_width - 48 - start)
        self.line(start, y, name, Face.BODY, size, palette.quiet)
        self.box(0, theme.HEIGHT - 6, theme.WIDTH, theme.HEIGHT, palette.rule)
        self.box(0, theme.HEIGHT - 6, theme.WIDTH * margin.slide / margin.slides, theme.HEIGHT, palette.accent)

    def _set(self, x: float, baseline: float, text: str, face: Face, size: int, colour: Colour) -> float:
        """Writes a line; returns its contrast to what was there."""
        edges = (x, baseline - 0.75 * size, x + length(text, face, size), baseline + 0.22 * size)
        left, top, right, bottom = (round(edge * self._scale) for edge in edges)
        width, height = self.picture.size
        box = (max(0, left), max(0, top), min(width, right), min(height, bottom))
        seen = box[0] < box[2] and box[1] < box[3]
        contrast = lowest_ratio(colour, self.picture.crop(box)) if seen else 1.0
        self._write(x, baseline, text, face, size, colour)
        return contrast

    def _write(self, x: float, baseline: float, text: str, face: Face, size: int, colour: Colour) -> None:
        at = x * self._scale
        for file, stretch in runs(text, face):
            cut = font(file, size * self._scale)
            self._draw.text((at, baseline * self._scale), stretch, fill=colour, font=cut, anchor="ls")
            at += cut.getlength(stretch)

    def _smooth(self, x: float, y: float, radius: float, colour: Colour, stroke: float | None) -> None:
        side = 2 * round(radius * self._scale) + 2
        mask = _round(side, None if stroke is None else stroke * self._scale)
        corner = (round(x * self._scale - side / 2), round(y * self._scale - side / 2))
        self.picture.paste(colour, (corner[0], corner[1], corner[0] + side, corner[1] + side), mask)


@lru_cache(maxsize=32)
def _round(side: int, stroke: float | None) -> Image.Image:
    """A smooth circle in a square, as a mask; large ones take long, and every opening card has the same."""
    # Pillow's ellipses have hard edges: drawn four times as large, then reduced.
    fine = 4
    mask = Image.new("L", (side * fine, side * fine))
    edges = (fine, fine, (side - 1) * fine, (side - 1) * fine)
    pen = ImageDraw.Draw(mask)
    if stroke is None:
        pen.ellipse(edges, fill=255)
    else:
        pen.ellipse(edges, outline=255, width=round(stroke * fine))
    return mask.resize((side, side), Image.Resampling.LANCZOS)
