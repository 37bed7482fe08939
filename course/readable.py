"""What the columns of a part say, as texts with the names a teacher knows."""

from collections.abc import Mapping
from typing import Any

from course.models.revision import Kind

Texts = dict[str, str]

_NAMES = {
    "title": "Title",
    "summary": "Summary",
    "audience": "Audience",
    "language": "Language",
    "tone": "Tone",
    "text": "Objective",
    "narration": "Narration",
    "question": "Question",
    "explanation": "Explanation",
}
_BODY_NAMES = {
    "subtitle": "Subtitle",
    "points": "Points",
    "text": "Statement",
    "term": "Term",
    "meaning": "Meaning",
    "steps": "Steps",
    "question": "Question to think about",
}
ORDER = (
    *("Title", "Layout", *_BODY_NAMES.values(), "Left", "Right", "Narration", "Sources"),
    *("Question", "Choices", "Right answer", "Explanation", "Tests", "Objective", "Minutes", "Written from"),
    *("Summary", "Audience", "Language", "Tone"),
)
"""Fields as they are read."""


def texts(kind: Kind, values: Mapping[str, Any], names: Mapping[str, str], *, known: Mapping[str, Any]) -> Texts:
    """The columns in words. `names` call sources by their references; `known` are columns not among the values."""
    found = {_NAMES[column]: str(value) for column, value in values.items() if column in _NAMES}
    if kind is Kind.SLIDE and "body" in values:
        found |= _body(values["body"])
    if "minutes" in values:
        found["Minutes"] = str(values["minutes"])
    if "sections" in values:
        found["Written from"] = "\n".join(names.get(ref, ref) for ref in values["sections"])
    if "citations" in values:
        found["Sources"] = "\n".join(_citation(one, names) for one in values["citations"])
    if kind is Kind.QUIZ_ITEM:
        found |= _quiz(values, dict(known) | dict(values))
    return found


def _body(body: Mapping[str, Any]) -> Texts:
    found = {"Layout": str(body.get("layout", ""))}
    for name, value in body.items():
        if name in ("left", "right"):
            found[name.capitalize()] = "\n".join([value["heading"], *(f"• {point}" for point in value["points"])])
        elif name in _BODY_NAMES:
            found[_BODY_NAMES[name]] = _listed(value, numbered=name == "steps") if isinstance(value, list) else value
    return found


def _listed(lines: list[str], *, numbered: bool) -> str:
    return "\n".join(f"{at}. {line}" if numbered else f"• {line}" for at, line in enumerate(lines, start=1))


def _quiz(values: Mapping[str, Any], whole: Mapping[str, Any]) -> Texts:
    found = {}
    choices = list(whole.get("choices") or [])
    if "choices" in values:
        found["Choices"] = "\n".join(f"{chr(ord('A') + at)}. {choice}" for at, choice in enumerate(choices))
    answer = whole.get("answer")
    if isinstance(answer, int) and 0 <= answer < len(choices):
        # By its words: another letter for the same words is no other answer.
        found["Right answer"] = choices[answer]
    return found


def _citation(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    name = names.get(one["passage"], one["passage"])
    return f"{name}: “{one['quote']}”" if one.get("quote") else name
