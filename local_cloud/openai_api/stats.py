"""What the server did and how long it took by itself, so that a benchmark can take the model's time out."""

from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import Any

_KEPT = 5_000


@dataclass(frozen=True)
class Served:
    """One request. Times are seconds: `started` since the epoch, the others since the request was read.

    `own` is the time spent answering until the last byte was handed over, `first_byte` until the first.
    """

    path: str
    model: str
    about: str
    started: float
    first_byte: float
    own: float
    status: int
    faults: tuple[str, ...]


class Stats:
    """Counts since the start or the last reset, and the latest requests one by one."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self._recent: deque[Served] = deque(maxlen=_KEPT)
        self._count: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._seconds: Counter[str] = Counter()

    def add(self, served: Served) -> None:
        """Record a request that has been answered, or cut off."""
        self._recent.append(served)
        self._count[served.path] += 1
        self._errors[served.path] += served.status >= 400
        self._seconds[served.path] += served.own  # type: ignore[assignment]  # a Counter adds floats just as well

    def report(self, newest: int) -> dict[str, Any]:
        """Sums by path, and the newest requests, oldest first."""
        recent = list(self._recent)[-newest:] if newest else []
        return {
            "paths": {path: self._path(path) for path in sorted(self._count)},
            "requests": [asdict(served) for served in recent],
        }

    def _path(self, path: str) -> dict[str, Any]:
        own = sorted(served.own for served in self._recent if served.path == path)
        return {
            "count": self._count[path],
            "errors": self._errors[path],
            "own_seconds": round(float(self._seconds[path]), 6),
            "own_p50": round(_quantile(own, 0.5), 6),
            "own_p95": round(_quantile(own, 0.95), 6),
        }


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
