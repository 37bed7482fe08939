"""How large a document may be: judged and said in one place, for every way one comes in."""

import math

from course.errors import UnreadableDocument

_MEGABYTE = 1_000_000
"""As file managers and Chainlit's page count."""


def require_size(size: int, limit_mb: int) -> None:
    """Raises `UnreadableDocument` when a file of so many bytes is larger than the limit."""
    if size > limit_mb * _MEGABYTE:
        raise UnreadableDocument(
            f"This file has {math.ceil(size * 10 / _MEGABYTE) / 10:g} MB; Lectern takes up to {limit_mb} MB. "
            "Leave out pictures or split it, and attach the parts your course needs."
        )
