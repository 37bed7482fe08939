"""A course as plain values, and how to find a part of it."""

import re
from typing import Any

Words = dict[str, Any]


class _Any:
    """Stands where more than one value is right, as for the title of a merged lesson."""

    def __eq__(self, _: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __deepcopy__(self, _: object) -> "_Any":
        return self


ANY = _Any()


def sentences(text: str) -> list[str]:
    """The sentences of a narration of ours."""
    return re.split(r"(?<=[.!?])\s+", text)


def at(number: str) -> int:
    """The index of a number from 1; negative ones count from the end."""
    return int(number) - 1 if int(number) > 0 else int(number)


def slide_of(lessons: dict[str, Words], lesson: str, slide: str) -> Words:
    """A slide by its lesson's number and its own."""
    found: Words = lessons[lesson]["slides"][at(slide)]
    return found


def points_of(slide: Words) -> list[str]:
    """The points or steps it shows."""
    body = slide["body"]
    found: list[str] = body["steps" if body["layout"] == "process" else "points"]
    return found
