"""A lesson as plain text, for an agent to read."""

from course.models.lesson import (
    Bullets,
    Comparison,
    Definition,
    Lesson,
    Process,
    Question,
    Recap,
    SlideBody,
    Statement,
    TitleSlide,
)


def lesson_text(lesson: Lesson) -> str:
    """Objectives, slides with narration, quiz."""
    lines = [f"Lesson {lesson.number}: {lesson.title} ({lesson.minutes} min, {lesson.words} words of narration)"]
    lines += [f"Objective: {objective}" for objective in lesson.objectives]
    if not lesson.drafted:
        return "\n".join([*lines, "Not written yet."])
    for number, slide in enumerate(lesson.slides, start=1):
        sources = ", ".join(dict.fromkeys(citation.passage for citation in slide.citations))
        lines += ["", f"Slide {number}: {slide.title} [{slide.body.layout}]", *_body(slide.body)]
        lines.append(f"Narration: {slide.narration}")
        lines += [f"Sources: {sources}"] if sources else []
    for number, item in enumerate(lesson.quiz, start=1):
        choices = "; ".join(f"{'✓ ' if at == item.answer else ''}{choice}" for at, choice in enumerate(item.choices))
        lines += ["", f"Quiz {number}: {item.question}", choices]
    return "\n".join(lines)


def _body(body: SlideBody) -> list[str]:
    match body:
        case Bullets() | Recap():
            return [f"- {point}" for point in body.points]
        case Process():
            return [f"{number}. {step}" for number, step in enumerate(body.steps, start=1)]
        case Comparison():
            return [f"{side.heading}: {'; '.join(side.points)}" for side in (body.left, body.right)]
        case Definition():
            return [f"{body.term}: {body.meaning}"]
        case Statement():
            return [body.text]
        case Question():
            return [body.question]
        case TitleSlide():
            return [body.subtitle] if body.subtitle else []
