"""Words for revisions and moments of a course's history."""

import re

from local_cloud.openai_api.author.brief import NUMBERS

COUNTS = NUMBERS | {"couple of": 2, "few": 3, "a": 1}
COUNT = rf"(?:\d{{1,2}}|{'|'.join(COUNTS)})"
CHANGES = r"(?:changes?|edits?|steps?|things?|revisions?|modifications?)"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
TIME = re.compile(
    r"\b(?:ago|yesterday|today|tonight|this (?:morning|noon|afternoon|evening|week)|"
    rf"last (?:night|evening|week|month|hour|{_DAY})|{_DAY}|"
    r"\d{1,2}:\d{2}|\d{1,2}\s*(?:am|pm|o.?clock)|\d{4}-\d{2}-\d{2}|an hour (?:before|earlier)|"
    r"(?:in )?the (?:last|past) .*?(?:minutes?|hours?|days?|weeks?)|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}})\b",
    re.IGNORECASE,
)
_REVISION = re.compile(
    r"\b(?:revision|version|change|rev\.?|no\.?|number)\s*#?(\d{1,6})\b|#(\d{1,6})\b|"
    rf"\b(?:undo|revert|to|of|back)\s+(\d{{1,6}})\b(?!\s*[.:]\d|\s*(?:{CHANGES}|minutes?|hours?|days?|weeks?))",
    re.IGNORECASE,
)


def revision_in(words: str) -> int | None:
    """The revision that the words name by its number."""
    match = _REVISION.search(words)
    return int(next(one for one in match.groups() if one)) if match else None


def counted(word: str) -> int:
    """How many “three” or “3” are."""
    return int(word) if word.isdecimal() else COUNTS.get(word.lower(), 1)
