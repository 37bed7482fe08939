"""Which choice of a question is meant by a letter, a number or its words."""

import re

from course.models.lesson import QuizItem
from course.numerals import NUMBER, ORDINAL, number, ordinal


def chosen(item: QuizItem, words: str) -> int | None:
    """The choice's place, from 0; None when no choice is meant."""
    plain = re.sub(r"^(?:the )?(?:choice|option|answer)\s+", "", words.strip().rstrip(".)"), flags=re.IGNORECASE)
    folded = [choice.casefold().rstrip(".") for choice in item.choices]
    if plain.casefold() in folded:
        return folded.index(plain.casefold())
    if re.fullmatch(r"[A-Fa-f]", plain):
        return _there(item, ord(plain.upper()) - ord("A"))
    if re.fullmatch(NUMBER, plain, re.IGNORECASE):
        return _there(item, number(plain) - 1)
    if one := re.fullmatch(rf"(?:the )?({ORDINAL})(?: (?:one|choice|option|answer))?", plain, re.IGNORECASE):
        place = ordinal(one[1])
        return _there(item, place - 1 if place > 0 else len(item.choices) + place)
    return None


def _there(item: QuizItem, place: int) -> int | None:
    return place if 0 <= place < len(item.choices) else None
