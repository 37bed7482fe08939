"""What one edit costs in small and large courses, and after few and many revisions.

The time the built-in model server itself needed is taken out of each turn, as in `benchmarks.turn`.
"""

import asyncio
import statistics
import time
from uuid import UUID

from benchmarks.edits.house import House
from course.models.revision import Kind
from course.slides import Slides
from course.usage import Usage

_EDITS = 15
_RECORDED_SECONDS = 1.0


async def growth(house: House) -> dict[str, float]:
    """Medians in milliseconds of an edit by its tool’s use case and of a whole turn, their ratios, and tokens sent."""
    small, large = await house.course(10), await house.course(200)
    long = await house.course(10)
    await _grow_history(house, long, 2_000)
    courses = {"10_lessons": small, "200_lessons": large, "2000_revisions": long}
    figures: dict[str, float] = {}
    times: dict[str, dict[str, list[float]]] = {name: {"edit": [], "turn": []} for name in courses}
    # In rounds that take turns, so that a busy moment of the machine falls on all alike.
    for number in range(_EDITS):
        for name, course_id in courses.items():
            times[name]["edit"].append(await _edit(house, course_id, number))
            times[name]["turn"].append(await _turn(house, course_id, f"Title {number} at {name}"))
    for name, kinds in times.items():
        figures |= {f"{kind}_ms_{name}": round(1000 * statistics.median(values), 1) for kind, values in kinds.items()}
    for kind, prefix in (("edit", ""), ("turn", "turn_")):
        least = figures[f"{kind}_ms_10_lessons"]
        figures[f"{prefix}course_growth"] = round(figures[f"{kind}_ms_200_lessons"] / least, 2)
        figures[f"{prefix}history_growth"] = round(figures[f"{kind}_ms_2000_revisions"] / least, 2)
    # What was used is recorded after the answer is out.
    await asyncio.sleep(_RECORDED_SECONDS)
    for name, course_id in courses.items():
        figures[f"tokens_a_turn_{name}"] = await _tokens(house, course_id)
    return figures


async def _edit(house: House, course_id: UUID, number: int) -> float:
    """One slide given another narration, as a tool does it: read the lesson, change, record."""
    line = (await house.parts.authoring.outline(house.teacher, course_id)).lessons[3]
    start = time.perf_counter()
    lesson = await house.parts.authoring.lesson(house.teacher, course_id, line.id)
    words = {lesson.slides[2].id: {"narration": f"Edit {number} was made here."}}
    await Slides(house.parts.revisions).change(house.teacher, course_id, words, f"Edit {number}")  # type: ignore[arg-type]  # a literal
    return time.perf_counter() - start


async def _turn(house: House, course_id: UUID, title: str) -> float:
    thread, words = await house.conversation(course_id), f"rename slide 2 of 1.3 to “{title}”"
    said = await house.say(thread, words)
    if not said.tools:
        raise RuntimeError(f"The edit was not made: {said.reply}")
    return said.seconds - house.served(words)


async def _tokens(house: House, course_id: UUID) -> int:
    """Sent in a turn, by the model server's own count."""
    spent = await Usage(house.parts.database).spending(house.teacher, course_id)
    return round(sum(one.input_units for one in spent.by_purpose) / _EDITS)


async def _grow_history(house: House, course_id: UUID, revisions: int) -> None:
    outline = await house.parts.authoring.outline(house.teacher, course_id)
    for number in range(revisions - outline.revision):
        line = outline.lessons[number % len(outline.lessons)]
        title = f"Lesson {line.number} as renamed {number}"
        await house.parts.authoring.rename(house.teacher, course_id, Kind.LESSON, line.id, title, f"Renamed {number}")
