"""A course as Markdown that people can read and edit, and `course.imports.markdown` can read back.

Texts stand as they are, after a mark that says what they are; nothing is escaped. Numbers of modules, lessons and
slides are for the reader only: order is what counts. Objectives of quiz items count from 1.
"""

import json
import re
from collections.abc import Iterator

from course.models.lesson import (
    Bullets,
    Comparison,
    Definition,
    Lesson,
    Process,
    Question,
    QuizItem,
    Recap,
    Slide,
    SlideBody,
    Statement,
    TitleSlide,
)
from course.models.outline import Course

VERSION = 1
_PLAIN_REFERENCE = re.compile(r"[\w.]+")


def course_markdown(course: Course) -> str:
    """The whole course: everything that revisions record."""
    return "\n".join(_course(course)) + "\n"


def _course(course: Course) -> Iterator[str]:
    yield from ("---", f"lectern: {VERSION}")
    yield from _named("audience", course.audience)
    yield from _named("language", course.language)
    yield from _named("tone", course.tone)
    yield from ("---", "", f"# {course.title}")
    yield from _quoted(course.summary)
    for module in course.modules:
        yield from ("", f"## Module {module.number}: {module.title}")
        for lesson in module.lessons:
            yield from _lesson(lesson)


def _lesson(lesson: Lesson) -> Iterator[str]:
    yield from ("", f"### Lesson {lesson.number}: {lesson.title}", "", f"Minutes: {lesson.minutes}")
    if lesson.sections:
        yield f"Sections: {', '.join(_reference(one) for one in lesson.sections)}"
    if lesson.objectives:
        yield from ("", "#### Objectives", "", *(f"- {text}" for text in lesson.objectives))
    for number, slide in enumerate(lesson.slides, start=1):
        yield from _slide(number, slide)
    for number, item in enumerate(lesson.quiz, start=1):
        yield from _quiz_item(number, item)


def _slide(number: int, slide: Slide) -> Iterator[str]:
    yield from ("", f"#### Slide {number}: {slide.title}", "", f"Layout: {slide.body.layout}")
    yield from _body(slide.body)
    yield from _quoted(slide.narration)
    if slide.citations:
        yield ""
    for citation in slide.citations:
        yield f"Source {_reference(citation.passage)}: {citation.quote}".rstrip()


def _body(body: SlideBody) -> Iterator[str]:
    match body:
        case TitleSlide(subtitle=subtitle):
            yield from _named("Subtitle", subtitle)
        case Bullets(points=points) | Recap(points=points):
            yield from ("", *(f"- {point}" for point in points))
        case Process(steps=steps):
            yield from ("", *(f"{number}. {step}" for number, step in enumerate(steps, start=1)))
        case Statement(text=text):
            yield f"Statement: {text}"
        case Definition(term=term, meaning=meaning):
            yield from (f"Term: {term}", f"Meaning: {meaning}")
        case Question(question=question):
            yield f"Question: {question}"
        case Comparison(left=left, right=right):
            for side, column in (("Left", left), ("Right", right)):
                yield from ("", f"{side}: {column.heading}", "", *(f"- {point}" for point in column.points))


def _quiz_item(number: int, item: QuizItem) -> Iterator[str]:
    yield from ("", f"#### Quiz {number}: {item.question}", "")
    for place, choice in enumerate(item.choices):
        yield f"- [{'x' if place == item.answer else ' '}] {choice}"
    yield ""
    yield from _named("Explanation", item.explanation)
    yield f"Objective: {item.objective + 1}"


def _named(name: str, value: str) -> list[str]:
    """`value` on one line after its name; nothing when it is empty."""
    line = " ".join(value.split())
    return [f"{name}: {line}"] if line else []


def _quoted(prose: str) -> list[str]:
    """Paragraphs, each line after `>`."""
    return ["", *(f"> {line}".rstrip(" ") for line in prose.split("\n"))] if prose else []


def _reference(text: str) -> str:
    return text if _PLAIN_REFERENCE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
