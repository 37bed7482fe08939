"""The changes of order and cut that a wording may mean, done by hand on a snapshot."""

import copy
from collections.abc import Callable
from typing import Any

from benchmarks.edits.snapshot import ANY, Words, at, points_of, sentences, slide_of


def _lesson_set(field: str) -> Callable[..., None]:
    def change(_: Words, __: Any, lessons: dict[str, Words], lesson: str, value: str) -> None:
        lessons[lesson][field] = int(value) if field == "minutes" else value

    return change


def _all_minutes(_: Words, __: Any, lessons: dict[str, Words], value: str) -> None:
    for lesson in lessons.values():
        lesson["minutes"] = int(value)


def _module_title(_: Words, modules: dict[str, Words], __: Any, module: str, title: str) -> None:
    modules[module]["title"] = title


def _course_set(course: Words, _: Any, __: Any, field: str, value: str) -> None:
    course[field] = value


def _module_order(course: Words, modules: dict[str, Words], _: Any, order: str) -> None:
    course["modules"] = [modules[one] for one in order.split(",")]


def _lesson_order(_: Words, modules: dict[str, Words], lessons: dict[str, Words], module: str, order: str) -> None:
    """The lessons of a module, by their numbers from before."""
    modules[module]["lessons"] = [lessons[one] for one in order.split(",") if one]


def _merge_lessons(
    _: Words, modules: dict[str, Words], lessons: dict[str, Words], one: str, other: str, title: str = ""
) -> None:
    first, second = lessons[one], lessons[other]
    count = len(first["objectives"])
    for item in second["quiz"]:
        item["objective"] += count
    for key in ("objectives", "slides", "quiz"):
        first[key] += second[key]
    first |= {"title": title or ANY, "minutes": first["minutes"] + second["minutes"], "sections": ANY}
    home = modules[other.partition(".")[0]]
    home["lessons"] = [lesson for lesson in home["lessons"] if lesson is not second]


def _merge_modules(course: Words, modules: dict[str, Words], _: Any, one: str, other: str, title: str = "") -> None:
    modules[one]["lessons"] += modules[other]["lessons"]
    modules[one]["title"] = title or ANY
    course["modules"] = [module for module in course["modules"] if module is not modules[other]]


def _merge_slides(_: Words, __: Any, lessons: dict[str, Words], lesson: str, one: str, other: str) -> None:
    first, second = slide_of(lessons, lesson, one), slide_of(lessons, lesson, other)
    first["narration"] += f" {second['narration']}"
    first |= {"title": ANY, "citations": ANY}
    first["body"] = {"layout": "bullets", "points": [*points_of(first), *points_of(second)]}
    lessons[lesson]["slides"].remove(second)


def _split_lesson(
    _: Words, modules: dict[str, Words], lessons: dict[str, Words], lesson: str, after: str, title: str = ""
) -> None:
    first = lessons[lesson]
    second = first | {"id": ANY, "title": title or ANY, "slides": first["slides"][int(after) :]}
    second |= {"minutes": ANY, "objectives": ANY, "quiz": ANY}
    first |= {"slides": first["slides"][: int(after)], "minutes": ANY, "objectives": ANY, "quiz": ANY}
    home = modules[lesson.partition(".")[0]]["lessons"]
    home.insert(home.index(first) + 1, second)


def _split_module(course: Words, modules: dict[str, Words], _: Any, module: str, after: str, title: str = "") -> None:
    first = modules[module]
    second = {"id": ANY, "title": title or ANY, "lessons": first["lessons"][int(after) :]}
    first["lessons"] = first["lessons"][: int(after)]
    course["modules"].insert(course["modules"].index(first) + 1, second)


def _split_slide(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str) -> None:
    found = slide_of(lessons, lesson, slide)
    points, said = points_of(found), sentences(found["narration"])
    cut = -(-len(points) // 2)
    half = round(len(said) * cut / len(points))
    second = {**found, "id": ANY, "title": ANY, "body": {"layout": "bullets", "points": points[cut:]}}
    second["narration"] = " ".join(said[half:])
    found |= {"body": {"layout": "bullets", "points": points[:cut]}, "narration": " ".join(said[:half])}
    lessons[lesson]["slides"].insert(at(slide) + 1, second)


def _copy_lesson(_: Words, modules: dict[str, Words], lessons: dict[str, Words], lesson: str, title: str = "") -> None:
    found = lessons[lesson]
    twin = copy.deepcopy(found) | {"id": ANY, "title": title or ANY}
    for part in (*twin["slides"], *twin["quiz"]):
        part["id"] = ANY
    home = modules[lesson.partition(".")[0]]["lessons"]
    home.insert(home.index(found) + 1, twin)


OUTLINE: dict[str, Callable[..., None]] = {
    "lesson": _lesson_set("title"),
    "minutes": _lesson_set("minutes"),
    "all_minutes": _all_minutes,
    "module": _module_title,
    "course": _course_set,
    "modules": _module_order,
    "lessons": _lesson_order,
    "merge_lessons": _merge_lessons,
    "merge_modules": _merge_modules,
    "merge_slides": _merge_slides,
    "split_lesson": _split_lesson,
    "split_module": _split_module,
    "split_slide": _split_slide,
    "copy_lesson": _copy_lesson,
}
