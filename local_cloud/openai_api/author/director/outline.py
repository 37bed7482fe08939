"""The course as the director is told it, and the parts of it that people name."""

import re
from dataclasses import dataclass, field

from local_cloud.openai_api.author.brief import NUMBERS
from local_cloud.openai_api.author.tags import block

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_WORDS = "|".join([*_ORDINALS, "last", "next"])
# Of large courses only what is not usual is told of a lesson.
_USUAL = re.compile(r"Lessons take (\d+) min and are (drafted|planned) where")
_LESSON = re.compile(r"(?:Lesson )?(\d+\.\d+): (.+?)(?: \((\d+) min\))?(?: \[(drafted|planned)\])?$")


@dataclass(frozen=True)
class LessonLine:
    """A lesson of the outline."""

    number: str
    title: str
    minutes: int
    drafted: bool


@dataclass(frozen=True)
class ModuleLine:
    """A module of the outline."""

    number: int
    title: str
    lessons: list[LessonLine] = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """The course; without modules there is none yet."""

    title: str
    modules: list[ModuleLine]
    documents: list[str]

    @property
    def lessons(self) -> list[LessonLine]:
        """All lessons in order."""
        return [lesson for module in self.modules for lesson in module.lessons]

    @property
    def planned(self) -> list[LessonLine]:
        """Those not written yet."""
        return [lesson for lesson in self.lessons if not lesson.drafted]


def read_outline(prompt: str) -> Outline:
    """From the `<course>` and `<sources>` of the system prompt, or of a tool's result."""
    text = block(prompt, "course") or prompt
    sources = block(prompt, "sources").splitlines()
    title, minutes, state = "", 0, ""
    modules: list[ModuleLine] = []
    for line in (one.strip() for one in text.splitlines()):
        if match := re.match(r"Course: (.+?)(?: \(audience: .*\))?$", line):
            title = match[1]
        elif match := _USUAL.match(line):
            minutes, state = int(match[1]), match[2]
        elif match := re.match(r"Module (\d+): (.+)$", line):
            modules.append(ModuleLine(int(match[1]), match[2]))
        elif (match := _LESSON.match(line)) and modules:
            is_drafted = (match[4] or state) == "drafted"
            modules[-1].lessons.append(LessonLine(match[1], match[2], int(match[3] or minutes), is_drafted))
    documents = [match[1] for line in sources if (match := re.match(r"\s*\S+: (.+?)(?: \([^()]*\))?$", line))]
    return Outline(title, modules, documents)


def lesson_named(text: str, outline: Outline) -> str | None:
    """The lesson a text speaks of, as `1.2`; a number that does not exist is given back as it was said."""
    if number := re.search(r"(?<![\d.$])(\d{1,2}\.\d{1,2})(?![\d.]*\d|\s*(?:%|million|dollars))", text):
        return number[1]
    if match := re.search(
        rf"\b({_WORDS})\s+lesson(?:\s+(?:of|in)\s+(?:the\s+)?(module\s+\w+|\w+\s+module))?", text, re.IGNORECASE
    ):
        return _by_ordinal(match[1].lower(), match[2] or "", outline)
    if match := re.search(rf"\blesson\s+(\d{{1,2}}|{'|'.join(NUMBERS)})\b", text, re.IGNORECASE):
        number_said = NUMBERS.get(match[1].lower()) or int(match[1])
        return f"1.{number_said}" if len(outline.modules) == 1 else f"lesson {number_said}"
    return next((one.number for one in _by_length(outline.lessons) if _says(text, one.title)), None)


def lessons_named(text: str, outline: Outline) -> list[str]:
    """Every lesson and module a text names, for tools that take several; empty when it names none."""
    numbers = re.findall(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.]*\d)", text)
    if len(numbers) == 2 and re.search(rf"{numbers[0]}\s*(?:-|–|to|through|until)\s*(?:lesson )?{numbers[1]}", text):
        inside = [one.number for one in outline.lessons]
        if all(number in inside for number in numbers):
            return inside[inside.index(numbers[0]) : inside.index(numbers[1]) + 1]
    if numbers:
        return list(dict.fromkeys(numbers))
    if several := re.search(rf"\b(first|last|next) (\d|{'|'.join(NUMBERS)}) lessons\b", text, re.IGNORECASE):
        return _several(several[1].lower(), NUMBERS.get(several[2].lower()) or int(several[2]), outline)
    modules = [f"module {number}" for number in module_numbers(text, outline)]
    if modules:
        return modules
    lesson = lesson_named(text, outline)
    return [lesson] if lesson else []


def module_numbers(text: str, outline: Outline) -> list[int]:
    """The modules a text names."""
    found: list[int] = []
    series = rf"(?:\d{{1,2}}(?!\.\d)|{'|'.join(NUMBERS)})\b"
    for match in re.finditer(rf"\bmodules?\s+({series}(?:\s*(?:,|and|&|to|-|–)\s*{series})*)", text, re.IGNORECASE):
        said = re.findall(rf"\d{{1,2}}|{'|'.join(NUMBERS)}", match[1].lower())
        found += [NUMBERS.get(one) or int(one) for one in said]
    if ordinal := re.search(rf"\b({_WORDS})\s+module\b", text, re.IGNORECASE):
        word = ordinal[1].lower()
        found.append(len(outline.modules) if word == "last" else _ORDINALS.get(word, 1))
    if not found:
        found = [
            one.number
            for one in outline.modules
            if one.title.lower() in text.lower()
            and re.search(rf"\bmodule\b.*{re.escape(one.title)}", text, re.IGNORECASE)
        ]
    return list(dict.fromkeys(found))


def _several(which: str, count: int, outline: Outline) -> list[str]:
    """“The first two lessons”, “the next three lessons” (those not written yet)."""
    lessons = outline.planned if which == "next" else outline.lessons
    return [one.number for one in (lessons[-count:] if which == "last" else lessons[:count])]


def _by_ordinal(word: str, where: str, outline: Outline) -> str | None:
    numbers = module_numbers(where, outline)
    lessons = [one for module in outline.modules if not numbers or module.number in numbers for one in module.lessons]
    if not lessons:
        return None
    if word == "next":
        return next((one.number for one in lessons if not one.drafted), lessons[-1].number)
    place = len(lessons) if word == "last" else _ORDINALS[word]
    return lessons[place - 1].number if place <= len(lessons) else f"1.{place}"


def _by_length(lessons: list[LessonLine]) -> list[LessonLine]:
    return sorted(lessons, key=lambda one: -len(one.title))


def _says(text: str, title: str) -> bool:
    """Whether the title, or the part of it before or after a colon, stands in the text."""
    names = [title, *title.split(": ")]
    plain = text.lower()
    # In a large course making the pattern takes longer than all else: only of names that stand there somehow.
    return any(
        len(name) > 3 and name.lower() in plain and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
        for name in names
    )
