"""Sheets of a handout: A4, open typefaces that know Latin, Greek, Cyrillic and the signs of mathematics."""

import io
from collections.abc import Sequence
from importlib import resources

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

_FILES = {
    "sans": "notosans/NotoSans[wdth,wght].ttf",
    "serif": "notoserif/NotoSerif[wdth,wght].ttf",
    "math": "stixtwomath/STIXTwoMath-Regular.ttf",
    "signs": "notosanssymbols2/NotoSansSymbols2-Regular.ttf",
}
# Without these tables a variable typeface is its regular style, and half as large in the file.
_VARIATION_TABLES = ("fvar", "gvar", "avar", "cvar", "HVAR", "VVAR", "MVAR", "STAT")
_INK, _QUIET, _LINE, _ACCENT = (28, 36, 48), (91, 102, 117), (213, 218, 225), (20, 83, 67)
_MARGIN, _LEADING = 20.0, 1.45
_MILLIMETRES_PER_POINT = 0.3528


class Paper(FPDF):
    """A document of these sheets. Lengths are millimetres, sizes of type points."""

    def __init__(self, title: str, language: str) -> None:
        super().__init__(format="A4")
        self._named = title
        self.set_title(title)
        self.set_lang(language)
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=22)
        fonts = resources.files("justmytype_western_core").joinpath("fonts", "ofl")
        for family, file in _FILES.items():
            self.add_font(family, "", str(fonts.joinpath(*file.split("/"))))
        for font in self._typefaces():
            for table in _VARIATION_TABLES:
                if table in font.ttfont:
                    del font.ttfont[table]
        self.set_fallback_fonts(["math", "signs"], exact_match=False)

    def footer(self) -> None:
        """The course and the page; the first page has none."""
        if self.page_no() == 1:
            return
        self.set_y(-14)
        self._type("sans", 8, _QUIET)
        self.cell(self.epw - 20, 5, self._named[:110])
        self.cell(20, 5, str(self.page_no()), align="R")

    def heading(self, text: str, size: float, *, over: str = "") -> None:
        """A title, with a quiet line over it."""
        if over:
            self.text_block(over, 9, quiet=True)
        self._type("serif", size, _ACCENT)
        self._lines(text, size * 1.25)
        self.ln(1.5)

    def text_block(self, text: str, size: float = 10.5, *, quiet: bool = False, indent: float = 0.0) -> None:
        """Paragraphs."""
        self._type("sans", size, _QUIET if quiet else _INK)
        for paragraph in text.split("\n"):
            if paragraph.strip():
                self._lines(paragraph, size * _LEADING, indent=indent)
                self.ln(1.2)

    def points(self, texts: Sequence[str], marks: Sequence[str] = ()) -> None:
        """A list; with bullets unless marks are given."""
        self._type("sans", 10.5, _INK)
        for place, text in enumerate(texts):
            self.cell(6, 10.5 * _LEADING * _MILLIMETRES_PER_POINT, marks[place] if marks else "•")
            self._lines(text, 10.5 * _LEADING)
            self.ln(0.6)

    def picture(self, image: bytes, width: float) -> None:
        """A picture as wide as that, 16:9, with a thin frame."""
        x, y = self.get_x(), self.get_y()
        self.image(io.BytesIO(image), x=x, y=y, w=width)
        self.set_draw_color(*_LINE)
        self.rect(x, y, width, width * 9 / 16)
        self.set_y(y + width * 9 / 16 + 3)

    def rule(self) -> None:
        """A thin line across."""
        self.set_draw_color(*_LINE)
        self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())
        self.ln(3)

    def keep(self, height: float) -> None:
        """What comes next is so high and stays together: a new page if this one has too little left."""
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()

    def unknown(self, text: str) -> str:
        """The signs of a text that no typeface here has."""
        known = [font.cmap for font in self._typefaces()]
        return "".join(sorted({sign for sign in text if sign > " " and not any(ord(sign) in one for one in known)}))

    def _typefaces(self) -> list[TTFFont]:
        return [font for font in self.fonts.values() if isinstance(font, TTFFont)]

    def _type(self, family: str, size: float, colour: tuple[int, int, int]) -> None:
        self.set_font(family, "", size)
        self.set_text_color(*colour)

    def _lines(self, text: str, leading: float, *, indent: float = 0.0) -> None:
        if indent:
            self.set_x(self.l_margin + indent)
        self.multi_cell(0, leading * _MILLIMETRES_PER_POINT, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
