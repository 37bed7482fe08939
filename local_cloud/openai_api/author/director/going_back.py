"""Wishes to have the whole course as it was: at a revision, a moment, or before something was done."""

import re

from local_cloud.openai_api.author.director.tools import Wish
from local_cloud.openai_api.author.director.when import CHANGES, COUNT, TIME, counted, revision_in

_THING = r"(?:it|the course|everything|us|me)"
_BACK = re.compile(
    rf"^(?:go|going|jump|get|(?:bring|take|turn|put) {_THING}|switch|return|revert|reset|roll)\s*(?:{_THING}\s+)?"
    r"(?:back\s+)?(?:to|until|till|before)\s+(?P<where>.+)$"
    r"|^(?:go|roll|step)\s+back\s+(?P<bare>.+)$"
    r"|^restore\s+(?P<version>.+)$"
    rf"|^(?:make|have) {_THING} (?:again\s+)?(?:like|as|how|what) (?:it was\s+)?(?P<was>.+)$"
    r"|^undo (?:everything|all)(?: (?:the )?changes| of it| (?:i|we|you) did)?(?:\s+that)?"
    r"(?:\s+(?:i|we|you|was|were)\s+(?:did|made|done|changed))?\s+"
    r"(?P<since>(?:since|after|from|of|until)\s+.+|today|yesterday|this \w+|in the last .+)$",
    re.IGNORECASE,
)
_RESTORE = re.compile(
    r"^(?:restore|recover|bring back|get back|put back|undelete)\s+(?P<what>(?:the\s+|that\s+)?(?:deleted\s+|"
    r"removed\s+|"
    r"old\s+|lost\s+)?(?:(?:lesson|module|slide|objective|question|quiz)\b.*|(?:first|second|third|last)\s+.+))$",
    re.IGNORECASE,
)
_STEPS = re.compile(rf"(?:by\s+)?(?:the\s+)?(?:last\s+)?({COUNT})\s+{CHANGES}\b", re.IGNORECASE)
_ONE = re.compile(
    r"(?:the )?(?:last|previous|prior) (?:version|state|one)$|(?:how|what) it was(?: before)?$|before$", re.IGNORECASE
)
_BEFORE = re.compile(r"(?:the (?:state|version|time) )?(?:right |just )?before\b", re.IGNORECASE)
_GOES_BEFORE = re.compile(r"^\w+(?:\s+\w+)?\s*(?:back\s+)?before\b", re.IGNORECASE)


def gone_back(words: str) -> list[Wish]:
    """One wish, or none when the words ask for nothing of the kind."""
    if (restored := _RESTORE.match(words)) and revision_in(words) is None:
        return [Wish("undo", {"about": f"removed {restored['what']}"})]
    match = _BACK.match(words)
    if match is None:
        return []
    where = next(one for one in match.groups() if one).strip()
    if match["since"]:
        return [Wish("go_back", _undoing_since(where))]
    if steps := _STEPS.match(where):
        return [Wish("undo", {"changes": counted(steps[1])})]
    if (number := revision_in(f"to {where}")) is not None:
        before = _BEFORE.match(where) or _GOES_BEFORE.match(words)
        return [Wish("go_back", {"revision": number - 1 if before else number})]
    if TIME.search(where):
        return [Wish("go_back", {"moment": where})]
    if _ONE.match(where):
        return [Wish("undo")]
    event = re.search(r"\bbefore\s+(?P<what>.+)$", where, re.IGNORECASE)
    if event is not None:
        return [Wish("go_back", {"before": event["what"].strip()})]
    return [Wish("go_back", {"before": where})] if _GOES_BEFORE.match(words) else []


def _undoing_since(where: str) -> dict[str, object]:
    since = where if re.match(r"since|after|from", where, re.IGNORECASE) else f"since {where}"
    return {"moment": since} if TIME.search(where) else {"before": re.sub(r"^\w+\s+", "", where)}
