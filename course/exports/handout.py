"""A handout to print: every slide with its picture and what is said to it, the questions, their answers at the end."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from fpdf import FPDF
from fpdf.outline import OutlineSection

from course.exports.markup import LETTERS
from course.exports.paper import Paper
from course.models.lesson import (
    Bullets,
    Comparison,
    Definition,
    Lesson,
    Process,
    Question,
    Recap,
    Slide,
    SlideBody,
    Statement,
    TitleSlide,
)
from course.models.outline import Course

_WIDTH = 112.0
# Of the contents, on one page.
_ROWS = 36

Pictures = Mapping[UUID, bytes]
"""A slide's picture, by its id."""


def course_handout(course: Course, pictures: Pictures) -> tuple[bytes, str]:
    """The document as a file, and the signs in it that no typeface here has.

    Slides without a picture are set as text. Blocks, about a second for every thirty slides.
    """
    paper = Paper(course.title, course.language)
    paper.add_page()
    _front(paper, course)
    for place, lesson in enumerate(course.lessons):
        module = next(one for one in course.modules if lesson in one.lessons)
        # After the contents a page is begun already.
        if place or len(course.lessons) == 1:
            paper.add_page()
        paper.start_section(f"{lesson.number}  {lesson.title}")
        paper.heading(lesson.title, 20, over=f"{module.title} · Lesson {lesson.number} · {lesson.minutes} min")
        _lesson(paper, lesson, pictures)
    if any(lesson.quiz for lesson in course.lessons):
        _answers(paper, course)
    return bytes(paper.output()), paper.unknown(_all_text(course))


def _front(paper: Paper, course: Course) -> None:
    paper.ln(30)
    one = course.modules[0] if len(course.modules) == 1 else None
    paper.heading(course.title, 28, over=f"Module {one.number}: {one.title}" if one else "")
    if course.summary:
        paper.text_block(course.summary, 12)
    if course.audience:
        paper.text_block(f"For {course.audience}", 10, quiet=True)
    if len(course.lessons) < 2:
        return
    rows = len(course.lessons) + any(lesson.quiz for lesson in course.lessons)
    paper.add_page()
    paper.insert_toc_placeholder(_contents, pages=-(-rows // _ROWS))


def _contents(paper: FPDF, sections: list[OutlineSection]) -> None:
    paper.set_font("sans", "", 10.5)
    for section in sections:
        link = paper.add_link(page=section.page_number)
        paper.set_x(paper.l_margin)
        paper.cell(paper.epw - 14, 7, section.name[:90], link=link)
        paper.cell(14, 7, str(section.page_number), align="R", link=link)
        paper.ln(7)


def _lesson(paper: Paper, lesson: Lesson, pictures: Pictures) -> None:
    if lesson.objectives:
        paper.text_block("After this lesson you can", quiet=True)
        paper.points(lesson.objectives)
        paper.ln(3)
    for number, slide in enumerate(lesson.slides, start=1):
        _slide(paper, number, slide, pictures.get(slide.id))
    if lesson.quiz:
        paper.keep(50)
        paper.heading("Questions", 14)
        for number, item in enumerate(lesson.quiz, start=1):
            paper.keep(12 + 7 * len(item.choices))
            paper.points([item.question], [f"{number}."])
            paper.points(item.choices, [f" {letter}" for letter in LETTERS])
            paper.ln(2)


def _slide(paper: Paper, number: int, slide: Slide, picture: bytes | None) -> None:
    if picture:
        paper.keep(_WIDTH * 9 / 16 + 22)
        paper.text_block(f"Slide {number}", 8.5, quiet=True)
        paper.picture(picture, _WIDTH)
    else:
        paper.keep(40)
        paper.rule()
        paper.heading(slide.title, 13, over=f"Slide {number}")
        for mark, text in _body(slide.body):
            paper.points([text], [mark])
        paper.ln(1)
    paper.text_block(slide.narration)
    paper.ln(4)


def _body(body: SlideBody) -> Iterator[tuple[str, str]]:
    match body:
        case TitleSlide(subtitle=subtitle):
            yield from [("", subtitle)] if subtitle else []
        case Bullets(points=points) | Recap(points=points):
            yield from (("•", point) for point in points)
        case Process(steps=steps):
            yield from ((f"{number}.", step) for number, step in enumerate(steps, start=1))
        case Statement(text=text) | Question(question=text):
            yield "", text
        case Definition(term=term, meaning=meaning):
            yield "", f"{term}: {meaning}"
        case Comparison(left=left, right=right):
            for column in (left, right):
                yield "", f"{column.heading}:"
                yield from (("•", point) for point in column.points)


def _answers(paper: Paper, course: Course) -> None:
    paper.add_page()
    paper.start_section("Answers")
    paper.heading("Answers", 20)
    for lesson in course.lessons:
        if not lesson.quiz:
            continue
        paper.keep(24)
        paper.text_block(f"Lesson {lesson.number} · {lesson.title}", quiet=True)
        for number, item in enumerate(lesson.quiz, start=1):
            right = f"{LETTERS[item.answer]}, {item.choices[item.answer]}"
            paper.points([f"{right}. {item.explanation}".strip()], [f"{number}."])
        paper.ln(3)


def _all_text(course: Course) -> str:
    lessons = (
        f"{lesson.title}{lesson.objectives}{lesson.quiz}"
        + "".join(f"{slide.title}{slide.narration}{list(_body(slide.body))}" for slide in lesson.slides)
        for lesson in course.lessons
    )
    return f"{course.title}{course.summary}{''.join(lessons)}"
