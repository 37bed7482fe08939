"""The sheet a slide is drawn on: a picture of any 16:9 size, addressed in pixels of a 1280×720 one."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from render_service import theme
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


class Canvas:
    """Draws shapes and set text; knows nothing of slides' kinds."""

    def __init__(self, width: int, height: int, palette: Palette) -> None:
        self.palette = palette
        self._scale = height / theme.HEIGHT
        self.picture = Image.new("RGB", (width, height), palette.ground)
        self._draw = ImageDraw.Draw(self.picture)

    def block(self, x: float, y: float, block: Block, colour: Colour) -> float:
        """Sets the block with its top left corner there; returns the y below it."""
        # The first baseline sits where the line's optical middle is the middle of its leading.
        baseline = y + block.leading / 2 + block.size * 0.36
        for line in block.lines:
            self.line(x, baseline, line, block.face, block.size, colour)
            baseline += block.leading
        return y + block.height

    def line(self, x: float, baseline: float, text: str, face: Face, size: int, colour: Colour) -> None:
        """Sets one line from x on a baseline."""
        at = x * self._scale
        for file, stretch in runs(text, face):
            cut = font(file, size * self._scale)
            self._draw.text((at, baseline * self._scale), stretch, fill=colour, font=cut, anchor="ls")
            at += cut.getlength(stretch)

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

    def _smooth(self, x: float, y: float, radius: float, colour: Colour, stroke: float | None) -> None:
        # Pillow's ellipses have hard edges: drawn four times as large, then reduced.
        fine = 4
        side = 2 * round(radius * self._scale) + 2
        mask = Image.new("L", (side * fine, side * fine))
        edges = (fine, fine, (side - 1) * fine, (side - 1) * fine)
        pen = ImageDraw.Draw(mask)
        if stroke is None:
            pen.ellipse(edges, fill=255)
        else:
            pen.ellipse(edges, outline=255, width=round(stroke * self._scale * fine))
        mask = mask.resize((side, side), Image.Resampling.LANCZOS)
        corner = (round(x * self._scale - side / 2), round(y * self._scale - side / 2))
        self.picture.paste(colour, (corner[0], corner[1], corner[0] + side, corner[1] + side), mask)
