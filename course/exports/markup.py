"""A lesson as a web page: its objectives, its film, what it says, and its questions."""

import html
import json
import re

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
from course.models.outline import Course, Module

LETTERS = "abcdef"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """Text for HTML and XML, between tags and in quotation marks; signs XML cannot hold are left out."""
    return html.escape(_NOT_XML.sub("", text))


def lesson_page(course: Course, module: Module, lesson: Lesson, *, film: bool, interactive: bool) -> str:
    """The page. With a film it stands beside it as `video.mp4`, `captions.vtt` and `poster.jpg`.

    `interactive` has the questions answered in the page, and told to a platform that speaks SCORM 1.2.
    """
    shared = "../../shared"
    scripts = f'<script src="{shared}/scorm.js"></script>\n<script defer src="{shared}/lesson.js"></script>\n'
    place = f"{escaped(course.title)} · {escaped(module.title)}"
    return (
        f'<!DOCTYPE html>\n<html lang="{escaped(course.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(lesson.number)} {escaped(lesson.title)}</title>\n"
        f'<link rel="stylesheet" href="{shared}/lesson.css">\n{scripts if interactive else ""}</head>\n<body>\n<main>\n'
        f'<p class="place">{place}</p>\n<h1>{escaped(lesson.number)} {escaped(lesson.title)}</h1>\n'
        f"{_objectives(lesson)}{_video(course) if film else ''}{_transcript(lesson, opened=not film)}"
        f"{_quiz(lesson.quiz) if interactive and lesson.quiz else ''}"
        f"{_done() if interactive and not lesson.quiz and not film else ''}</main>\n</body>\n</html>\n"
    )


def _objectives(lesson: Lesson) -> str:
    if not lesson.objectives:
        return ""
    return f"<h2>After this lesson you can</h2>\n{_listed(lesson.objectives)}"


def _video(course: Course) -> str:
    return (
        '<video id="film" controls preload="metadata" poster="poster.jpg">\n'
        '<source src="video.mp4" type="video/mp4">\n'
        f'<track kind="captions" src="captions.vtt" srclang="{escaped(course.language)}" label="Captions" default>\n'
        "</video>\n"
    )


def _transcript(lesson: Lesson, *, opened: bool) -> str:
    slides = "".join(_slide(slide) for slide in lesson.slides)
    if opened:
        return f'<section class="slides">\n{slides}</section>\n'
    return f'<details class="slides">\n<summary>Transcript</summary>\n{slides}</details>\n'


def _slide(slide: Slide) -> str:
    spoken = "".join(f"<p>{escaped(part)}</p>\n" for part in slide.narration.split("\n") if part.strip())
    return f"<article>\n<h3>{escaped(slide.title)}</h3>\n{body_markup(slide.body)}{spoken}</article>\n"


def body_markup(body: SlideBody) -> str:
    """What stands on a slide below its title."""
    match body:
        case TitleSlide(subtitle=subtitle):
            return f'<p class="lead">{escaped(subtitle)}</p>\n' if subtitle else ""
        case Bullets(points=points) | Recap(points=points):
            return _listed(points)
        case Process(steps=steps):
            return _listed(steps, tag="ol")
        case Statement(text=text) | Question(question=text):
            return f'<p class="lead">{escaped(text)}</p>\n'
        case Definition(term=term, meaning=meaning):
            return f"<dl><dt>{escaped(term)}</dt><dd>{escaped(meaning)}</dd></dl>\n"
        case Comparison(left=left, right=right):
            sides = (f"<div>\n<h4>{escaped(one.heading)}</h4>\n{_listed(one.points)}</div>\n" for one in (left, right))
            return f'<div class="sides">\n{"".join(sides)}</div>\n'


def _listed(points: list[str], tag: str = "ul") -> str:
    return f"<{tag}>\n{''.join(f'<li>{escaped(point)}</li>{chr(10)}' for point in points)}</{tag}>\n" if points else ""


def _quiz(quiz: list[QuizItem]) -> str:
    answers = json.dumps([{"answer": LETTERS[item.answer], "explanation": item.explanation} for item in quiz])
    questions = "".join(_question(number, item) for number, item in enumerate(quiz, start=1))
    return (
        f'<form id="quiz">\n<h2>Questions</h2>\n{questions}<p><button type="submit">Check my answers</button></p>\n'
        '<p id="result" role="status"></p>\n</form>\n'
        # What closes a script may not stand in one.
        f'<script type="application/json" id="answers">{answers.replace("<", chr(92) + "u003c")}</script>\n'
    )


def _question(number: int, item: QuizItem) -> str:
    choices = "".join(
        f'<label><input type="radio" name="q{number}" value="{letter}"> {escaped(choice)}</label>\n'
        for letter, choice in zip(LETTERS, item.choices, strict=False)
    )
    return (
        f"<fieldset>\n<legend>{number}. {escaped(item.question)}</legend>\n{choices}"
        f'<p class="feedback" aria-live="polite"></p>\n</fieldset>\n'
    )


def _done() -> str:
    return '<p><button type="button" id="done">I have read this lesson</button></p>\n'
