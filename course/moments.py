"""Moments as people say them: “2 hours ago”, “yesterday evening”, “Monday”, and how long ago one was.

Nobody's time zone is known: a day and its evening are those of UTC.
"""

import re
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """From when to when; both the same for a moment."""

    start: datetime
    end: datetime


_UNITS = {"minute": 60, "min": 60, "hour": 3600, "day": 86_400, "week": 604_800, "month": 2_592_000}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12,
    "a couple of": 2, "a few": 3, "half an": 0.5,
}  # fmt: skip
_AGO = re.compile(
    rf"\b(\d+|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})\s+({'|'.join(_UNITS)})s?\s+(?:ago|before|earlier)\b"
)
_LAST = re.compile(rf"\b(?:in |over )?the (?:last|past)\s+(\d+|{'|'.join(_COUNTS)})?\s*({'|'.join(_UNITS)})s?\b")
_PARTS = {
    "morning": (5, 12), "noon": (11, 14), "lunch": (11, 14), "afternoon": (12, 18), "evening": (17, 24),
    "tonight": (17, 24), "night": (18, 24),
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b(?: (\d{{4}}))?")
_DATE_AMERICAN = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:z|[+-]\d{2}:?\d{2})?)?\b")
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d{2}))\s*(am|pm)?|\b(\d{1,2})\s*(am|pm|o.?clock)\b")


def period(words: str, now: datetime) -> Period | None:
    """What a text says of when something was; None when it says nothing of it."""
    text = " ".join(words.casefold().split())
    if found := _ISO.search(text):
        return _iso(found[0])
    if (found := _AGO.search(text)) or (found := _LAST.search(text)):
        then = now - timedelta(seconds=_count(found[1]) * _UNITS[found[2]])
        return Period(then, then)
    day = _day(text, now)
    if day is None:
        return None
    return _within(text, day)


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in the largest unit: “just now”, “2 minutes ago”, “3 days ago”."""
    seconds = max(0, int((now - then).total_seconds()))
    for unit in ("week", "day", "hour", "minute"):
        count = seconds // _UNITS[unit]
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"


def _count(said: str | None) -> float:
    return 1 if not said else _COUNTS.get(said) or float(said)


def _iso(text: str) -> Period | None:
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Period(moment, moment + timedelta(days=1) if len(text) == len("2026-01-01") else moment)


def _day(text: str, now: datetime) -> datetime | None:
    """Midnight at which the day begins."""
    today = datetime.combine(now.date(), time(), UTC)
    if "day before yesterday" in text:
        return today - timedelta(days=2)
    if re.search(r"\byesterday\b|\blast (?:night|evening)\b", text):
        return today - timedelta(days=1)
    if re.search(r"\btoday\b|\btonight\b|\bthis (?:morning|noon|afternoon|evening)\b", text) or _CLOCK.search(text):
        return _dated(text, now) or today
    for number, name in enumerate(_WEEKDAYS):
        if re.search(rf"\b{name}s?\b", text):
            return today - timedelta(days=(today.weekday() - number) % 7 or 7)
    if re.search(r"\blast week\b", text):
        return today - timedelta(days=7)
    return _dated(text, now)


def _dated(text: str, now: datetime) -> datetime | None:
    if found := _DATE.search(text):
        day, month, year = found[1], found[2], found[3]
    elif found := _DATE_AMERICAN.search(text):
        month, day, year = found[1], found[2], found[3]
    else:
        return None
    try:
        date = datetime(int(year or now.year), _MONTHS.index(month[:3]) + 1, int(day), tzinfo=UTC)
    except ValueError:
        return None
    return date.replace(year=date.year - 1) if not year and date > now else date


def _within(text: str, day: datetime) -> Period:
    """The hour or part of the day that the text names, else all of it."""
    if found := _CLOCK.search(text):
        half = found[3] or found[5] or ""
        hour = int(found[1] or found[4]) % 24
        hour = hour % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else hour
        moment = day + timedelta(hours=hour, minutes=int(found[2] or 0) % 60)
        return Period(moment, moment)
    for name, (start, end) in _PARTS.items():
        if re.search(rf"\b{name}\b", text):
            return Period(day + timedelta(hours=start), day + timedelta(hours=end))
    return Period(day, day + timedelta(days=1))
