"""Times as people say them, against a fixed Wednesday noon."""

from datetime import UTC, datetime, timedelta

import pytest

from course.moments import ago, period

_NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2 hours ago", "25 10:00", "25 10:00"),
        ("half an hour ago", "25 11:30", "25 11:30"),
        ("an hour ago", "25 11:00", "25 11:00"),
        ("a couple of minutes ago", "25 11:58", "25 11:58"),
        ("three days ago", "22 12:00", "22 12:00"),
        ("in the last hour", "25 11:00", "25 11:00"),
        ("the past 2 days", "23 12:00", "23 12:00"),
        ("yesterday", "24 00:00", "25 00:00"),
        ("yesterday evening", "24 17:00", "25 00:00"),
        ("since this morning", "25 05:00", "25 12:00"),
        ("last night", "24 18:00", "25 00:00"),
        ("today", "25 00:00", "26 00:00"),
        ("Monday", "23 00:00", "24 00:00"),
        ("last Wednesday afternoon", "18 12:00", "18 18:00"),
        ("9:30", "25 09:30", "25 09:30"),
        ("yesterday at 2 pm", "24 14:00", "24 14:00"),
        ("12 am", "25 00:00", "25 00:00"),
        ("on 20 November at 16:15", "20 16:15", "20 16:15"),
        ("November 3rd", "03 00:00", "04 00:00"),
        ("2026-11-21", "21 00:00", "22 00:00"),
        ("2026-11-21T08:00Z", "21 08:00", "21 08:00"),
    ],
)
def test_periods(words: str, start: str, end: str) -> None:
    """From when to when, in UTC."""
    found = period(words, _NOW)
    assert found is not None
    assert [f"{one:%d %H:%M}" for one in found] == [start, end]


def test_a_day_to_come_was_last_year() -> None:
    """History lies behind."""
    found = period("24 December", _NOW)
    assert found is not None
    assert found.start.year == 2025


@pytest.mark.parametrize("words", ["", "the merge", "lesson 1.2", "module 3", "31 February", "marked 12", "2026-13-40"])
def test_what_is_no_time(words: str) -> None:
    """Is not taken for one."""
    assert period(words, _NOW) is None


def test_ago() -> None:
    """In the largest unit, whole."""
    seconds = (3, 60, 125, 3_600, 90_000, 1_300_000, -5)
    told = [ago(_NOW - timedelta(seconds=one), _NOW) for one in seconds]
    assert told == ["just now", "1 minute ago", "2 minutes ago", "1 hour ago", "1 day ago", "2 weeks ago", "just now"]
