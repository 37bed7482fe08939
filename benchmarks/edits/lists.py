"""The list of wordings, made into edits of the course: the same list every time."""

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.edits.material import LESSONS_A_MODULE, subject

_FILE = Path(__file__).with_name("wordings.toml")


@dataclass(frozen=True)
class Rewrite:
    """What alone a rewrite may change, and which way the words go: fewer or more of them."""

    lesson: str
    scope: str
    direction: str
    minutes: int | None


@dataclass(frozen=True)
class Wanted:
    """One thing said, and what is to come of it."""

    kind: str
    said: str
    do: list[list[str]]
    rewrite: Rewrite | None
    wording: int
    held_back: bool = field(default=False)
    """One in four wordings, kept aside while the author’s understanding was made."""


def edits(count: int, lessons: int, seed: int = 7) -> list[Wanted]:
    """So many edits, each wording as often as the others, about lessons chosen by chance (always the same)."""
    wordings: list[dict[str, Any]] = tomllib.loads(_FILE.read_text())["wording"]
    chance = random.Random(seed)
    return [_made(wordings[place % len(wordings)], place % len(wordings), lessons, chance) for place in range(count)]


def _made(wording: dict[str, Any], number: int, lessons: int, chance: random.Random) -> Wanted:
    first, other = chance.sample(range(lessons), 2)
    modules = lessons // LESSONS_A_MODULE
    values = {"l": _number(first), "k": _number(other), "m": str(chance.randint(1, modules))}
    values["subject"] = subject(first).lower()
    rewrite = {key: value.format_map(values) for key, value in wording.get("rewrite", {}).items()}
    return Wanted(
        wording["kind"],
        wording["said"].format_map(values),
        [[one.format_map(values) for one in change] for change in wording.get("do", [])],
        Rewrite(rewrite["lesson"], rewrite["scope"], rewrite["direction"], _minutes(rewrite)) if rewrite else None,
        number,
        held_back=number % 4 == 3,
    )


def _minutes(rewrite: dict[str, str]) -> int | None:
    return int(rewrite["minutes"]) if "minutes" in rewrite else None


def _number(place: int) -> str:
    return f"{place // LESSONS_A_MODULE + 1}.{place % LESSONS_A_MODULE + 1}"
