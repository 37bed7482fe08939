"""A message taken apart into single wishes."""

import re

from course.addresses import mentions
from course.quotes import Masked, masked

_CLAUSE = re.compile(
    r"\s*(?:[;\n]+|[.!](?=\s+[A-Z“\"])|,?\s+(?:and then|then|and also|also)\s+|"
    r"(?:,\s*|,?\s+and\s+)(?=(?:please\s+)?(?:rename|remove|delete|drop|add|move|merge|combine|"
    r"split|swap|replace|render|publish|write|draft|undo|redo|make|set|change|retitle|insert|append|duplicate|copy|"
    r"divide|exchange|correct|fix|turn|cut|rewrite|simplify|shorten|lengthen|expand|show|call|put|mark)\b))\s*",
    re.IGNORECASE,
)
_SETTING = re.compile(r"(?:\b(?:in|on|for|at|within|from|of|the|and|to|inside|now)\b|[\s,.:;])*", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s*(?:please\s+)?(?:right |just |directly )?(?:after|before|behind|at the (?:end|beginning|start))\b",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The single wishes; “after slide 3, add …” is one."""
    parts: list[str] = []
    for part in _CLAUSE.split(text):
        if parts and (is_setting(masked(parts[-1])) or _only_beside(parts[-1])):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return parts


def _only_beside(part: str) -> bool:
    return bool(_BESIDE.match(part)) and not re.search(r"\b(?:add|insert|put|move|split)\b", part)


def is_setting(clause: Masked) -> bool:
    """“On slide 2 of 1.1, …”: only where, for what is said next."""
    named = mentions(clause)
    rest = clause.text
    for one in reversed(named):
        rest = rest[: one.start] + rest[one.end :]
    return bool(named) and _SETTING.fullmatch(rest) is not None
