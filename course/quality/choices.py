"""The choices of a quiz item: distinct, none inside another, and all of one kind."""

import re

from course.models.lesson import QuizItemDraft
from course.quality.words import plain_words

_FACTOR = 3
_SHORTEST = 10
_FEW, _MANY = 2, 6
_NUMBER = re.compile(
    r"^(?:about |approximately |around |nearly |roughly )?[~≈$€£]?[\d.,]+|^(?:zero|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|twenty|hundreds?|thousands?|millions?|half)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?<![siu])s$|ae$", re.IGNORECASE)
_A_NAME = 2  # words; of longer choices the noun they are about cannot be told
_BEGINNINGS = (
    ("an infinitive", re.compile(r"^to [a-z]+\b", re.IGNORECASE)),
    ("a reason", re.compile(r"^(?:because|since|so that)\b", re.IGNORECASE)),
    ("a condition", re.compile(r"^(?:when|if|while|whenever|unless)\b", re.IGNORECASE)),
    ("a way", re.compile(r"^by [a-z]+ing\b", re.IGNORECASE)),
    (
        "a property",
        re.compile(
            r"^(?:\w{4,}(?:ated|ized|ised|ous|less|ional)|\w*(?:philic|phobic|bolic|meable|soluble|ible)|"
            r"\w{3,}ly \w+)$",
            re.IGNORECASE,
        ),
    ),
    ("a clause", re.compile(r"^(?:it|they|he|she|we|you|there) [a-z]+", re.IGNORECASE)),
)


def flaws(item: QuizItemDraft) -> list[str]:
    """What is wrong with the choices among themselves, each in a few words."""
    found = []
    # A hyphen makes one word of two: “proto-oncogenes” do not contain “oncogenes”.
    plain = [" ".join(plain_words(choice.replace("-", ""))) for choice in item.choices]
    if not _FEW <= len(plain) <= _MANY:
        found.append(f"it has {len(plain)} choices instead of two to six")
    if len(set(plain)) < len(plain):
        found.append("two choices are the same")
    elif (pair := _nested(item.choices, plain)) is not None:
        found.append(f"“{pair[0]}” is part of the choice “{pair[1]}”")
    if _uneven(plain):
        found.append("its choices differ too much in length")
    if (kinds := _mixed(item.choices)) is not None:
        found.append(f"its choices are not of one kind: {kinds}")
    return found


def longest_is_right(item: QuizItemDraft) -> bool:
    """Whether the right choice stands out by its length."""
    others = [len(choice) for place, choice in enumerate(item.choices) if place != item.answer]
    right = len(item.choices[item.answer])
    return bool(others) and right > 24 and right > 1.6 * max(others)


def told_by_number(item: QuizItemDraft) -> bool:
    """Whether the right choice is the only plural, or the only singular, among names."""
    if any(len(choice.split()) > _A_NAME for choice in item.choices):
        return False
    plurals = [bool(_PLURAL.search(choice.strip(" ."))) for choice in item.choices]
    right = plurals[item.answer]
    return len(plurals) > 2 and all(one != right for place, one in enumerate(plurals) if place != item.answer)


def _nested(choices: list[str], plain: list[str]) -> tuple[str, str] | None:
    for place, inner in enumerate(plain):
        for other, outer in enumerate(plain):
            if place != other and inner and f" {inner} " in f" {outer} ":
                return choices[place], choices[other]
    return None


def _uneven(plain: list[str]) -> bool:
    """By letters; very short ones, like ATP, count as ten."""
    letters = [max(_SHORTEST, len(choice)) for choice in plain]
    return max(letters) > _FACTOR * min(letters)


def _mixed(choices: list[str]) -> str | None:
    """The kinds, if they can be told and differ."""
    numbers = [bool(_NUMBER.match(choice.strip())) for choice in choices]
    if any(numbers) and not all(numbers) and sum(numbers) > 1:
        return "some begin with a number, some do not"
    kinds = {_kind(choice) for choice in choices}
    return (
        f"{' and '.join(sorted(kinds - {''}))}" + (" beside others" if "" in kinds else "") if len(kinds) > 1 else None
    )


def _kind(choice: str) -> str:
    return next((kind for kind, pattern in _BEGINNINGS if pattern.match(choice.strip())), "")
