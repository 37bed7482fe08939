"""Log lines are what Cloud Logging expects, and carry the trace."""

import asyncio
import json
import logging
import warnings
from collections.abc import Iterator
from uuid import UUID

import pytest

from course.logs import configure_logs, continue_trace, current_traceparent, new_trace

_TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
_log = logging.getLogger("lectern.test")


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """Whatever the test configures is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_line_has_the_fields_of_cloud_logging(capsys: pytest.CaptureFixture[str]) -> None:
    """Severity, message, time, place, service and the caller's own fields are all there, in one JSON line."""
    configure_logs("press", "info", project="lectern-1")
    with continue_trace(_TRACE):
        _log.warning("lease of %s lost", "job 1", extra={"job_id": UUID(int=7)})
    (line,) = _lines(capsys)
    assert line["severity"] == "WARNING"
    assert line["message"] == "lease of job 1 lost"
    assert str(line["time"]).endswith("+00:00")
    assert line["job_id"] == str(UUID(int=7))
    assert line["logging.googleapis.com/labels"] == {"service": "press"}
    assert line["logging.googleapis.com/trace"] == "projects/lectern-1/traces/4bf92f3577b34da6a3ce929d0e0e4736"
    assert line["logging.googleapis.com/trace_sampled"] is True


def test_traceback_stays_in_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """An exception is one line with the traceback where Error Reporting looks for it."""
    configure_logs("chat")
    try:
        int("boom")
    except ValueError:
        _log.exception("The turn failed")
    (line,) = _lines(capsys)
    assert "ValueError: invalid literal" in str(line["stack_trace"])
    assert str(line["@type"]).endswith("ReportedErrorEvent")
    assert "exc_info" not in line


def test_uvicorn_and_warnings_come_as_json_and_probes_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    """What others log goes the same way; being asked for health every second is not worth a line."""
    logging.getLogger("uvicorn").addHandler(logging.StreamHandler())
    logging.getLogger("uvicorn.access").setLevel(logging.ERROR)
    configure_logs("chat")
    logging.getLogger("uvicorn.access").info('%s - "%s %s"', "127.0.0.1", "GET", "/healthz")
    logging.getLogger("uvicorn.access").info('%s - "%s %s"', "127.0.0.1", "GET", "/login")
    warnings.warn("old", UserWarning, stacklevel=1)
    lines = _lines(capsys)
    assert len(lines) == 2
    assert "/login" in str(lines[0]["message"])
    assert lines[1]["severity"] == "WARNING"


def test_trace_goes_on_with_a_span_of_its_own() -> None:
    """A continued trace keeps its id, gets a new span, and ends with its block."""
    with continue_trace(_TRACE) as inner:
        assert inner == current_traceparent()
        assert inner[:36] == _TRACE[:36]
        assert inner != _TRACE
    assert current_traceparent() is None


@pytest.mark.parametrize("given", [None, "", "rubbish", "00-xyz-1-01", _TRACE.upper(), _TRACE + "-more"])
def test_malformed_trace_starts_a_new_one(given: str | None) -> None:
    """A value from outside that is not a traceparent is replaced, never refused."""
    with continue_trace(given) as inner:
        assert len(inner) == len(_TRACE)
        assert inner[3:35] != _TRACE[3:35]


async def test_tasks_keep_their_own_trace() -> None:
    """Two turns at once never log under each other's trace."""

    async def turn() -> tuple[str, str | None]:
        with continue_trace(new_trace()) as inner:
            await asyncio.sleep(0.01)
            return inner, current_traceparent()

    for inner, seen in await asyncio.gather(*(turn() for _ in range(5))):
        assert inner == seen
