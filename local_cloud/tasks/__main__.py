"""`python -m local_cloud.tasks --data FOLDER`: the task queue and the identity its tokens come from."""

import argparse
import asyncio
import logging
import signal
import sys
from contextlib import suppress
from pathlib import Path

from google.cloud.tasks_v2.types import Queue, RateLimits, RetryConfig
from google.protobuf.duration_pb2 import Duration

from local_cloud.errors import CannotStart
from local_cloud.tasks.server import serve

_RENDER_QUEUE = "projects/lectern/locations/local/queues/render"


def main() -> int:
    """Serve until SIGINT or SIGTERM; returns the process's exit code."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log every dispatch
    queue = Queue(
        name=options.queue,
        rate_limits=RateLimits(max_concurrent_dispatches=options.at_once),
        retry_config=RetryConfig(min_backoff=Duration(seconds=1), max_backoff=Duration(seconds=60)),
    )
    try:
        asyncio.run(_until_signal(options, queue))
    except CannotStart as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0


async def _until_signal(options: argparse.Namespace, queue: Queue) -> None:
    serving = asyncio.create_task(
        serve(options.data, options.port, options.identity_port, [queue], options.block_seconds)
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder for tasks and keys")
    parser.add_argument("--port", type=int, default=8014, help="gRPC port of 127.0.0.1")
    parser.add_argument("--identity-port", type=int, default=8015, help="HTTP port of the identity")
    parser.add_argument("--queue", default=_RENDER_QUEUE, help="queue to create when it is not there")
    parser.add_argument("--at-once", type=int, default=1, help="how many of its tasks run at once")
    parser.add_argument("--block-seconds", type=float, default=3600, help="how long a done task's name stays taken")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
