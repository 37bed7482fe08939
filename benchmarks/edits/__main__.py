"""`python -m benchmarks.edits [--model]`: a list of worded edits on a course of 40 lessons, each judged exactly.

Each edit is one turn of the studio in a new conversation, on real Postgres, with the built-in author or the model the
settings point at, and from the same state: it is undone before the next. Last line: JSON.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.edits.growth import growth
from benchmarks.edits.house import House, Said, open_house
from benchmarks.edits.judge import Verdict, judged
from benchmarks.edits.lists import Wanted, edits
from course.usage import Usage

_LESSONS = 40


@dataclass(frozen=True)
class Made:
    """An edit that was said, and what came of it."""

    wanted: Wanted
    said: Said
    verdict: Verdict


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=226, help="how many edits; each wording is used as often")
    parser.add_argument("--part", choices=["all", "open", "held"], default="all", help="which wordings")
    parser.add_argument("--model", action="store_true", help="the model the settings point at, with tokens and cost")
    parser.add_argument("--no-growth", action="store_true", help="leave out the time of an edit in large courses")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lectern-edits-", ignore_cleanup_errors=True) as folder:
        figures = asyncio.run(_measure(Path(folder), options))
    print(json.dumps(figures))


async def _measure(folder: Path, options: argparse.Namespace) -> dict[str, float]:
    chosen = [one for one in edits(options.edits, _LESSONS) if _is_chosen(one, options.part)]
    async with open_house(folder, own_model=options.model) as house:
        course_id = await house.course(_LESSONS, documented=True)
        made = await _say_all(house, course_id, chosen)
        figures = _figures(made)
        _print(made)
        if options.model:
            figures |= await _spent(house, course_id)
        if not options.no_growth:
            figures |= await growth(house)
            print(
                "\n".join(
                    f"{name:32}{value:>10}" for name, value in figures.items() if "_ms_" in name or "tokens_" in name
                )
            )
    return figures


def _is_chosen(one: Wanted, part: str) -> bool:
    return part == "all" or one.held_back == (part == "held")


async def _say_all(house: House, course_id: UUID, chosen: list[Wanted]) -> list[Made]:
    before = await house.snapshot(course_id)
    start = (await house.parts.authoring.outline(house.teacher, course_id)).revision
    made = []
    for wanted in chosen:
        said = await house.say(await house.conversation(course_id), wanted.said)
        made.append(Made(wanted, said, judged(wanted, before, await house.snapshot(course_id))))
        now = (await house.parts.authoring.outline(house.teacher, course_id)).revision
        if now > start:
            await house.parts.revisions.go_back(house.teacher, course_id, start)
            start = now + 1
            if await house.snapshot(course_id) != before:
                raise RuntimeError(f"Going back did not give the same course again, after: {wanted.said}")
    return made


def _figures(made: list[Made]) -> dict[str, float]:
    return {
        "edits": len(made),
        "wordings": len({one.wanted.wording for one in made}),
        "exact_share": round(sum(one.verdict.exact for one in made) / len(made), 3),
        "untouched_share": round(sum(one.verdict.untouched for one in made) / len(made), 3),
        "turn_ms": round(1000 * statistics.median(one.said.seconds for one in made), 1),
    }


def _print(made: list[Made]) -> None:
    for one in made:
        if not (one.verdict.exact and one.verdict.untouched):
            told = " | ".join([*one.said.tools, one.said.reply])
            print(f"{'NOT EXACT' if one.verdict.untouched else 'TOUCHED MORE'}: {one.wanted.said}\n    {told[:300]}")
    kinds: dict[str, list[Made]] = defaultdict(list)
    for one in made:
        kinds[one.wanted.kind].append(one)
    print(f"{'kind':16}{'edits':>7}{'exact':>7}{'untouched':>11}{'median ms':>11}")
    for kind, several in kinds.items():
        exact = sum(one.verdict.exact for one in several)
        untouched = sum(one.verdict.untouched for one in several)
        middle = 1000 * statistics.median(one.said.seconds for one in several)
        print(f"{kind:16}{len(several):>7}{exact:>7}{untouched:>11}{middle:>11.0f}")


async def _spent(house: House, course_id: UUID) -> dict[str, float]:
    """Tokens and dollars of all edits, as the course’s own record has them."""
    spending = await Usage(house.parts.database).spending(house.teacher, course_id)
    tokens_in = sum(one.input_units for one in spending.by_purpose)
    tokens_out = sum(one.output_units for one in spending.by_purpose)
    return {"tokens_in": tokens_in, "tokens_out": tokens_out, "cost_usd": float(spending.cost_usd)}


if __name__ == "__main__":
    main()
