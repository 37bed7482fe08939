"""The parts Lectern consists of on one machine: what runs them, where, and how each says that it is ready."""

import signal
import sys
from collections.abc import Callable, Mapping

from local_cloud.addresses import Addresses
from local_cloud.folder import DataFolder
from local_cloud.part import Part, answers
from local_cloud.postgres import Postgres
from local_cloud.storage import Storage


class Parts:
    """Makes them for one data folder; each is started elsewhere."""

    def __init__(
        self,
        folder: DataFolder,
        addresses: Addresses,
        environment: Mapping[str, str],
        say: Callable[[str], None],
    ) -> None:
        """`environment` is every process's; `say` tells the person when one ended and starts again."""
        self._folder = folder
        self._addresses = addresses
        self._environment = environment
        self._say = say

    def chat(self) -> Part:
        """The conversation."""
        return self._web("chat", "chat_app.server:app", grace=3)

    def render(self) -> Part:
        """The press."""
        return self._web("render", "render_service.server:app", grace=4)

    def tasks(self) -> Part:
        """The task queue, with the identity its tokens come from: that answers once both do."""
        ports = self._addresses
        options = ["--port", str(ports.tasks), "--identity-port", str(ports.identity)]
        return self._module("tasks", "local_cloud.tasks", options, f"{ports.url('identity')}/healthz")

    def models(self) -> Part:
        """The OpenAI-compatible server."""
        ports = self._addresses
        return self._module(
            "models", "local_cloud.openai_api", ["--port", str(ports.models)], f"{ports.url('models')}/healthz"
        )

    def storage(self, server: Storage) -> Part:
        """The object store."""
        return self._part("storage", server.command, server.is_ready)

    def postgres(self, server: Postgres) -> Part:
        """The database; `prepare` clears what a killed server left, so it comes before each start."""
        part = self._part("postgres", server.command, server.is_ready)
        part.user, part.before, part.ask, part.patience = server.user, server.prepare, signal.SIGINT, 3.0
        return part

    def _web(self, name: str, app: str, *, grace: int) -> Part:
        """`grace`: seconds that open requests are given when it is asked to end."""
        command = [sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--no-access-log"]
        command += ["--port", str(getattr(self._addresses, name)), "--timeout-graceful-shutdown", str(grace)]
        part = self._part(name, command, lambda: answers(f"{self._addresses.url(name)}/readyz"))
        part.patience = grace + 1.0
        return part

    def _module(self, name: str, module: str, options: list[str], health: str) -> Part:
        command = [sys.executable, "-m", module, "--data", str(self._folder.path / name), *options]
        return self._part(name, command, lambda: answers(health))

    def _part(self, name: str, command: list[str], is_ready: Callable[[], bool]) -> Part:
        return Part(
            name=name,
            command=command,
            is_ready=is_ready,
            log=self._folder.log(name),
            pid_file=self._folder.path / "run" / f"{name}.pid",
            environment=self._environment,
            patience=2.0,
            say=self._say,
        )
