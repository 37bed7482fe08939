"""A slide's texts, wherever they stand in it: found, and made printable."""

from render_service.fonts import printable

_NOT_SHOWN = {"layout", "narration"}


def texts(value: object) -> list[str]:
    """Every text shown, in order; `value` is a slide or a part of one as plain data."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in _NOT_SHOWN for text in texts(item)]
    return [text for item in value for text in texts(item)] if isinstance(value, list) else []


def in_print(value: object) -> object:
    """The same data with every text printable; one that was nothing but ornament becomes a dash."""
    if isinstance(value, str):
        return printable(value) or ("–" if value.strip() else "")
    if isinstance(value, dict):
        return {key: item if key in _NOT_SHOWN else in_print(item) for key, item in value.items()}
    return [in_print(item) for item in value] if isinstance(value, list) else value
