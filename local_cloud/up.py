"""`make up`: starts every part of Lectern on this machine, keeps it running and stops it."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from local_cloud.addresses import Addresses
from local_cloud.child import start_child
from local_cloud.environment import describe_model, product_environment
from local_cloud.errors import CannotStart
from local_cloud.folder import DataFolder
from local_cloud.identity.authority import Authority
from local_cloud.part import end_leftovers, ended
from local_cloud.parts import Parts
from local_cloud.postgres import Postgres
from local_cloud.storage import Storage

_CHECKOUT = Path(__file__).parents[1]
_STOPPING_ORDER = (("chat", "render"), ("models", "tasks", "storage"), ("postgres",))


def main() -> int:
    """Run until Ctrl-C; returns the process's exit code. What keeps Lectern from starting is one sentence and 1."""
    try:
        addresses = Addresses.read(os.environ)
        folder = DataFolder(Path(os.environ.get("LECTERN_DATA") or _CHECKOUT / ".lectern").resolve())
        os.chdir(_CHECKOUT)
        leftovers = end_leftovers(folder.path / "run")
        if leftovers:
            _say(f"Cleared away what a killed run left: {', '.join(leftovers)}.")
        addresses.require_free()
        folder.turn_logs()
        asyncio.run(Lectern(folder, addresses, os.environ).run())
    except CannotStart as error:
        print(error.sentence, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:  # before there was anything to stop
        return 130
    return 0


class Lectern:
    """All the parts on one data folder."""

    def __init__(self, folder: DataFolder, addresses: Addresses, own: Mapping[str, str]) -> None:
        """`own` is the environment the person started this in."""
        self._started = time.monotonic()
        self._folder = folder
        self._addresses = addresses
        self._own = own
        self._postgres = Postgres(folder.path / "postgres")
        self._storage = Storage(folder.path / "storage", addresses.storage)
        # Made here and now: two processes must not each make the keys.
        authority = Authority(folder.path / "tasks" / "identity", addresses.url("identity"))
        self._environment = product_environment(
            own,
            addresses,
            data=folder.path,
            postgres_url=self._postgres.url(),
            credentials=authority.credentials,
            chat_secret=folder.secret("chat-secret"),
        )
        make = Parts(folder, addresses, self._environment, _say)
        # The one that takes longest comes first; none needs the database to start.
        parts = [make.chat(), make.postgres(self._postgres), make.render(), make.tasks(), make.models()]
        self._parts = {part.name: part for part in [*parts, make.storage(self._storage)]}

    async def run(self) -> None:
        """Start everything, say so, and keep it until a signal comes."""
        asked = asyncio.create_task(_signal())
        running = asyncio.create_task(self._start_and_keep())
        try:
            await asyncio.wait({running, asked}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()  # raises what kept it from starting
        finally:
            _say("Stopping.")
            await _end(asked, running)
            await self._stop()

    async def _start_and_keep(self) -> None:
        _say(f"Starting Lectern; its data are in {self._folder.path}")
        passwords = self._folder.accounts()
        work = [asyncio.create_task(part.keep_running()) for part in self._parts.values()]
        work.append(asyncio.create_task(self._boot_all(passwords)))
        try:
            await asyncio.gather(*work)
        finally:
            await _end(*work)

    async def _boot_all(self, passwords: Mapping[str, str]) -> None:
        others = (self._boot(name) for name in ("tasks", "models", "render", "chat"))
        await asyncio.gather(self._boot_database(), self._boot_storage(), *others)
        self._announce(passwords)

    async def _boot(self, name: str) -> None:
        await self._parts[name].wait_ready()
        self._report(name)

    async def _boot_storage(self) -> None:
        await self._parts["storage"].wait_ready()
        await asyncio.to_thread(self._storage.ensure_bucket)
        self._report("storage")

    async def _boot_database(self) -> None:
        await self._boot("postgres")
        await asyncio.to_thread(self._postgres.ensure_database)
        log = self._folder.log("schema")
        command = [sys.executable, "-m", "local_cloud.demo", "--accounts", str(self._folder.accounts_file)]
        child = start_child(command, log=log, env=self._environment)
        if await ended(child) != 0:
            raise CannotStart(f"The database could not be brought up to date; its log says why: {log}")
        self._report("schema, accounts")

    async def _stop(self) -> None:
        """The product first, while what it depends on still answers; Postgres last. Ten seconds at most."""
        for names in _STOPPING_ORDER:
            await asyncio.gather(*(asyncio.to_thread(self._parts[name].stop) for name in names))
        _say("Stopped; the data are kept.")

    def _report(self, what: str) -> None:
        _say(f"  {what:<18} ready after {time.monotonic() - self._started:4.1f} s")

    def _announce(self, passwords: Mapping[str, str]) -> None:
        accounts = "\n".join(f"             {email:<26} {password}" for email, password in passwords.items())
        _say(
            f"\nLectern is ready after {time.monotonic() - self._started:.1f} s.\n\n"
            f"  Open       {self._addresses.url('chat')}\n"
            f"  Accounts   {accounts.strip()}\n"
            f"  Model      {describe_model(self._own)}\n"
            f"  Data       {self._folder.path}\n"
            f"  Logs       {self._folder.log('chat').parent}\n"
            f"  Stop       Ctrl-C\n"
        )


async def _signal() -> None:
    """Returns when the person or the system asks to stop."""
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    await asked.wait()


async def _end(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _say(line: str) -> None:
    print(line, flush=True)
