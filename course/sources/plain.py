"""Text in any usual encoding."""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.-]+)""", re.IGNORECASE)


def decoded(data: bytes) -> str:
    """The text of these bytes: by its mark, as UTF-8, as UTF-16, as it says of itself, else as Windows Latin-1."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if wide := _wide(data[:4000]):
        return data.decode(wide, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return _eight_bit(data)


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every other byte is null."""
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.4 and start[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if half and start[::2].count(0) > half * 0.4 and start[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _eight_bit(data: bytes) -> str:
    declared = _CHARSET.search(data[:2000])
    if declared and declared[1].lower() not in {b"utf-8", b"utf8"}:
        try:
            return data.decode(declared[1].decode("ascii"), "replace")
        except LookupError:
            pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
