"""Parts of a course as people name them: “lesson 1.2”, “module two”, a title, “after 1.3”.

Words are resolved against the outline the director saw, so that a part moved by someone else meanwhile is
still the one that was meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from course.edit import START
from course.errors import Invalid, NotFound
from course.models.outline import LessonLine, ModuleLine, Outline
from course.models.revision import Kind

_LESSON = re.compile(r"(?<![\d.])(\d{1,3})\s*\.\s*(\d{1,3})(?![\d.]*\d)")
_MODULE = re.compile(r"\bmodule\s+(\d{1,3})\b")
_LONE_LESSON = re.compile(r"\blesson\s+(\d{1,3})\b(?!\.\d)")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COURSE = {"course", "the course", "this course", "the whole course", "title", "course title"}


@dataclass(frozen=True)
class Target:
    """A part found by its words; `label` is how to speak of it."""

    kind: Kind
    id: UUID
    label: str


def target(outline: Outline, words: str) -> Target:
    """The course, a module or a lesson. Raises `NotFound` naming what exists."""
    plain = _plain(words)
    if plain in _COURSE:
        return Target(Kind.COURSE, outline.id, "the course")
    part = _titled(outline, plain) or _numbered(outline, plain) or _resembling(outline, plain)
    if part is None:
        raise NotFound(f"There is no {_quoted(words)} in this course. {what_exists(outline)}")
    return _target(part)


def lesson(outline: Outline, words: str) -> LessonLine:
    """A lesson. Raises `NotFound` naming what exists."""
    found = target(outline, words)
    line = next((one for one in outline.lessons if one.id == found.id), None)
    if line is not None:
        return line
    module = next((one for one in outline.modules if one.id == found.id), None)
    if module is not None and len(module.lessons) == 1:
        return module.lessons[0]
    raise NotFound(f"{_quoted(words)} is not one lesson. {what_exists(outline)}")


def module(outline: Outline, words: str) -> ModuleLine:
    """A module. Raises `NotFound` naming what exists."""
    found = target(outline, words)
    line = next((one for one in outline.modules if one.id == found.id), None)
    if line is None:
        raise NotFound(f"{_quoted(words)} is not a module. {what_exists(outline)}")
    return line


def lessons(outline: Outline, several: Sequence[str]) -> list[LessonLine]:
    """Lessons named one by one, by module, or as “all”; each once, in the order of the course."""
    wanted: set[UUID] = set()
    for words in several or ["all"]:
        plain = _plain(words)
        if plain in _COURSE | {"all", "all lessons", "every lesson", "everything", "rest", "the rest"}:
            wanted |= {one.id for one in outline.lessons}
            continue
        found = target(outline, words)
        inside = next((one.lessons for one in outline.modules if one.id == found.id), None)
        wanted |= {one.id for one in inside} if inside is not None else {found.id}
    return [one for one in outline.lessons if one.id in wanted]


def place(outline: Outline, moved: Target, words: str) -> tuple[UUID, UUID | None]:
    """Where to: the parent, and the sibling to stand after (None is last, `START` first)."""
    plain = _plain(words)
    parent, siblings = _around(outline, moved)
    if (beside := re.match(r"(?:right |just |directly )?(before|after|behind)\s+(.+)", plain)) is not None:
        return _beside(outline, moved, beside[2], before=beside[1] == "before")
    if moved.kind is Kind.LESSON and "module" in plain:
        into = module(outline, re.sub(r"\b(?:first|last)\b", "", plain) if _MODULE.search(plain) else plain)
        first = re.search(r"\b(?:start|beginning|first|top)\b", plain) is not None
        return into.id, START if first else None
    order = [one for one in siblings if one != moved.id]
    now = siblings.index(moved.id)
    number = re.fullmatch(r"(?:position |place |number )?(\d{1,3})", plain)
    if re.search(r"\b(?:first|start|beginning|top)\b", plain):
        return parent, START
    if re.search(r"\b(?:last|end|bottom)\b", plain):
        return parent, None
    if number is not None or plain in {"up", "down", "one up", "one down"}:
        at = int(number[1]) - 1 if number else now + (1 if "down" in plain else -1)
        at = max(0, min(at, len(order)))
        return parent, order[at - 1] if at else START
    raise Invalid(f"I do not know where {_quoted(words)} is. Say first, last, before or after another one.")


def room(outline: Outline, home: ModuleLine, words: str) -> tuple[ModuleLine, UUID | None]:
    """Where a new lesson goes: the module, and the lesson to stand after (None is last, `START` first)."""
    plain = _plain(words)
    beside = re.match(r"(?:right |just |directly )?(before|after|behind)\s+(.+)", plain)
    if beside is None:
        return home, START if re.search(r"\b(?:first|start|beginning|top)\b", plain) else None
    neighbour = lesson(outline, beside[2])
    home = next(one for one in outline.modules if neighbour in one.lessons)
    order = [one.id for one in home.lessons]
    at = order.index(neighbour.id)
    if beside[1] != "before":
        return home, neighbour.id
    return home, order[at - 1] if at else START


def what_exists(outline: Outline) -> str:
    """A sentence with the numbers there are."""
    if not outline.modules:
        return "It has no modules or lessons yet."
    return f"There is {'; '.join(_module_numbers(one) for one in outline.modules[:12])}."


def _module_numbers(one: ModuleLine) -> str:
    numbers = [lesson.number for lesson in one.lessons]
    if not numbers:
        return f"module {one.number} without lessons"
    if len(numbers) == 1:
        return f"module {one.number} with lesson {numbers[0]}"
    return f"module {one.number} with lessons {numbers[0]} to {numbers[-1]}"


def _titled(outline: Outline, plain: str) -> LessonLine | ModuleLine | None:
    bare = re.sub(r"^(?:the )?(?:lesson|module)\s+", "", plain)
    parts: list[LessonLine | ModuleLine] = [*outline.lessons, *outline.modules]
    if plain.startswith("module"):
        parts.reverse()
    return next((one for one in parts if one.title.casefold() in {plain, bare}), None)


def _numbered(outline: Outline, plain: str) -> LessonLine | ModuleLine | None:
    if (found := _LESSON.search(plain)) is not None:
        return outline.lesson(f"{int(found[1])}.{int(found[2])}")
    if (found := _MODULE.search(plain)) is not None:
        return outline.module(int(found[1]))
    if (found := _LONE_LESSON.search(plain)) is not None:
        if len(outline.modules) == 1:
            return outline.lesson(f"1.{int(found[1])}")
        raise Invalid(f"Which one is {_quoted(plain)}? {what_exists(outline)}")
    return outline.module(int(plain)) if plain.isdecimal() and len(plain) <= 3 else None


def _resembling(outline: Outline, plain: str) -> LessonLine | ModuleLine | None:
    """The one part whose title holds these words, if it is one only."""
    bare = re.sub(r"^(?:the )?(?:lesson|module)\s+(?:on|about|called|named|titled)?\s*", "", plain)
    if len(bare) < 3 or _LESSON.search(plain) or _MODULE.search(plain):
        return None
    lessons_alike = [one for one in outline.lessons if bare in one.title.casefold()]
    modules_alike = [one for one in outline.modules if bare in one.title.casefold()]
    if len(lessons_alike) == 1:
        return lessons_alike[0]
    return modules_alike[0] if len(modules_alike) == 1 else None


def _around(outline: Outline, moved: Target) -> tuple[UUID, list[UUID]]:
    if moved.kind is Kind.MODULE:
        return outline.id, [one.id for one in outline.modules]
    for one in outline.modules:
        inside = [line.id for line in one.lessons]
        if moved.id in inside:
            return one.id, inside
    raise Invalid("The course itself cannot be moved. Name a module or a lesson.")


def _beside(outline: Outline, moved: Target, words: str, *, before: bool) -> tuple[UUID, UUID | None]:
    neighbour = target(outline, words)
    if neighbour.kind is not moved.kind:
        raise Invalid(f"{moved.label} cannot stand beside {neighbour.label}. Name another {moved.kind.value}.")
    parent, siblings = _around(outline, neighbour)
    if not before:
        return parent, neighbour.id
    order = [one for one in siblings if one != moved.id]
    at = order.index(neighbour.id) if neighbour.id in order else 0
    return parent, order[at - 1] if at else START


def _target(part: LessonLine | ModuleLine) -> Target:
    if isinstance(part, LessonLine):
        return Target(Kind.LESSON, part.id, f"lesson {part.number}, “{part.title}”")
    return Target(Kind.MODULE, part.id, f"module {part.number}, “{part.title}”")


def _plain(words: str) -> str:
    text = " ".join(re.sub(r"[\"“”'‘’*`]", "", words).split()).casefold().rstrip(".!?,;:")
    for number, (word, ordinal) in enumerate(zip(_NUMBERS, [*_ORDINALS, "", ""], strict=True), start=1):
        text = re.sub(rf"\b(lesson|module) {word}\b", rf"\1 {number}", text)
        if ordinal:
            text = re.sub(rf"^(?:the )?{ordinal} (lesson|module)$", rf"\1 {number}", text)
    return text


def _quoted(words: str) -> str:
    return f"“{' '.join(words.split())[:60]}”"
