"""An empty wide presentation in our own type and colours, whose placeholders people can go on editing."""

from typing import Any

_WIDE, _NARROW = 12192000, 9144000
_INK, _ACCENT, _QUIET = "1C2430", "145343", "5B6675"
_TYPEFACE = "Calibri"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

# Of the template that python-pptx brings.
OPENING, CONTENT, SECTION, COMPARISON = 0, 1, 2, 4

# Left, top, width and height in inches of each layout's placeholders, by their number.
_HEAD = (0.7, 0.45, 11.9, 1.1)
_PLACES: dict[int, dict[int, tuple[float, float, float, float]]] = {
    OPENING: {0: (0.7, 1.9, 11.9, 1.9), 1: (0.7, 3.9, 11.9, 1.8)},
    SECTION: {0: (0.7, 3.1, 11.9, 1.9), 1: (0.7, 2.4, 11.9, 0.7)},
    CONTENT: {0: _HEAD, 1: (0.7, 1.75, 11.9, 4.9)},
    COMPARISON: {
        0: _HEAD,
        1: (0.7, 1.7, 5.7, 0.7),
        2: (0.7, 2.45, 5.7, 4.2),
        3: (6.9, 1.7, 5.7, 0.7),
        4: (6.9, 2.45, 5.7, 4.2),
    },
}


def new_presentation() -> Any:
    """16:9, titles on the left, our colours in the theme."""
    from pptx import Presentation

    presentation: Any = Presentation()
    presentation.slide_width = _WIDE
    master = presentation.slide_master
    for holder in (master, *presentation.slide_layouts):
        for shape in holder.placeholders:
            _widen(shape)
    _set_theme(master)
    _set_titles(master)
    _place(presentation)
    return presentation


def _widen(shape: Any) -> None:
    if shape.width is None or not shape._element.spPr.findall(f"{_A}xfrm"):  # noqa: SLF001 - inherited ones stay so
        return
    left, width = shape.left, shape.width
    shape.left, shape.width = left * _WIDE // _NARROW, width * _WIDE // _NARROW


def _place(presentation: Any) -> None:
    """Titles on one line of sight, and room below them for what a slide says."""
    from pptx.util import Inches

    for layout, places in _PLACES.items():
        for shape in presentation.slide_layouts[layout].placeholders:
            if place := places.get(shape.placeholder_format.idx):
                shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in place)
        for run in presentation.slide_layouts[layout]._element.iter(f"{_A}defRPr"):  # noqa: SLF001 - no words for it
            run.attrib.pop("cap", None)


def _set_theme(master: Any) -> None:
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    for name, colour in {"dk2": _INK, "accent1": _ACCENT, "accent2": _QUIET}.items():
        slot = next(theme.iter(f"{_A}{name}"))
        slot.clear()
        slot.append(_element("a:srgbClr", val=colour))
    for font in ("majorFont", "minorFont"):
        next(theme.iter(f"{_A}{font}")).find(f"{_A}latin").set("typeface", _TYPEFACE)
    part._blob = serialize_part_xml(theme)  # noqa: SLF001 - no setter


def _set_titles(master: Any) -> None:
    """Titles on the left, in the accent colour."""
    style = next(master._element.iter(f"{_P}titleStyle"))  # noqa: SLF001 - python-pptx has no words for it
    level = style.find(f"{_A}lvl1pPr")
    level.set("algn", "l")
    run = level.find(f"{_A}defRPr")
    run.set("sz", "3400")
    run.set("b", "1")
    for fill in run.findall(f"{_A}solidFill"):
        run.remove(fill)
    fill = _element("a:solidFill")
    fill.append(_element("a:schemeClr", val="accent1"))
    run.insert(0, fill)


def _element(name: str, **attributes: str) -> Any:
    from pptx.oxml.xmlchemy import OxmlElement

    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(attribute, value)
    return element
