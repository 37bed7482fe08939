"""The reviewer: a lesson held against its rubric by rules that can be checked."""

import json
import re
from collections.abc import Iterator
from typing import Any

from course.models.lesson import LessonDraft, ReviewDraft
from course.sentences import split_sentences
from local_cloud.openai_api.author.order import read_order
from local_cloud.openai_api.author.prose import plain
from local_cloud.openai_api.author.tags import block, blocks
from local_cloud.openai_api.author.words import overlap, stems, topic_stems

_MOST = 6
_WORDS_PER_MINUTE = 130
_LONGEST_POINT = 24
_MARKUP = re.compile(r"[*_#`<>|\[\]{}]|https?:|\bsee (?:figure|table|below)\b|\bfigure \d", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def review(message: str) -> str:
    """A ReviewDraft as JSON for a message with `<lesson>`, `<draft>` and `<passages>`."""
    try:
        lesson = LessonDraft.model_validate_json(block(message, "draft"))
    except ValueError:
        findings = ["The draft is not a lesson in the form asked for; write it again."]
    else:
        passages = {passage["id"]: passage.text for passage in blocks(message, "passage")}
        findings = list(_findings(lesson, passages, block(message, "lesson")))[:_MOST]
    verdict = "repair" if findings else "accept"
    return ReviewDraft.model_validate({"verdict": verdict, "findings": findings}).model_dump_json()


def _findings(lesson: LessonDraft, passages: dict[str, str], order: str) -> Iterator[str]:
    source = plain(" ".join(passages.values()))
    if passages:
        yield from _unfounded(lesson, passages, source)
    yield from _untaught(lesson)
    yield from _unspeakable(lesson)
    yield from _unreadable(lesson)
    yield from _length(lesson, read_order(order).minutes, len(source.split()))
    yield from _quiz(lesson)


def _unfounded(lesson: LessonDraft, passages: dict[str, str], source: str) -> Iterator[str]:
    """Facts without a source: no citation, words that are not there, numbers from elsewhere."""
    told = " ".join([source, json.dumps(lesson.objectives)])
    for number, slide in enumerate(lesson.slides, 1):
        where = f"Slide {number}, “{slide.title}”"
        if slide.body.layout not in ("title", "recap", "question") and not slide.citations:
            yield f"{where}: it cites no passage; cite the one its facts come from."
        for citation in slide.citations:
            passage = passages.get(citation.passage)
            if passage is None:
                yield f"{where}: it cites {citation.passage}, which was not given."
            elif citation.quote and _folded(citation.quote) not in _folded(passage):
                yield f"{where}: the quote “{citation.quote}” does not stand in {citation.passage}; copy it exactly."
        for figure in _NUMBER.findall(slide.narration):
            if figure not in told:
                yield f"{where}: the number {figure} is in none of the passages; leave it out."


def _untaught(lesson: LessonDraft) -> Iterator[str]:
    said = {stem for slide in lesson.slides for stem in stems(f"{slide.title} {slide.narration}")}
    for objective in lesson.objectives:
        if topic_stems(objective) and overlap(topic_stems(objective), said) < 0.3:
            yield f"The objective “{objective}” is taught on no slide; add one on it or leave it out."


def _unspeakable(lesson: LessonDraft) -> Iterator[str]:
    """Markup, nothing to say, or the same sentence twice; a recap may repeat."""
    seen: dict[str, int] = {}
    for number, slide in enumerate(lesson.slides, 1):
        where = f"Slide {number}, “{slide.title}”"
        if not slide.narration:
            yield f"{where}: it has no narration."
        if markup := _MARKUP.search(slide.narration):
            yield f"{where}: the narration contains “{markup[0]}”, which cannot be spoken."
        if slide.body.layout == "recap":
            continue
        for sentence in split_sentences(slide.narration):
            if len(sentence.split()) > 5 and sentence in seen:
                yield f"{where}: “{sentence}” was said on slide {seen[sentence]} already."
            seen.setdefault(sentence, number)


def _unreadable(lesson: LessonDraft) -> Iterator[str]:
    titles: set[str] = set()
    for number, slide in enumerate(lesson.slides, 1):
        if slide.title.casefold() in titles:
            yield f"Slide {number}: the title “{slide.title}” is used twice."
        if number > 1:
            titles.add(slide.title.casefold())
        points: Any = getattr(slide.body, "points", None) or getattr(slide.body, "steps", None) or []
        if len(points) > 6:
            yield f"Slide {number}, “{slide.title}”: it has {len(points)} points; keep the weightiest five."
        for point in points:
            if len(point.split()) > _LONGEST_POINT:
                yield f"Slide {number}, “{slide.title}”: the point “{point}” is too long to read; shorten it."


def _length(lesson: LessonDraft, minutes: int, available: int) -> Iterator[str]:
    """Too long, or too short although the passages have more to say."""
    said = sum(len(slide.narration.split()) for slide in lesson.slides)
    wanted = minutes * _WORDS_PER_MINUTE
    if said > wanted * 1.4:
        yield f"The narration has {said} words, too many for {minutes} minutes; about {wanted} are right."
    elif said < wanted * 0.5 and available > 2 * wanted:
        yield f"The narration has {said} words, too few for {minutes} minutes; about {wanted} are right."


def _quiz(lesson: LessonDraft) -> Iterator[str]:
    for number, item in enumerate(lesson.quiz, 1):
        if item.objective >= len(lesson.objectives):
            yield f"Quiz item {number}: it tests an objective that does not exist."
        if any(re.search(r"\b(?:all|none) of (?:the above|these)\b", choice, re.IGNORECASE) for choice in item.choices):
            yield f"Quiz item {number}: replace “all/none of these” by a plausible wrong choice."


def _folded(text: str) -> str:
    return " ".join(plain(text).replace("’", "'").replace("“", '"').replace("”", '"').casefold().split())
