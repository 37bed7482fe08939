"""Reading back what `course.exports.markdown` wrote, also after people edited it."""

import re
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from course.errors import UnreadableDocument
from course.exports.markdown import VERSION
from course.imports.blocks import Block, blocks, read_head, references, unreadable
from course.models.lesson import Lesson, QuizItem, Slide
from course.models.outline import Course, Minutes, Module
from course.models.text import Line, OptionalLine

_MARK = re.compile(r"\ufeff?---\r?\n(?:[^\n]*\n){0,8}?lectern: *(\d+)")
_MODULE = re.compile(r"(?:Module(?: \d+)?: )?(.*)")
_LESSON = re.compile(r"(?:Lesson(?: [\d.]+)?: )?(.*)")
_SLIDE = re.compile(r"Slide(?: \d+)?: (.*)")
_QUIZ = re.compile(r"Quiz(?: \d+)?: (.*)")
# What stands below a slide of each layout: named values, and the values that bullets follow.
_LAYOUTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "title": (("Subtitle",), ()),
    "bullets": ((), ("",)),
    "statement": (("Statement",), ()),
    "definition": (("Term", "Meaning"), ()),
    "comparison": (("Left", "Right"), ("Left", "Right")),
    "process": ((), ("",)),
    "question": (("Question",), ()),
    "recap": ((), ("",)),
}
_MOST_MODULES, _MOST_LESSONS, _MOST_SLIDES = 40, 400, 60
_MINUTES: TypeAdapter[int] = TypeAdapter(Minutes)
_LANGUAGE: TypeAdapter[str] = TypeAdapter(Line)
_OPTIONAL: TypeAdapter[str] = TypeAdapter(OptionalLine)
_OBJECTIVES: TypeAdapter[list[str]] = TypeAdapter(list[Line])

_T = TypeVar("_T")


def is_course_file(data: bytes) -> bool:
    """Whether these bytes say of themselves that they are a course saved by Lectern."""
    return _MARK.match(data[:4_000].decode("utf-8", "ignore")) is not None


def read_course(text: str) -> Course:
    """The course, with ids of its own. Raises `UnreadableDocument` that names the line."""
    mark = _MARK.match(text)
    if mark is None:
        raise UnreadableDocument(
            f"This is no course saved by Lectern: it does not begin with --- and “lectern: {VERSION}”. "
            "Export a course as Markdown to see the form, or attach this file as a document to write from."
        )
    if int(mark[1]) > VERSION:
        raise UnreadableDocument("This course was saved by a newer Lectern. Ask your operator to update this one.")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    head, start = read_head(lines)
    return _course(head, list(blocks(lines, start)))


def _course(head: dict[str, str], found: list[Block]) -> Course:
    if not found or found[0].level != 1:
        unreadable(found[0].line if found else 1, "after its head the file begins with “# ” and the course's title.")
    found[0].only(quoted=True)
    first, modules = found[0], _grouped(found[1:], 2, "a module, like “## Module 1: Title”")
    if len(modules) > _MOST_MODULES or sum(block.level == 3 for block in found) > _MOST_LESSONS:
        raise UnreadableDocument(
            f"A course has at most {_MOST_MODULES} modules and {_MOST_LESSONS} lessons. Split the file."
        )
    return _made(
        first,
        lambda: Course(
            id=uuid4(),
            title=first.heading,
            summary=first.prose,
            audience=_OPTIONAL.validate_python(head.get("audience", "")),
            language=_LANGUAGE.validate_python(head.get("language") or "en"),
            tone=_OPTIONAL.validate_python(head.get("tone", "")),
            revision=0,
            published_revision=None,
            modules=[_module(number, *module) for number, module in enumerate(modules, start=1)],
        ),
    )


def _module(number: int, head: Block, below: list[Block]) -> Module:
    head.only()
    lessons = _grouped(below, 3, "a lesson, like “### Lesson 1.1: Title”")
    return _made(
        head,
        lambda: Module(
            id=uuid4(),
            number=number,
            title=_titled(_MODULE, head),
            lessons=[_lesson(f"{number}.{place}", *lesson) for place, lesson in enumerate(lessons, start=1)],
        ),
    )


def _lesson(number: str, head: Block, below: list[Block]) -> Lesson:
    head.only("Minutes", "Sections")
    objectives: list[str] = []
    slides: list[Slide] = []
    quiz: list[QuizItem] = []
    for block in below:
        if block.heading == "Objectives":
            objectives += _objectives(block)
        elif _SLIDE.fullmatch(block.heading):
            slides.append(_slide(block))
        elif _QUIZ.fullmatch(block.heading):
            quiz.append(_quiz_item(block))
        else:
            unreadable(block.line, "I expected “#### Objectives”, “#### Slide 1: Title” or “#### Quiz 1: Question”.")
    if len(slides) > _MOST_SLIDES:
        unreadable(head.line, f"a lesson has at most {_MOST_SLIDES} slides. Split the lesson.")
    return _made(
        head,
        lambda: Lesson(
            id=uuid4(),
            number=number,
            title=_titled(_LESSON, head),
            minutes=_MINUTES.validate_python(head.values.get("Minutes") or "6"),
            sections=references(head.values.get("Sections", ""), head.line),
            objectives=objectives,
            slides=slides,
            quiz=quiz,
            revision=0,
        ),
    )


def _objectives(block: Block) -> list[str]:
    block.only(points=("",))
    return _made(block, lambda: _OBJECTIVES.validate_python(block.points.get("", [])))


def _slide(block: Block) -> Slide:
    layout = block.values.get("Layout", "bullets").lower()
    if layout not in _LAYOUTS:
        unreadable(block.line, f"“{layout}” is no layout. There are {', '.join(_LAYOUTS)}.")
    names, points = _LAYOUTS[layout]
    block.only("Layout", *names, points=points, quoted=True, sources=True)
    return _made(
        block,
        lambda: Slide.model_validate(
            {
                "id": uuid4(),
                "title": _titled(_SLIDE, block),
                "body": {"layout": layout} | _body(layout, block),
                "narration": block.prose,
                "citations": [{"passage": passage, "quote": quote} for passage, quote in block.sources],
            },
        ),
    )


def _body(layout: str, block: Block) -> dict[str, Any]:
    values, points = block.values, block.points
    match layout:
        case "title":
            return {"subtitle": values.get("Subtitle", "")}
        case "statement":
            return {"text": values.get("Statement", "")}
        case "definition":
            return {"term": values.get("Term", ""), "meaning": values.get("Meaning", "")}
        case "question":
            return {"question": values.get("Question", "")}
        case "process":
            return {"steps": points.get("", [])}
        case "comparison":
            return {
                side.lower(): {"heading": values.get(side, ""), "points": points.get(side, [])}
                for side in ("Left", "Right")
            }
        case _:
            return {"points": points.get("", [])}


def _quiz_item(block: Block) -> QuizItem:
    block.only("Explanation", "Objective", points=("",))
    if len(block.choices) != len(block.points.get("", [])):
        unreadable(block.line, "each choice of a quiz question begins with - [ ] or, if it is right, with - [x].")
    right = [place for place, (marked, _) in enumerate(block.choices) if marked]
    if len(right) != 1:
        unreadable(block.line, "a quiz question has exactly one right choice, marked with [x].")
    return _made(
        block,
        lambda: QuizItem(
            id=uuid4(),
            question=_titled(_QUIZ, block),
            choices=[choice for _, choice in block.choices],
            answer=right[0],
            explanation=block.values.get("Explanation", ""),
            objective=int(block.values.get("Objective") or 1) - 1,
        ),
    )


def _grouped(found: list[Block], level: int, expected: str) -> list[tuple[Block, list[Block]]]:
    """Each block of a level with those below it."""
    groups: list[tuple[Block, list[Block]]] = []
    for block in found:
        if block.level == level:
            groups.append((block, []))
        elif block.level < level or not groups:
            unreadable(block.line, f"I expected {expected}.")
        else:
            groups[-1][1].append(block)
    return groups


def _titled(pattern: re.Pattern[str], block: Block) -> str:
    found = pattern.fullmatch(block.heading)
    return found[1] if found else block.heading


def _made(block: Block, make: Callable[[], _T]) -> _T:
    """What `make` makes; what is wrong with it is told with the line of the block."""
    try:
        return make()
    except ValidationError as error:
        wrong = error.errors()[0]
        what = " ".join(str(one) for one in wrong["loc"][-2:] if isinstance(one, str)) or "this"
        unreadable(block.line, f"{what.replace('_', ' ')}: {wrong['msg'].removeprefix('Value error, ')}.")
    except ValueError:
        unreadable(block.line, "a number is wanted where something else stands.")
