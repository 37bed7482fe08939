"""`python -m benchmarks.quality --data DIR`: courses made of real chapters by the product, and how good they are.

`DIR` holds folders with `chapters/NN-title.md`, or is one. Each chapter is attached, planned and written as a teacher
would have it; then `course.quality` looks at what came of it. Shares of: sentences (narration and slides) with a
citation that can be looked up and says them; objectives covered by slide, narration and quiz; slides inside the
limits of words and drawn on one picture; valid quiz items. Last line: JSON of the shares over all chapters.
"""

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.product import Product
from benchmarks.quality.drawing import drawn
from benchmarks.quality.teacher import teach
from benchmarks.quality.worst import sample, worst
from course.database import Database
from course.models.quality import CourseReport, Tally
from course.quality.examined import Examined
from course.quality.material import load_material
from course.quality.report import course_report, examined, lesson_report
from local_cloud.postgres import Postgres

_FIGURES = {
    "cited_share": "sentences_cited",
    "objective_coverage": "objectives_covered",
    "within_limits": "slides_within_limits",
    "quiz_valid": "quiz_valid",
}


@dataclass(frozen=True)
class Result:
    """A chapter's course: its report, its lessons as they were looked at, the seconds both took to be made."""

    chapter: str
    report: CourseReport
    lessons: list[Examined]
    seconds: float
    seconds_checked: float


def main() -> None:
    """Measures and prints."""
    options = _options()
    chapters = sorted(options.data.rglob("chapters/*.md"))
    chapters = [one for one in chapters if options.only in one.name][: options.chapters]
    if not chapters:
        raise SystemExit(f"There are no chapters/*.md below {options.data}.")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Product(Path(folder) / "data").running() as product,
    ):
        results = asyncio.run(_measure(product, chapters, options))
    print(f"Forty lessons are checked in {_seconds_for(40, results):.2f} s of CPU.")
    print(json.dumps({name: round(_share(results, field), 4) for name, field in _FIGURES.items()}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder with chapters/*.md somewhere below")
    parser.add_argument("--chapters", type=int, default=None, help="only the first so many")
    parser.add_argument("--only", default="", help="only chapters with this in their name")
    parser.add_argument("--show", type=int, default=0, help="this many of what counted against each chapter")
    parser.add_argument("--sample", type=int, default=0, help="this many random sentences and items with verdicts")
    return parser.parse_args()


async def _measure(product: Product, chapters: list[Path], options: argparse.Namespace) -> list[Result]:
    database = Database(Postgres(product.folder / "postgres").url(), application="benchmark", pool_size=2)
    results: list[Result] = []
    print(f"{'chapter':44}{'lessons':>8}{'cited':>8}{'covered':>9}{'limits':>8}{'quiz':>8}{'s':>6}", flush=True)
    try:
        for chapter in chapters:
            results.append(await _result(product, database, chapter))
            print(_row(results[-1]), flush=True)
            for text in [*worst(results[-1].lessons, options.show)] if options.show else []:
                print(text, flush=True)
            for text in [*sample(results[-1].lessons, options.sample)] if options.sample else []:
                print(text, flush=True)
    finally:
        await database.close()
    return results


async def _result(product: Product, database: Database, chapter: Path) -> Result:
    start = time.monotonic()
    course_id = await teach(product, database, chapter)
    seconds = time.monotonic() - start
    async with database.transaction() as session:
        material = await load_material(session, course_id)
    sourced = bool(material.sections)
    lessons = examined(material.course, material.passages, sourced=sourced, drawing=drawn(material.course))
    start = time.process_time()
    report = course_report(material.course, [lesson_report(one) for one in lessons], material.sections)
    return Result(chapter.stem, report, lessons, seconds, time.process_time() - start)


def _row(result: Result) -> str:
    shares = [getattr(result.report, field).share for field in _FIGURES.values()]
    cited, covered, limits, quiz = (f"{share:.1%}" for share in shares)
    lessons = len(result.report.lessons)
    return f"{result.chapter[:43]:44}{lessons:>8}{cited:>8}{covered:>9}{limits:>8}{quiz:>8}{result.seconds:>6.0f}"


def _share(results: list[Result], field: str) -> float:
    """Over all chapters together: each sentence, slide or item counts the same."""
    tallies: list[Tally] = [getattr(one.report, field) for one in results]
    return sum(one.good for one in tallies) / max(1, sum(one.of for one in tallies))


def _seconds_for(lessons: int, results: list[Result]) -> float:
    return lessons * sum(one.seconds_checked for one in results) / sum(len(one.lessons) for one in results)


if __name__ == "__main__":
    main()
