"""`python -m benchmarks.turn`: time to the first token and to the end of a turn, against the plainest app.

Both apps talk to the same model server in the same run, in rounds that take turns. The time the server
itself needed is taken out of each message, so what is left is the app's own. Last line: JSON of ratios, ours to theirs.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.product import Product
from benchmarks.turn.conversation import Conversation, Timing
from local_cloud.ports import free_port

_COURSE = "Make a short course for first-year students on how to read a scientific paper."
# Something both apps get the same short answer to, with no tool used: what differs is the app.
_MESSAGE = "Thank you!"
_ONE_AFTER_ANOTHER = 4
_numbers = count(1)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each app; the median round counts")
    parser.add_argument("--messages", type=int, default=8, help="messages of each conversation in a round")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Product(Path(folder) / "data").running() as product,
        _plain(Path(folder), product.models) as theirs,
    ):
        figures = asyncio.run(_measure(product, theirs, options.rounds, options.messages))
    _print(figures)


async def _measure(product: Product, theirs: str, rounds: int, messages: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    for people in (1, 20):
        p95: dict[tuple[str, str], list[float]] = {}
        # One person alone says too little for a 95th percentile: several, one after another.
        turns = range(_ONE_AFTER_ANOTHER if people == 1 else 1)
        for _ in range(rounds):
            timings: dict[str, list[Timing]] = {"ours": [], "theirs": []}
            for _ in turns:
                for side in timings:
                    timings[side] += await _begun_and_said(product, theirs, side, people, messages)
            for side, said in timings.items():
                for name in ("first", "whole"):
                    p95.setdefault((side, name), []).append(_p95([getattr(timing, name) for timing in said]))
        for (side, name), values in p95.items():
            figures[f"{name}_p95_ms_{side}_{people}"] = round(1000 * statistics.median(values), 1)
        for name in ("first", "whole"):
            ratio = statistics.median(
                mine / other for mine, other in zip(p95["ours", name], p95["theirs", name], strict=True)
            )
            figures[f"{name}_p95_ratio_{people}"] = round(ratio, 2)
    return figures


async def _begun_and_said(product: Product, theirs: str, side: str, people: int, messages: int) -> list[Timing]:
    """One round of one app, in conversations that are new.

    The plain app never forgets and gets slower with every message: in long conversations it would flatter ours.
    """
    conversations = []
    for _ in range(people):
        conversation = Conversation(product.address, "Studio") if side == "ours" else Conversation(theirs)
        if side == "ours":
            await conversation.sign_in("instructor@lectern.local", product.accounts["instructor"])
        conversations.append(conversation)
    await asyncio.gather(*(conversation.connect() for conversation in conversations))
    for conversation in conversations:
        await conversation.say(_COURSE)
    try:
        return await _round(conversations, product.models, messages)
    finally:
        for conversation in conversations:
            await conversation.close()


async def _round(conversations: list[Conversation], model: str, messages: int) -> list[Timing]:
    """Every conversation says its messages, all at once; the model's own time is taken out."""
    said = await asyncio.gather(*(_talk(conversation, messages) for conversation in conversations))
    served = _served(model)
    return [
        Timing(first=timing.first - served[text][0], whole=timing.whole - served[text][1])
        for talk in said
        for text, timing in talk
    ]


async def _talk(conversation: Conversation, messages: int) -> list[tuple[str, Timing]]:
    said = []
    for _ in range(messages):
        text = f"{_MESSAGE} ({next(_numbers)})"
        said.append((text, await conversation.say(text)))
    return said


def _served(model: str) -> dict[str, tuple[float, float]]:
    """For each message the model server's own seconds to the first byte and to the last."""
    with urllib.request.urlopen(f"{model}/stats?newest=5000", timeout=30) as answer:  # noqa: S310  # our own server
        requests = json.load(answer)["requests"]
    return {one["about"]: (one["first_byte"], one["own"]) for one in requests}


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


@contextmanager
def _plain(folder: Path, model: str) -> Iterator[str]:
    """The plain app, in a folder of its own."""
    port = free_port()
    app = folder / "plain"
    app.mkdir()
    environment = os.environ | {
        "CHAINLIT_APP_ROOT": str(app),
        "OPENAI_BASE_URL": f"{model}/v1",
        "OPENAI_API_KEY": "local",
        "LECTERN_CHAT_MODEL": "built-in",
    }
    command = [sys.executable, "-m", "chainlit", "run", str(Path(__file__).with_name("plain_chat.py"))]
    command += ["--headless", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "plain.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  # our own server
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def _print(figures: dict[str, Any]) -> None:
    print(f"{'p95, model time taken out':28}{'ours ms':>10}{'plain ms':>10}{'ratio':>8}")
    for people in (1, 20):
        for name, label in (("first", "first token"), ("whole", "whole turn")):
            mine = figures[f"{name}_p95_ms_ours_{people}"]
            other = figures[f"{name}_p95_ms_theirs_{people}"]
            ratio = figures[f"{name}_p95_ratio_{people}"]
            print(f"{label + f', {people} at once':28}{mine:>10}{other:>10}{ratio:>8}")
    print(json.dumps({key: value for key, value in figures.items() if "ratio" in key}))


if __name__ == "__main__":
    main()
