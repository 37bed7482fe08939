"""PowerPoint with text that stays text: each layout in placeholders of its own, the narration as speaker notes."""

import io
from collections.abc import Sequence
from typing import Any

from course.exports.deck_template import COMPARISON, CONTENT, OPENING, SECTION, new_presentation
from course.exports.markup import LETTERS
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
    Statement,
    TitleSlide,
)
from course.models.outline import Course

_LARGE, _SMALL = 28, 14
# Signs that fill the body of a slide at the largest size.
_ROOM = 330


def course_deck(course: Course) -> bytes:
    """The presentation as a file; blocks for about 30 ms a slide."""
    deck = new_presentation()
    core = deck.core_properties
    core.title, core.subject, core.language, core.author = course.title, course.summary[:250], course.language, ""
    if len(course.lessons) > 1:
        _opening(deck, course.title, course.summary or course.audience)
    for module in course.modules:
        if len(course.modules) > 1:
            _section(deck, f"Module {module.number}", module.title)
        for lesson in module.lessons:
            _lesson(deck, lesson)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _lesson(deck: Any, lesson: Lesson) -> None:
    slide = _section(deck, f"Lesson {lesson.number} · {lesson.minutes} min", lesson.title)
    if lesson.objectives:
        slide = _titled(deck, CONTENT, "After this lesson you can")
        _fill(slide.placeholders[1], lesson.objectives)
    for one in lesson.slides:
        _note(_slide(deck, one), one.narration)
    for number, item in enumerate(lesson.quiz, start=1):
        _quiz(deck, number, item)


def _slide(deck: Any, one: Slide) -> Any:
    match one.body:
        case TitleSlide(subtitle=subtitle):
            return _opening(deck, one.title, subtitle)
        case Bullets(points=points) | Recap(points=points):
            return _listed(deck, one.title, points)
        case Process(steps=steps):
            return _listed(deck, one.title, steps, numbered=True)
        case Statement(text=text) | Question(question=text):
            return _said(deck, one.title, text)
        case Definition(term=term, meaning=meaning):
            slide = _titled(deck, CONTENT, one.title)
            _fill(slide.placeholders[1], [term, meaning], bullets=False)
            slide.placeholders[1].text_frame.paragraphs[0].font.bold = True
            return slide
        case Comparison(left=left, right=right):
            slide = _titled(deck, COMPARISON, one.title)
            for place, column in ((1, left), (3, right)):
                slide.placeholders[place].text_frame.text = column.heading
                _fill(slide.placeholders[place + 1], column.points, room=_ROOM // 2)
            return slide


def _opening(deck: Any, title: str, subtitle: str) -> Any:
    from pptx.enum.text import PP_ALIGN

    slide = _titled(deck, OPENING, title)
    if subtitle:
        _fill(slide.placeholders[1], [" ".join(subtitle.split())], bullets=False, room=_ROOM // 2)
        slide.placeholders[1].text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    else:
        _remove(slide.placeholders[1])
    return slide


def _section(deck: Any, over: str, title: str) -> Any:
    slide = _titled(deck, SECTION, title)
    slide.placeholders[1].text_frame.text = over
    return slide


def _listed(deck: Any, title: str, points: Sequence[str], *, numbered: bool = False) -> Any:
    slide = _titled(deck, CONTENT, title)
    _fill(slide.placeholders[1], points, numbered=numbered)
    return slide


def _said(deck: Any, title: str, text: str) -> Any:
    from pptx.enum.text import MSO_ANCHOR

    slide = _titled(deck, CONTENT, title)
    frame = slide.placeholders[1].text_frame
    _fill(slide.placeholders[1], [text], bullets=False)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    return slide


def _quiz(deck: Any, number: int, item: QuizItem) -> None:
    slide = _titled(deck, CONTENT, f"Question {number}")
    choices = [f"{letter.upper()}.  {choice}" for letter, choice in zip(LETTERS, item.choices, strict=False)]
    _fill(slide.placeholders[1], [item.question, *choices], bullets=False)
    slide.placeholders[1].text_frame.paragraphs[0].font.bold = True
    _note(slide, f"Answer: {LETTERS[item.answer].upper()}. {item.explanation}".strip())


def _titled(deck: Any, layout: int, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    slide.shapes.title.text_frame.text = title
    return slide


def _fill(shape: Any, texts: Sequence[str], *, bullets: bool = True, numbered: bool = False, room: int = _ROOM) -> None:
    """A paragraph for each text, at the largest size at which all of them fit."""
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap = True
    length = sum(len(text) + 30 for text in texts)
    size = max(_SMALL, min(_LARGE, round(_LARGE * (room / max(1, length)) ** 0.5)))
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = text
        paragraph.font.size = Pt(size)
        paragraph.space_after = Pt(size // 3)
        if numbered or not bullets:
            _mark(paragraph, numbered=numbered)


def _mark(paragraph: Any, *, numbered: bool) -> None:
    """Numbers or nothing instead of the bullets of the placeholder."""
    from pptx.oxml.xmlchemy import OxmlElement

    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx has no words for it
    if numbered:
        font, number = OxmlElement("a:buFont"), OxmlElement("a:buAutoNum")
        font.set("typeface", "+mj-lt")
        number.set("type", "arabicPeriod")
        properties.extend([font, number])
        return
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(OxmlElement("a:buNone"))


def _note(slide: Any, text: str) -> None:
    if text:
        slide.notes_slide.notes_text_frame.text = text


def _remove(shape: Any) -> None:
    element = shape._element  # noqa: SLF001 - an empty placeholder would say “click to add text”
    element.getparent().remove(element)
