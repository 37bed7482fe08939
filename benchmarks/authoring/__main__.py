"""`python -m benchmarks.authoring`: how long a course of twelve lessons takes to write, in times of one lesson.

The whole product runs; every call to the model takes two seconds more than it does. The same twelve lessons are
also written the usual way, by one AutoGen round-robin team, lesson after lesson, against the same model server in
the same run. Times are from the first lesson begun to the last one stored. Last line: JSON.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select

from agents.events import DraftProgress, DraftState
from agents.writing import Assignment
from benchmarks.authoring import course, round_robin
from benchmarks.product import Product
from chat_app.wiring import Parts, build
from course.settings import Settings
from course.tables import UserRow
from local_cloud.addresses import Addresses
from local_cloud.environment import product_environment
from local_cloud.identity.authority import Authority
from local_cloud.postgres import Postgres

_SINGLES = ("1.1", "2.1", "3.1")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each call to the model takes at least")
    options = parser.parse_args()
    # The yardstick's client has pydantic write out what it did not expect.
    warnings.filterwarnings("ignore", message="Pydantic serializer warnings")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Product(Path(folder) / "data").running() as product,
    ):
        figures = asyncio.run(_measure(build(_settings(product, Path(folder))), product.models, options.seconds))
    _print(figures)


async def _measure(parts: Parts, models: str, seconds: float) -> dict[str, float]:
    async with parts.database.transaction() as session:
        query = select(UserRow.id).where(UserRow.email == "instructor@lectern.local")
        actor = (await session.scalars(query)).one()
    with _slow(models, seconds):
        one = await course.make(parts, actor)
        singles = [await _drafted(parts, actor, one, f"Write lesson {number}", 1) for number in _SINGLES]
        whole = await course.make(parts, actor)
        calls = _calls(models)
        together = await _drafted(parts, actor, whole, "Write all the lessons", 12)
        calls = _calls(models) - calls
        sequential = await round_robin.seconds_for(await _materials(parts, actor, whole), f"{models}/v1")
    await parts.close()
    lesson = statistics.median(singles)
    return {
        "lesson_s": round(lesson, 1),
        "course_s": round(together, 1),
        "sequential_s": round(sequential, 1),
        "calls_per_lesson": round(calls / 12, 1),
        "lesson_multiple": round(together / lesson, 2),
        "sequential_multiple": round(sequential / lesson, 2),
    }


async def _drafted(parts: Parts, actor: UUID, course_id: UUID, words: str, lessons: int) -> float:
    """The words said in a new conversation on the course: seconds until so many lessons are stored."""
    thread = str(uuid4())
    await parts.conversations.open(actor, thread, "studio")
    await parts.conversations.set_course(actor, thread, course_id)
    begun, ended, done = 0.0, 0.0, 0
    async for event in parts.studio.turn(actor, thread, words):
        if isinstance(event, DraftProgress):
            begun = begun or time.monotonic()
            ended, done = time.monotonic(), done + (event.state is DraftState.DONE)
    if done != lessons:
        raise RuntimeError(f"“{words}” wrote {done} lessons, not {lessons}")
    return ended - begun


async def _materials(parts: Parts, actor: UUID, course_id: UUID) -> list[str]:
    """What our writer is given for each lesson."""
    outline = await parts.authoring.outline(actor, course_id)
    return [
        Assignment(lesson, outline, list(await parts.sources.passages(actor, course_id, lesson.sections))).material
        for lesson in outline.lessons
    ]


def _settings(product: Product, folder: Path) -> Settings:
    """Those of a second chat beside the product's own, with an index of its own."""
    addresses = Addresses.read({"LECTERN_PORT": str(product.port)})
    authority = Authority(product.folder / "tasks" / "identity", addresses.url("identity"))
    environment = product_environment(
        {},
        addresses,
        data=folder / "bench",
        postgres_url=Postgres(product.folder / "postgres").url(),
        credentials=authority.credentials,
        chat_secret="x" * 32,
    )
    os.environ.update(environment)
    return Settings()


@contextmanager
def _slow(models: str, seconds: float) -> Iterator[None]:
    """While it lasts, every call to the model takes so much longer."""
    rule = {"kind": "delay", "path": "chat/completions", "seconds": seconds}
    _put(f"{models}/faults", {"rules": [rule]})
    try:
        yield
    finally:
        _put(f"{models}/faults", {"rules": []})


def _put(address: str, content: object) -> None:
    body, headers = json.dumps(content).encode(), {"content-type": "application/json"}
    request = urllib.request.Request(address, body, headers, method="PUT")  # noqa: S310  # our own server
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310  # the same


def _calls(models: str) -> int:
    """How often writer and reviewer were asked until now."""
    with urllib.request.urlopen(f"{models}/stats?newest=5000", timeout=30) as answer:  # noqa: S310  # our own server
        requests = json.load(answer)["requests"]
    return sum(one["about"].startswith("<lesson>") for one in requests)


def _print(figures: dict[str, float]) -> None:
    for name, value in figures.items():
        print(f"{name:24}{value:>8}")
    print(json.dumps({name: figures[name] for name in ("lesson_multiple", "sequential_multiple")}))


if __name__ == "__main__":
    main()
