"""A real HTTP handler for dispatched tasks, which answers as told and keeps what it was sent."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Call:
    """One request as it arrived."""

    at: float  # monotonic seconds
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Handler:
    """Answers with `answers` in turn (status, headers, seconds to wait before); 200 when they are used up."""

    url: str = ""
    answers: list[tuple[int, dict[str, str], float]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    running: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_for(self, count: int, seconds: float = 10.0) -> list[Call]:
        """The first `count` calls, once they are all here."""
        wait_until(lambda: len(self.calls) >= count, seconds)
        return self.calls[:count]


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Return once it holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.01)


@contextmanager
def handler() -> Iterator[Handler]:
    """A handler that listens on a free port of 127.0.0.1."""
    told = Handler()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with told.lock:
                told.calls.append(Call(time.monotonic(), self.path, dict(self.headers), body))
                told.running += 1
                told.most_at_once = max(told.most_at_once, told.running)
                status, headers, pause = told.answers.pop(0) if told.answers else (200, {}, 0.0)
            time.sleep(pause)
            with told.lock:
                told.running -= 1
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()
