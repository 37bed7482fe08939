"""Google's retry rules as arithmetic."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from google.cloud.tasks_v2.types import RetryConfig

from local_cloud.tasks.backoff import delay, is_exhausted, retry_after


def _seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def test_delays_follow_google_s_own_example() -> None:
    """10 s doubled three times, then linear, up to 300 s: the series in Google's reference."""
    config = RetryConfig(min_backoff=_seconds(10), max_backoff=_seconds(300), max_doublings=3)
    delays = [delay(config, failures).total_seconds() for failures in range(1, 10)]
    assert delays == [10, 20, 40, 80, 160, 240, 300, 300, 300]


@pytest.mark.parametrize(
    ("attempts_limit", "duration", "attempts", "age", "exhausted"),
    [
        (3, 0, 2, 1e6, False),
        (3, 0, 3, 0, True),
        (3, 60, 3, 59, False),
        (3, 60, 2, 61, False),
        (3, 60, 3, 60, True),
        (-1, 0, 10**6, 1e6, False),
        (-1, 60, 1, 60, True),
    ],
)
def test_a_task_is_given_up_when_both_limits_are_passed(
    attempts_limit: int, duration: float, attempts: int, age: float, exhausted: bool
) -> None:
    """max_attempts and max_retry_duration must both be passed; -1 and 0 lift their limit."""
    config = RetryConfig(max_attempts=attempts_limit, max_retry_duration=_seconds(duration))
    assert is_exhausted(config, attempts, _seconds(age)) is exhausted


def test_retry_after_reads_seconds_and_dates() -> None:
    """Both forms of the header are understood; nonsense and the past mean no wait."""
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after("7") == timedelta(seconds=7)
    assert 80 < retry_after(later).total_seconds() <= 90
    for nothing in (None, "", "soon", "-5", "Wed, 21 Oct 2015 07:28:00 GMT"):
        assert retry_after(nothing) == timedelta(0)
    assert retry_after("1e9") == timedelta(hours=1)
