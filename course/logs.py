"""Logs as Cloud Logging reads them, one JSON object a line, and the trace that ties a chat to its render.

Traces are W3C `traceparent` values: 00-<32 hex: trace>-<16 hex: span>-<flags>.
"""

import logging
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_current: ContextVar[str | None] = ContextVar("traceparent", default=None)
_ERROR_EVENT = "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent"
# These tell of every request they make; at WARNING they tell of trouble only.
_CHATTY = (
    "httpx",
    "httpx2",
    "httpcore",
    "openai",
    "google",
    "urllib3",
    "multipart",
    "autogen_core",
    "autogen_agentchat",
)
_PROBES = ("/healthz", "/readyz")


def new_trace() -> str:
    """A fresh `traceparent`, sampled."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def current_traceparent() -> str | None:
    """The trace this code runs in, to hand on; None outside of any."""
    return _current.get()


@contextmanager
def continue_trace(traceparent: str | None) -> Iterator[str]:
    """Everything logged inside belongs to that trace, as a span of its own.

    A missing or malformed value starts a new trace: it comes from outside and must not fail the work.
    """
    found = _TRACEPARENT.fullmatch(traceparent or "")
    inner = f"00-{found[1]}-{secrets.token_hex(8)}-{found[3]}" if found else new_trace()
    token = _current.set(inner)
    try:
        yield inner
    finally:
        _current.reset(token)


def configure_logs(service: str, level: str = "INFO", *, project: str | None = None) -> None:
    """Sends all logging of this process to stdout as JSON lines.

    `project` is the Google Cloud project, which links log lines to Cloud Trace. Call it once, as the
    process starts; uvicorn's own handlers are taken away.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_CloudFormatter(service, project))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(capture=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        # Ours is the one level, whatever uvicorn was told.
        logger.setLevel(logging.NOTSET)
        logger.propagate = True
    logging.getLogger("uvicorn.access").addFilter(_is_not_a_probe)


def _is_not_a_probe(record: logging.LogRecord) -> bool:
    return not any(probe in str(record.args) for probe in _PROBES)


class _CloudFormatter(JsonFormatter):
    """A record with Cloud Logging's field names; what is given as `extra` stays beside them."""

    def __init__(self, service: str, project: str | None) -> None:
        super().__init__(reserved_attrs=[*logging.makeLogRecord({}).__dict__, "message", "color_message", "taskName"])
        self._service = service
        self._traces = f"projects/{project}/traces/" if project else ""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data["severity"] = record.levelname
        log_data["message"] = record.getMessage()
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat()
        super().add_fields(log_data, record, message_dict)
        log_data["logger"] = record.name
        log_data["logging.googleapis.com/labels"] = {"service": self._service}
        log_data["logging.googleapis.com/sourceLocation"] = {
            "file": record.pathname,
            "line": str(record.lineno),
            "function": record.funcName,
        }
        log_data |= self._trace_fields()
        self._name_error(log_data, record)

    def _trace_fields(self) -> dict[str, Any]:
        found = _TRACEPARENT.fullmatch(_current.get() or "")
        if not found:
            return {}
        return {
            "logging.googleapis.com/trace": self._traces + found[1],
            "logging.googleapis.com/spanId": found[2],
            "logging.googleapis.com/trace_sampled": found[3] == "01",
        }

    def _name_error(self, log_data: dict[str, Any], record: logging.LogRecord) -> None:
        """Puts the traceback where Error Reporting looks for it."""
        traceback = log_data.pop("exc_info", None)
        if not traceback:
            return
        log_data["stack_trace"] = traceback
        if record.levelno >= logging.ERROR:
            log_data["@type"] = _ERROR_EVENT
            log_data["serviceContext"] = {"service": self._service}
