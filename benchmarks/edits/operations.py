"""The changes a wording may mean, done by hand on a snapshot: written apart from the product, to judge it by."""

import re
from collections.abc import Callable
from typing import Any

from benchmarks.edits.outline_operations import OUTLINE
from benchmarks.edits.snapshot import ANY, Words, at, points_of, sentences, slide_of


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
        slide_of(lessons, lesson, slide)[field] = text

    return change


def _sentence(
    _: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, number: str, text: str = ""
) -> None:
    found = slide_of(lessons, lesson, slide)
    said = sentences(found["narration"])
    said[at(number) : at(number) + 1 or None] = [text] if text else []
    found["narration"] = " ".join(said)


def _add_sentence(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, place: str, text: str) -> None:
    found = slide_of(lessons, lesson, slide)
    said = sentences(found["narration"])
    said.insert(int(place) - 1, text)
    found["narration"] = " ".join(said)


def _point(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, number: str, text: str = "") -> None:
    points = points_of(slide_of(lessons, lesson, slide))
    points[at(number) : at(number) + 1 or None] = [text] if text else []


def _add_point(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, place: str, text: str) -> None:
    points_of(slide_of(lessons, lesson, slide)).insert(int(place) - 1, text)


def _point_order(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, order: str) -> None:
    points = points_of(slide_of(lessons, lesson, slide))
    points[:] = [points[place] for place in _places(order)]


def _layout(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, layout: str) -> None:
    found = slide_of(lessons, lesson, slide)
    field = "steps" if layout == "process" else "points"
    found["body"] = {"layout": layout, field: points_of(found)}


def _part_order(kind: str) -> Callable[..., None]:
    def change(_: Words, __: Any, lessons: dict[str, Words], lesson: str, order: str) -> None:
        lessons[lesson][kind] = _reordered(lessons[lesson][kind], order)

    return change


def _give_slide(_: Words, __: Any, lessons: dict[str, Words], lesson: str, slide: str, other: str, place: str) -> None:
    moved = lessons[lesson]["slides"].pop(at(slide))
    slides = lessons[other]["slides"]
    slides.insert(len(slides) if place == "last" else int(place) - 1, moved)


def _add_slide(_: Words, __: Any, lessons: dict[str, Words], lesson: str, place: str, title: str) -> None:
    slide = {"id": ANY, "title": title, "body": ANY, "narration": "", "citations": []}
    slides = lessons[lesson]["slides"]
    slides.insert(len(slides) if place == "last" else int(place) - 1, slide)


def _item_set(field: str) -> Callable[..., None]:
    def change(_: Words, __: Any, lessons: dict[str, Words], lesson: str, item: str, value: str) -> None:
        lessons[lesson]["quiz"][at(item)][field] = at(value) if field == "answer" else value

    return change


def _choice(_: Words, __: Any, lessons: dict[str, Words], lesson: str, item: str, number: str, text: str = "") -> None:
    found = lessons[lesson]["quiz"][at(item)]
    right = found["choices"][found["answer"]]
    found["choices"][at(number) : at(number) + 1] = [text] if text else []
    if right in found["choices"]:
        found["answer"] = found["choices"].index(right)


def _add_choice(_: Words, __: Any, lessons: dict[str, Words], lesson: str, item: str, text: str) -> None:
    lessons[lesson]["quiz"][at(item)]["choices"].append(text)


def _objective_order(_: Words, __: Any, lessons: dict[str, Words], lesson: str, order: str) -> None:
    found, places = lessons[lesson], _places(order)
    found["objectives"] = [found["objectives"][place] for place in places]
    for item in found["quiz"]:
        item["objective"] = places.index(item["objective"]) if item["objective"] in places else ANY


def _objective(_: Words, __: Any, lessons: dict[str, Words], lesson: str, number: str, text: str) -> None:
    lessons[lesson]["objectives"][at(number)] = text


def _add_objective(_: Words, __: Any, lessons: dict[str, Words], lesson: str, place: str, text: str) -> None:
    found, at = lessons[lesson], int(place) - 1
    found["objectives"].insert(at, text)
    for item in found["quiz"]:
        item["objective"] += item["objective"] >= at


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
        slides = [one["slides"][at(slide)]] if slide else one["slides"]
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


OPERATIONS: dict[str, Callable[..., None]] = OUTLINE | {
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
    "replace": _replace,
}
"""By the names `wordings.toml` uses."""
