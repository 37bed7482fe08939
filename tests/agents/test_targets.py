"""Parts of a course as people name them."""

from uuid import UUID, uuid4

import pytest

from agents.tools import targets
from course.edit import START
from course.errors import Invalid, NotFound
from course.models.outline import LessonLine, ModuleLine, Outline

_TITLES = {"Membranes": ["Lipids", "Proteins", "Carbohydrates"], "Transport": ["Diffusion", "Pumps"], "Signals": []}


def _outline(titles: dict[str, list[str]] | None = None) -> Outline:
    modules = [
        ModuleLine(
            id=uuid4(),
            number=number,
            title=title,
            lessons=[_lesson(f"{number}.{place}", name) for place, name in enumerate(names, start=1)],
        )
        for number, (title, names) in enumerate((titles or _TITLES).items(), start=1)
    ]
    head = {"title": "Cells", "summary": "", "audience": "", "language": "en", "tone": "", "published_revision": None}
    return Outline.model_validate({"id": uuid4(), "revision": 1, "modules": modules} | head)


def _lesson(number: str, title: str) -> LessonLine:
    return LessonLine(
        id=uuid4(), number=number, title=title, minutes=6, sections=[], objectives=[], slides=0, quiz=0, revision=1
    )


OUTLINE = _outline()


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("1.2", "lesson 1.2, “Proteins”"),
        ("lesson 1.2", "lesson 1.2, “Proteins”"),
        ("Lesson 1 . 2", "lesson 1.2, “Proteins”"),
        ("the second module", "module 2, “Transport”"),
        ("module two", "module 2, “Transport”"),
        ("module 3", "module 3, “Signals”"),
        ("2", "module 2, “Transport”"),
        ("Diffusion", "lesson 2.1, “Diffusion”"),
        ("the lesson on diffusion", "lesson 2.1, “Diffusion”"),
        ("module “Transport”", "module 2, “Transport”"),
        ("the course", "the course"),
        ("lesson 1.1, “Lipids”", "lesson 1.1, “Lipids”"),
    ],
)
def test_a_part_is_found_by_its_words(words: str, label: str) -> None:
    """Numbers, number words and titles all name a part."""
    assert targets.target(OUTLINE, words).label == label


@pytest.mark.parametrize("words", ["1.4", "lesson 9.1", "module 7", "0.1", "Photosynthesis", "", "lesson 1.2.3"])
def test_what_is_not_there_is_said_with_what_is(words: str) -> None:
    """A number or title that does not exist gets a sentence naming those that do."""
    with pytest.raises(NotFound, match=r"module 1 with lessons 1\.1 to 1\.3; module 2 with lessons 2\.1 to 2\.2; mod"):
        targets.target(OUTLINE, words)


def test_a_lone_number_is_asked_about_unless_there_is_one_module() -> None:
    """“Lesson 2” is clear in a course of one module only."""
    with pytest.raises(Invalid, match="Which one"):
        targets.lesson(OUTLINE, "lesson 2")
    assert targets.lesson(_outline({"Cells": ["Lipids", "Proteins"]}), "lesson 2").title == "Proteins"


def test_a_title_shared_by_two_parts_is_no_name() -> None:
    """Words that fit two titles find neither."""
    with pytest.raises(NotFound):
        targets.target(_outline({"Cells": ["Plant cells", "Animal cells"]}), "cells in general")


@pytest.mark.parametrize(
    ("several", "numbers"),
    [
        (["all"], ["1.1", "1.2", "1.3", "2.1", "2.2"]),
        ([], ["1.1", "1.2", "1.3", "2.1", "2.2"]),
        (["module 2"], ["2.1", "2.2"]),
        (["2.1", "1.3", "2.1"], ["1.3", "2.1"]),
        (["Pumps", "module 1"], ["1.1", "1.2", "1.3", "2.2"]),
    ],
)
def test_several_lessons(several: list[str], numbers: list[str]) -> None:
    """Lessons, modules and “all” give each lesson once, in order."""
    assert [lesson.number for lesson in targets.lessons(OUTLINE, several)] == numbers


def _spot(moved: str, words: str) -> tuple[str, str | None]:
    names: dict[UUID, str] = {START: "start", OUTLINE.id: "course"}
    names |= {one.id: one.title for one in OUTLINE.modules} | {one.id: one.title for one in OUTLINE.lessons}
    parent, after = targets.place(OUTLINE, targets.target(OUTLINE, moved), words)
    return names[parent], None if after is None else names[after]


@pytest.mark.parametrize(
    ("moved", "words", "spot"),
    [
        ("1.3", "first", ("Membranes", "start")),
        ("1.1", "last", ("Membranes", None)),
        ("1.1", "to the end", ("Membranes", None)),
        ("1.3", "before 1.2", ("Membranes", "Lipids")),
        ("1.3", "before lesson 1.1", ("Membranes", "start")),
        ("1.1", "after 2.1", ("Transport", "Diffusion")),
        ("1.1", "before 2.1", ("Transport", "start")),
        ("1.1", "into module 2", ("Transport", None)),
        ("1.1", "the beginning of module 2", ("Transport", "start")),
        ("1.1", "module 3", ("Signals", None)),
        ("1.3", "up", ("Membranes", "Lipids")),
        ("1.1", "down", ("Membranes", "Proteins")),
        ("1.3", "2", ("Membranes", "Lipids")),
        ("1.1", "position 3", ("Membranes", "Carbohydrates")),
        ("module 2", "first", ("course", "start")),
        ("module 1", "after module 2", ("course", "Transport")),
        ("module 3", "before module 2", ("course", "Membranes")),
    ],
)
def test_places(moved: str, words: str, spot: tuple[str, str | None]) -> None:
    """A place in words is a parent and a sibling to stand after."""
    assert _spot(moved, words) == spot


@pytest.mark.parametrize(
    ("moved", "words"), [("1.1", "somewhere nice"), ("module 1", "after 2.1"), ("course", "first")]
)
def test_impossible_places_are_refused(moved: str, words: str) -> None:
    """What cannot be a place is said, not guessed."""
    with pytest.raises((Invalid, NotFound)):
        targets.place(OUTLINE, targets.target(OUTLINE, moved), words)
