"""When a failed task is tried again, and when no more: Google's RetryConfig as arithmetic."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from google.cloud.tasks_v2.types import RetryConfig

_LONGEST_RETRY_AFTER = timedelta(hours=1)


def delay(config: RetryConfig, failures: int) -> timedelta:
    """How long to wait after the `failures`-th failed attempt (1 or more).

    Starts at min_backoff, doubles max_doublings times, then grows by that last step, up to max_backoff:
    with 10 s, 300 s and 3 doublings it is 10, 20, 40, 80, 160, 240, 300, 300 (Google's own example).
    """
    doublings = min(failures - 1, config.max_doublings)
    steps = max(1, failures - config.max_doublings)
    seconds: float = config.min_backoff.total_seconds() * 2.0**doublings * steps
    return timedelta(seconds=min(seconds, config.max_backoff.total_seconds()))


def is_exhausted(config: RetryConfig, attempts: int, age: timedelta) -> bool:
    """Whether no further attempt is made: both limits must be passed, where both are set.

    `age` is the time since the first attempt. -1 attempts and a duration of 0 mean no limit.
    """
    duration: timedelta = config.max_retry_duration
    is_old = age >= duration > timedelta(0)
    if config.max_attempts == -1:
        return is_old
    return bool(attempts >= config.max_attempts) and (is_old or not duration)


def retry_after(header: str | None) -> timedelta:
    """What a Retry-After header asks for, seconds or a date; nothing when it is missing or makes no sense."""
    if not header:
        return timedelta(0)
    try:
        wish = timedelta(seconds=float(header))
    except (ValueError, OverflowError):
        try:
            wish = parsedate_to_datetime(header) - datetime.now(UTC)
        except (ValueError, TypeError):
            return timedelta(0)
    return min(max(wish, timedelta(0)), _LONGEST_RETRY_AFTER)
