"""Where each part listens: one port of 127.0.0.1 each, counted from LECTERN_PORT unless set on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from local_cloud.errors import CannotStart
from local_cloud.ports import is_free

_DEFAULT = 8010
_STEPS = {"chat": 0, "render": 2, "storage": 3, "tasks": 4, "identity": 5, "models": 6}
_NAMES = {part: f"LECTERN_{part.upper()}_PORT" for part in _STEPS} | {"chat": "LECTERN_PORT"}


@dataclass(frozen=True)
class Addresses:
    """A port for each part."""

    chat: int
    render: int
    storage: int
    tasks: int
    identity: int
    models: int

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Addresses":
        """LECTERN_PORT moves all of them; LECTERN_RENDER_PORT and so on move one."""
        base = _number("LECTERN_PORT", environment.get("LECTERN_PORT") or str(_DEFAULT))
        ports = {
            part: _number(_NAMES[part], environment.get(_NAMES[part]) or str(base + step))
            for part, step in _STEPS.items()
        }
        return cls(**ports)

    def require_free(self) -> None:
        """Raises `CannotStart` for the first port that another program listens on, or that two parts share."""
        taken: set[int] = set()
        for part in (field.name for field in fields(self)):
            port: int = getattr(self, part)
            if port in taken or not is_free(port):
                raise CannotStart(
                    f"Port {port} of 127.0.0.1 is in use; set {_NAMES[part]} to a free port, or LECTERN_PORT "
                    "to move all of Lectern (it takes seven in a row)."
                )
            taken.add(port)

    def url(self, part: str) -> str:
        """The part's address over HTTP."""
        return f"http://127.0.0.1:{getattr(self, part)}"


def _number(name: str, text: str) -> int:
    if not text.isdigit() or not 1024 <= int(text) <= 65535 - max(_STEPS.values()):
        raise CannotStart(f"{name} is “{text}”; set it to a number between 1024 and 65529.")
    return int(text)
