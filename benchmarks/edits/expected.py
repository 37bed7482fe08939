"""What a wording should have done: changes applied to a snapshot of the course, to be compared with what came of it."""

import copy
from typing import Any

from benchmarks.edits.operations import OPERATIONS
from benchmarks.edits.snapshot import Words


def applied(before: Words, changes: list[list[str]]) -> Words:
    """The snapshot after the changes; numbers in them mean what stood there before."""
    course = copy.deepcopy(before)
    lessons = {
        f"{m}.{n}": one for m, module in enumerate(course["modules"], 1) for n, one in enumerate(module["lessons"], 1)
    }
    modules = {str(number): one for number, one in enumerate(course["modules"], 1)}
    for name, *arguments in changes:
        OPERATIONS[name](course, modules, lessons, *arguments)
    return course


def units(before: Words, after: Words) -> set[tuple[str, ...]]:
    """Which parts differ between two snapshots, by identity."""
    one, other = _units(before), _units(after)
    return {key for key in one.keys() | other.keys() if one.get(key, "absent") != other.get(key, "absent")}


def words(lesson: Words) -> int:
    """Words of narration."""
    return sum(len(slide["narration"].split()) for slide in lesson["slides"])


def _units(course: Words) -> dict[tuple[str, ...], Any]:
    found: dict[tuple[str, ...], Any] = {("course", key): course[key] for key in course if key != "modules"}
    found["course", "order"] = [module["id"] for module in course["modules"]]
    for module in course["modules"]:
        found["module", module["id"], "title"] = module["title"]
        found["module", module["id"], "order"] = [lesson["id"] for lesson in module["lessons"]]
        for lesson in module["lessons"]:
            for key in ("title", "minutes", "sections", "objectives"):
                found["lesson", lesson["id"], key] = lesson[key]
            for kind in ("slides", "quiz"):
                found["lesson", lesson["id"], kind] = [part["id"] for part in lesson[kind]]
                found |= {(kind, part["id"]): {**part, "id": ""} for part in lesson[kind]}
    return found
