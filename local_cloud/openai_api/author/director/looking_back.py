"""Questions about what was done: the history, and what changed since when, by whom."""

import re

from local_cloud.openai_api.author.director.tools import Wish
from local_cloud.openai_api.author.director.when import TIME

_LOOKS = re.compile(
    r"^(?:(?:and|so|but)\s+)?(?:show|list|see|tell|give|what|who|when|which|anything|everything|sum|"
    r"summari[sz]e|changes|"
    r"edits|(?:the |course |my |its )*(?:full )?(?:history|revisions|change ?log)|(?:the )?(?:last|latest|"
    r"recent) changes|"
    r"how (?:has|did)|look at|open the history)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:history|revisions|list of changes|change ?log|(?:last|latest|recent) changes)\b|"
    r"\bwhat (?:has |have (?:you |i |we )?|did (?:you |i |we )?|was |were )?(?:been )?chang\w*|"
    r"\b(?:show|list)\b.*\bchanges\b|\bwho (?:has )?(?:changed|edited|touched)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:what(?:’s|'s)?|which|show|list|tell|see|sum up|summari[sz]e|anything|everything)\b.*\b(?:chang\w+|"
    r"edit(?:s|ed)|"
    r"different|new|modif\w+|been done|did|done)\b|^(?:changes|edits)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|after|from)\s+(?!the (?:course|lesson|source|document)\b)(?P<since>.+?)[?.!]*$", re.IGNORECASE
)
_AUTHOR = re.compile(
    r"\b(?:did|has|have)\s+(?!(?:it|the|this|that|we|anyone|anybody|someone)\b)([\w.@’'-]+(?:\s+[A-Z][\w’'-]+)?)\s+"
    r"(?:just\s+|last\s+)?(?:chang|edit|do|done|modif)|"
    r"\b(?:changes?|edits?)\s+(?:made\s+)?(?:by|from|of)\s+([\w.@’'-]+)|"
    r"\b([A-Z][\w-]+)[’']s\s+(?:last\s+|latest\s+)?(?:changes|edits)|\b(my)\s+(?:own\s+)?(?:changes|edits)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:in|to|of|about|with|on|changed|edited|touched)\s+(?:the\s+)?(?P<about>(?:lesson|module|slide)\s+[\w.]+"
    r"(?:\s+of\s+(?:lesson\s+)?[\d.]+)?|\d{1,2}\.\d{1,2}|tone|audience|title|outline|quiz)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^when (?:did|was|were|have|has) (?:i|we|you|the|it|anyone|somebody|someone)?\s*(?P<what>.+?)[?.!]*$",
    re.IGNORECASE,
)


def asks_what_was_done(words: str) -> bool:
    """Whether they ask for the history."""
    return bool(_LOOKS.match(words) and _HISTORY.search(words))


def looked_back(words: str) -> list[Wish]:
    """One wish, or none when the words ask for nothing of the kind."""
    if when := _WHEN.match(words):
        return [Wish("course_history", {"words": when["what"]})]
    if not _LOOKS.match(words) or not (_HISTORY.search(words) or _CHANGES.search(words)):
        return []
    since, time, who = _SINCE.search(words), TIME.search(words), _author(words)
    if not since and _HISTORY.search(words) and (about := _ABOUT.search(words)):
        return [Wish("course_history", {"words": about["about"], "author": who})]
    start = since["since"].strip() if since else time.group() if time else None
    if start is not None or who not in (None, "you"):
        return [Wish("what_changed", {"since": start, "author": who})]
    return [Wish("course_history")] if _HISTORY.search(words) else []


def _author(words: str) -> str | None:
    match = _AUTHOR.search(words)
    who = next((one for one in match.groups() if one), "").rstrip("’'") if match else ""
    return "me" if who.lower() in ("i", "my", "me") else who or None
