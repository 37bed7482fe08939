"""What a drawn slide lacks, told from the text that stands on it: words left out, too small, too pale, or no glyph."""

from collections.abc import Iterable, Iterator, Sequence

from course.models.picture import PictureFinding, PictureProblem, SlideSheet
from render_service import theme
from render_service.contrast import LEAST
from render_service.fonts import missing
from render_service.slides.canvas import Ink
from render_service.slides.texts import texts

READABLE = 28
"""Body text set smaller than this many pixels is hard to read in a small window: four hundredths of the height."""

_SHOWN = 60
_TOLERANCE = 2.0


def findings(sheet: SlideSheet, pages: Sequence[Sequence[Ink]]) -> list[PictureFinding]:
    """What is wrong with the slide's pages, the worst first; each thing once, however many pages show it."""
    number = sheet.index + 1
    inks = [ink for page in pages for ink in page]
    found = [
        *_unsupported(number, sheet),
        *(_cut(number, ink) for ink in inks if _left_out(ink)),
        *_continued(number, pages),
        *(_pale(number, ink) for ink in inks if ink.contrast < LEAST),
        # One that goes on is always set as small as may be.
        *(_small(number, inks) if len(pages) == 1 else ()),
    ]
    return list(dict.fromkeys(found))


def sign_sentence(where: str, sign: str) -> str:
    """Which sign of a text cannot be drawn, and what to do; `where` begins the sentence."""
    return f"{where} has a character that the video's typefaces lack: “{sign}” (U+{ord(sign):04X}). Please replace it."


def _unsupported(number: int, sheet: SlideSheet) -> Iterator[PictureFinding]:
    wheres = [(f"Slide {number}", text) for text in (sheet.title, *texts(sheet.body.model_dump()))]
    wheres += [(f"The title “{text}”", text) for text in (sheet.lesson_title, sheet.module_title)]
    for where, text in wheres:
        if sign := missing(text):
            yield _finding(PictureProblem.UNSUPPORTED, text, 0, sign_sentence(where, sign))


def _left_out(ink: Ink) -> bool:
    """Whether words of it are missing, or it stands outside the sheet's margins or in the footer."""
    if ink.block is None:
        return False
    outside = ink.right > theme.RIGHT + _TOLERANCE or ink.left < theme.LEFT - _TOLERANCE
    return ink.block.left_out or outside or ink.bottom > theme.FOOTER - theme.FOOTER_SIZE or ink.top < 0


def _cut(number: int, ink: Ink) -> PictureFinding:
    sentence = f"On slide {number} “{_short(ink.text)}” is too long: not all of it is shown. Shorten it."
    return _finding(PictureProblem.OVERFLOW, ink.text, 0, sentence)


def _continued(number: int, pages: Sequence[Sequence[Ink]]) -> Iterator[PictureFinding]:
    if len(pages) > 1:
        sentence = (
            f"Slide {number} does not fit one picture and goes on over {len(pages)}. Shorten it, or divide it in two."
        )
        yield _finding(PictureProblem.OVERFLOW, "", len(pages), sentence)


def _pale(number: int, ink: Ink) -> PictureFinding:
    sentence = (
        f"On slide {number} “{_short(ink.text)}” stands out too little: its contrast is {ink.contrast:.1f} to 1, "
        f"and {LEAST} is the least that is easy to read."
    )
    return _finding(PictureProblem.CONTRAST, ink.text, round(ink.contrast, 1), sentence)


def _small(number: int, inks: Iterable[Ink]) -> Iterator[PictureFinding]:
    """One finding for the slide: what is set smallest."""
    smallest = min((ink for ink in inks if ink.block), key=lambda ink: ink.block.size if ink.block else 0, default=None)
    if smallest and smallest.block and smallest.block.size < READABLE:
        sentence = f"Slide {number} has so many words that they are set very small. Shorten it, or divide it in two."
        yield _finding(PictureProblem.SMALL, smallest.text, smallest.block.size, sentence)


def _finding(kind: PictureProblem, text: str, measure: float, sentence: str) -> PictureFinding:
    return PictureFinding(kind=kind, text=_short(text), measure=measure, sentence=sentence)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip(" .…") + "…"
