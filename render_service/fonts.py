"""The typefaces of the press: open families shipped as a wheel, with fallbacks for signs the first one lacks."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from itertools import groupby

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from PIL import ImageFont


class Face(StrEnum):
    """A voice in print: what the text is, not which file draws it."""

    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"


@dataclass(frozen=True)
class FontFile:
    """A font file of the wheel; `axes` in the file's own order, None for the optical size (it follows the size)."""

    path: str
    axes: tuple[int | None, ...] = ()


_SERIF = "sourceserif4/SourceSerif4[opsz,wght].ttf"
_SANS = "inter/Inter[opsz,wght].ttf"
_SIGNS = (
    FontFile("stixtwomath/STIXTwoMath-Regular.ttf"),
    FontFile("notosanssymbols2/NotoSansSymbols2-Regular.ttf"),
)
# Each face with its fallbacks in order; all are SIL Open Font License.
_FILES: dict[Face, tuple[FontFile, ...]] = {
    Face.HEADING: (FontFile(_SERIF, (600, None)), FontFile("notoserif/NotoSerif[wdth,wght].ttf", (600, 100)), *_SIGNS),
    Face.BODY: (FontFile(_SANS, (None, 400)), FontFile("notosans/NotoSans[wdth,wght].ttf", (400, 100)), *_SIGNS),
    Face.STRONG: (FontFile(_SANS, (None, 600)), FontFile("notosans/NotoSans[wdth,wght].ttf", (600, 100)), *_SIGNS),
}
_OPTICAL_SIZES = {_SERIF: (8, 60), _SANS: (14, 32)}
_JOINERS = "\u200d\ufe0e\ufe0f"


@lru_cache(maxsize=256)
def font(file: FontFile, size: float) -> ImageFont.FreeTypeFont:
    """The file at a size in pixels. FreeType faces are not thread-safe: draw in one thread."""
    face = ImageFont.truetype(_location(file), size)
    if file.axes:
        smallest, largest = _OPTICAL_SIZES.get(file.path, (0, 0))
        face.set_variation_by_axes([min(max(size, smallest), largest) if a is None else a for a in file.axes])
    return face


@lru_cache(maxsize=4096)
def runs(text: str, face: Face) -> tuple[tuple[FontFile, str], ...]:
    """The text cut into stretches one file can draw; signs no file has are left to the first (see `missing`)."""
    chosen: list[FontFile] = []
    for sign in text:
        stays = bool(chosen) and (sign == " " or unicodedata.combining(sign) != 0) and _has(chosen[-1], sign)
        chosen.append(chosen[-1] if stays else _file_for(sign, face) or _FILES[face][0])
    pairs = groupby(zip(chosen, text, strict=True), key=lambda pair: pair[0])
    return tuple((file, "".join(sign for _, sign in stretch)) for file, stretch in pairs)


def printable(text: str) -> str:
    """The text without pictographs no typeface here has (an emoji is an ornament) and without their joiners."""
    return " ".join("".join(sign for sign in text if not _ornament(sign)).split())


def missing(text: str) -> str | None:
    """The first sign of the printable text that no typeface here has, or None."""
    return next((s for s in printable(text) if _file_for(s, Face.BODY) is None), None)


def _ornament(sign: str) -> bool:
    skin_tone = "\U0001f3fb" <= sign <= "\U0001f3ff"
    return sign in _JOINERS or skin_tone or (unicodedata.category(sign) == "So" and _file_for(sign, Face.BODY) is None)


@lru_cache(maxsize=4096)
def _file_for(sign: str, face: Face) -> FontFile | None:
    return next((file for file in _FILES[face] if _has(file, sign)), None)


def _has(file: FontFile, sign: str) -> bool:
    return ord(sign) in _coverage(file.path)


@lru_cache(maxsize=16)
def _coverage(path: str) -> frozenset[int]:
    with TTFont(_location(FontFile(path)), lazy=True) as file:
        return frozenset(file.getBestCmap())


def _location(file: FontFile) -> str:
    return str(resources.files("justmytype_western_core").joinpath("fonts", "ofl", *file.path.split("/")))
