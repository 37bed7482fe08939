"""The changes a wording may mean, done by hand on a snapshot: written apart from the product, to judge it by."""

import copy
import re
from collections.abc import Callable
from typing import Any

Words = dict[str, Any]


class _Any:
    """Stands where more than one value is right, as for the title of a merged lesson."""

    def __eq__(self, _: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __deepcopy__(self, _: object) -> "_Any":
        return self


ANY = _Any()


def sentences(text: str) -> list[str]:
    """The sentences of a narration of ours."""
    return re.split(r"(?<=[.!?])\s+", text)


def _slide(lessons: dict[str, Words], lesson: str, slide: str) -> Words:
    found: Words = lessons[lesson]["slides"][_at(slide)]
    return found


def _at(number: str) -> int:
    return int(number) - 1 if int(number) > 0 else int(number)


def _points(slide: Words) -> list[str]:
    body = slide["body"]
    found: list[str] = body["steps" if body["layout"] == "process" else "points"]
    return found


def _places(order: str) -> list[int]:
    return [int(one) - 1 for one in order.split(",") if one]


def _reordered(parts: list[Any], order: str) -> list[Any]:
    """Parts in that order; one named twice is a copy."""
    seen: set[int] = set()
    result = []
    for place in _places(order):
        result.append({**parts[place], "id": ANY} if place in seen else parts[place])
        seen.add(place)
    return result


def _slide_set(field: str) -> Callable[..., None]:
    def change(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, text: str) -> None:
        _slide(lessons, lesson, slide)[field] = text

    return change


def _sentence(
    _: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, number: str, text: str = ""
) -> None:
    found = _slide(lessons, lesson, slide)
    said = sentences(found["narration"])
    said[_at(number) : _at(number) + 1 or None] = [text] if text else []
    found["narration"] = " ".join(said)


def _add_sentence(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, place: str, text: str) -> None:
    found = _slide(lessons, lesson, slide)
    said = sentences(found["narration"])
    said.insert(int(place) - 1, text)
    found["narration"] = " ".join(said)


def _point(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, number: str, text: str = "") -> None:
    points = _points(_slide(lessons, lesson, slide))
    points[_at(number) : _at(number) + 1 or None] = [text] if text else []


def _add_point(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, place: str, text: str) -> None:
    _points(_slide(lessons, lesson, slide)).insert(int(place) - 1, text)


def _point_order(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, order: str) -> None:
    points = _points(_slide(lessons, lesson, slide))
    points[:] = [points[place] for place in _places(order)]


def _layout(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, layout: str) -> None:
    found = _slide(lessons, lesson, slide)
    field = "steps" if layout == "process" else "points"
    found["body"] = {"layout": layout, field: _points(found)}


def _part_order(kind: str) -> Callable[..., None]:
    def change(_: Words, __: Any, lessons: dict[str, Words], lesson: str, order: str) -> None:
        lessons[lesson][kind] = _reordered(lessons[lesson][kind], order)

    return change


def _give_slide(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, other: str, place: str) -> None:
    moved = lessons[lesson]["slides"].pop(_at(slide))
    slides = lessons[other]["slides"]
    slides.insert(len(slides) if place == "last" else int(place) - 1, moved)


def _add_slide(_: Words, __: Any, lessons: dict[str, Words], lesson: str, place: str, title: str) -> None:
    slide = {"id": ANY, "title": title, "body": ANY, "narration": "", "citations": []}
    slides = lessons[lesson]["slides"]
    slides.insert(len(slides) if place == "last" else int(place) - 1, slide)


def _item_set(field: str) -> Callable[..., None]:
    def change(_: Words, __: Any, lessons: dict[str, Words], lesson: str, item: str, value: str) -> None:
        lessons[lesson]["quiz"][_at(item)][field] = _at(value) if field == "answer" else value

    return change


def _choice(_: Words, __: Any, lessons: dict[str, Words], lesson: str, item: str, number: str, text: str = "") -> None:
    found = lessons[lesson]["quiz"][_at(item)]
    right = found["choices"][found["answer"]]
    found["choices"][_at(number) : _at(number) + 1] = [text] if text else []
    if right in found["choices"]:
        found["answer"] = found["choices"].index(right)


def _add_choice(_: Words, __: Any, lessons: dict[str, Words], lesson: str, item: str, text: str) -> None:
    lessons[lesson]["quiz"][_at(item)]["choices"].append(text)


def _objective_order(_: Words, __: Any, lessons: dict[str, Words], lesson: str, order: str) -> None:
    found, places = lessons[lesson], _places(order)
    found["objectives"] = [found["objectives"][place] for place in places]
    for item in found["quiz"]:
        item["objective"] = places.index(item["objective"]) if item["objective"] in places else ANY


def _objective(_: Words, __: Any, lessons: dict[str, Words], lesson: str, number: str, text: str) -> None:
    lessons[lesson]["objectives"][_at(number)] = text


def _add_objective(_: Words, __: Any, lessons: dict[str, Words], lesson: str, place: str, text: str) -> None:
    found, at = lessons[lesson], int(place) - 1
    found["objectives"].insert(at, text)
    for item in found["quiz"]:
        item["objective"] += item["objective"] >= at


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
    first, second = _slide(lessons, lesson, one), _slide(lessons, lesson, other)
    first["narration"] += f" {second['narration']}"
    first |= {"title": ANY, "citations": ANY}
    first["body"] = {"layout": "bullets", "points": [*_points(first), *_points(second)]}
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
    found = _slide(lessons, lesson, slide)
    points, said = _points(found), sentences(found["narration"])
    cut = -(-len(points) // 2)
    half = round(len(said) * cut / len(points))
    second = {**found, "id": ANY, "title": ANY, "body": {"layout": "bullets", "points": points[cut:]}}
    second["narration"] = " ".join(said[half:])
    found |= {"body": {"layout": "bullets", "points": points[:cut]}, "narration": " ".join(said[:half])}
    lessons[lesson]["slides"].insert(_at(slide) + 1, second)


def _copy_lesson(_: Words, modules: dict[str, Words], lessons: dict[str, Words], lesson: str, title: str = "") -> None:
    found = lessons[lesson]
    twin = copy.deepcopy(found) | {"id": ANY, "title": title or ANY}
    for part in (*twin["slides"], *twin["quiz"]):
        part["id"] = ANY
    home = modules[lesson.partition(".")[0]]["lessons"]
    home.insert(home.index(found) + 1, twin)


def _replace(
    course: Words,
    modules: dict[str, Words],
    lessons: dict[str, Words],
    find: str,
    new: str,
    where: str = "",
    only: str = "",
) -> None:
    """Whole words, whatever their case; a capital at the beginning is kept."""
    pattern = re.compile(rf"\b{re.escape(find)}\b", re.IGNORECASE)

    def cased(match: re.Match[str]) -> str:
        return new[:1].upper() + new[1:] if match.group()[0].isupper() else new

    def put(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(cased, value)
        if isinstance(value, list):
            return [put(one) for one in value]
        return (
            {key: one if key == "layout" else put(one) for key, one in value.items()}
            if isinstance(value, dict)
            else value
        )

    lesson, _, slide = where.partition("/")
    chosen = [lessons[lesson]] if "." in lesson else modules[lesson]["lessons"] if lesson else list(lessons.values())
    for one in chosen:
        slides = [one["slides"][_at(slide)]] if slide else one["slides"]
        for part in slides:
            part |= {
                key: put(part[key])
                for key in (["narration"] if only == "narration" else ["title", "body", "narration"])
            }
        if not slide and not only:
            one |= {"title": put(one["title"]), "objectives": put(one["objectives"])}
            for item in one["quiz"]:
                item |= {key: put(item[key]) for key in ("question", "choices", "explanation")}
    if not where and not only:
        course |= {"title": put(course["title"]), "summary": put(course["summary"])}


OPERATIONS: dict[str, Callable[..., None]] = {
    "title": _slide_set("title"),
    "narration": _slide_set("narration"),
    "sentence": _sentence,
    "add_sentence": _add_sentence,
    "point": _point,
    "add_point": _add_point,
    "points": _point_order,
    "layout": _layout,
    "slides": _part_order("slides"),
    "give_slide": _give_slide,
    "add_slide": _add_slide,
    "quiz": _part_order("quiz"),
    "question": _item_set("question"),
    "explanation": _item_set("explanation"),
    "answer": _item_set("answer"),
    "choice": _choice,
    "add_choice": _add_choice,
    "objectives": _objective_order,
    "objective": _objective,
    "add_objective": _add_objective,
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
    "replace": _replace,
}
"""By the names `wordings.toml` uses."""
