"""One module, lesson or slide made two: the second takes what comes after the cut and stands right behind the first."""

from typing import Any
from uuid import UUID

from course import bodies, parts, quiz_aims, spoken
from course.edit import Edit
from course.errors import Invalid
from course.models.lesson import Slide
from course.models.revision import Kind
from course.outline import read_slide
from course.tables import LessonRow, ModuleRow, ObjectiveRow, QuizItemRow, SlideRow

_LONGEST_TITLE = 160
_NO_CUT = "There is nothing to split there: both halves must keep at least one {what}."


async def split_module(edit: Edit, module_id: UUID, after: int | None, title: str | None) -> None:
    """The lessons after number `after` (the middle when None) become a module of their own."""
    module = await edit.part(Kind.MODULE, module_id)
    lessons = [row for _, row in await parts.children(edit.session, Kind.MODULE, module_id)]
    cut = _cut(len(lessons), after, "lesson")
    if isinstance(module, ModuleRow):
        second = title or _continued(module.title)
        new = await edit.insert(Kind.MODULE, edit.course.id, after=module_id, title=second)
        for lesson in lessons[cut:]:
            await edit.move(Kind.LESSON, lesson.id, new)


async def split_lesson(edit: Edit, lesson_id: UUID, after: int | None, title: str | None) -> UUID:
    """The slides after number `after` become a lesson of their own, with the questions and objectives they answer.

    Minutes are shared by the words spoken. Returns the new lesson's id.
    """
    lesson = await edit.part(Kind.LESSON, lesson_id)
    if not isinstance(lesson, LessonRow):
        raise Invalid("Only a lesson can be split there.")
    below = [row for _, row in await parts.children(edit.session, Kind.LESSON, lesson_id)]
    slides = [row for row in below if isinstance(row, SlideRow)]
    cut = _cut(len(slides), after, "slide")
    first, second = _minutes(lesson.minutes, slides, cut)
    new = await edit.insert(
        Kind.LESSON,
        lesson.module_id,
        after=lesson_id,
        title=title or _continued(lesson.title),
        minutes=second,
        sections=list(lesson.sections),
    )
    await edit.update(Kind.LESSON, lesson_id, minutes=first)
    async with quiz_aims.kept(edit, [lesson_id, new]):
        for slide in slides[cut:]:
            await edit.move(Kind.SLIDE, slide.id, new)
        await _share_out(edit, below, (_said(slides[:cut]), _said(slides[cut:])), new)
    return new


async def split_slide(edit: Edit, slide_id: UUID, after: int | None, title: str | None) -> UUID:
    """The points after number `after`, and the narration's sentences in the same share, go to a slide of their own."""
    row = await edit.part(Kind.SLIDE, slide_id)
    if not isinstance(row, SlideRow):
        raise Invalid("Only a slide can be split there.")
    slide = read_slide(row)
    shown = bodies.texts(slide.body)
    said = spoken.spans(slide.narration)
    if len(shown) > 1:
        cut = _cut(len(shown), after, "point")
        share = cut / len(shown)
    else:
        cut, share = len(shown), _cut(len(said), after, "sentence") / max(1, len(said))
    place = min(max(1, round(len(said) * share)), max(1, len(said) - 1)) if len(said) > 1 else len(said)
    narration = slide.narration
    halves = (
        (narration, "") if place >= len(said) else (narration[: said[place][0]].rstrip(), narration[said[place][0] :])
    )
    new = _halved(slide, set(range(cut)), halves[1], title or _continued(slide.title))
    kept = _halved(slide, set(range(cut, len(shown))), halves[0], slide.title)
    await edit.update(Kind.SLIDE, slide_id, **kept)
    return await edit.insert(Kind.SLIDE, row.lesson_id, after=slide_id, citations=list(row.citations), **new)


def _spoken_halves(narration: str, share: float) -> tuple[str, str]:
    """The narration cut between two sentences, about where `share` of it is said."""
    said = spoken.spans(narration)
    if len(said) < 2:
        return narration, ""
    start = said[min(max(1, round(len(said) * share)), len(said) - 1)][0]
    return narration[:start].rstrip(), narration[start:]


def _halved(slide: Slide, without: set[int], narration: str, title: str) -> dict[str, Any]:
    """The slide without some of its points; one that shows a single text shows it on both halves."""
    body = bodies.without(slide.body, without) if 0 < len(without) < len(bodies.texts(slide.body)) else slide.body
    return {"title": title, "body": body.model_dump(mode="json"), "narration": narration}


async def _share_out(edit: Edit, below: list[parts.PartRow], said: tuple[str, str], new: UUID) -> None:
    """Questions go where their answer is spoken, and with them the objectives that only they test."""
    first, second = (quiz_aims.words(text) for text in said)
    items = [row for row in below if isinstance(row, QuizItemRow)]
    objectives = [row for row in below if isinstance(row, ObjectiveRow)]
    leaving = [item for item in items if _nearer(f"{item.question} {item.choices[item.answer]}", second, first)]
    tested_here = {item.objective for item in items if item not in leaving}
    tested_there = {item.objective for item in leaving}
    going = [
        row
        for place, row in enumerate(objectives)
        if place not in tested_here and (place in tested_there or _nearer(row.text, second, first))
    ]
    if len(going) == len(objectives):
        going = going[1:]
    for item in leaving:
        await edit.move(Kind.QUIZ_ITEM, item.id, new)
    for row in going:
        await edit.move(Kind.OBJECTIVE, row.id, new)
    if not going and objectives:
        best = max(objectives, key=lambda row: len(quiz_aims.words(row.text) & second))
        await edit.insert(Kind.OBJECTIVE, new, text=best.text)


def _nearer(text: str, there: set[str], here: set[str]) -> bool:
    words = quiz_aims.words(text)
    return len(words & there) > len(words & here)


def _said(slides: list[SlideRow]) -> str:
    return " ".join(f"{slide.title} {slide.narration}" for slide in slides)


def _minutes(minutes: int, slides: list[SlideRow], cut: int) -> tuple[int, int]:
    spoken_words = [len(slide.narration.split()) for slide in slides]
    share = sum(spoken_words[cut:]) / (sum(spoken_words) or 1)
    second = max(1, round(minutes * share))
    return max(1, minutes - second), second


def _cut(count: int, after: int | None, what: str) -> int:
    cut = -(-count // 2) if after is None else after
    if not 0 < cut < count:
        raise Invalid(_NO_CUT.format(what=what))
    return cut


def _continued(title: str) -> str:
    return f"{title[: _LONGEST_TITLE - len(', continued')]}, continued"
