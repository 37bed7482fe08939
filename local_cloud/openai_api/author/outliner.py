"""The outliner: a brief and the sections of its sources to modules, lessons and objectives."""

import dataclasses
import re
from typing import Any

from course.models.outline import OutlineDraft
from local_cloud.openai_api.author.brief import Brief, modules_asked, read_brief
from local_cloud.openai_api.author.headings import SMALL, Heading, balanced, gathered, majors, named, read_sources
from local_cloud.openai_api.author.objectives import shared
from local_cloud.openai_api.author.order import WORDS_PER_MINUTE
from local_cloud.openai_api.author.outline_changes import changed
from local_cloud.openai_api.author.outline_parts import read_course
from local_cloud.openai_api.author.tags import block
from local_cloud.openai_api.author.titles import brief, joint, series, summary
from local_cloud.openai_api.author.words import capitalised, clipped, headline, overlap, stems, topic_stems

_LESSON_WORDS = 1_000  # of source for about six minutes
_SPLIT_WORDS = 850  # so that nearly twice that makes two lessons rather than a long one
_MOST_MODULES = 8
_MOST_LESSONS = 6
_MODULE_WORDS = 600  # of source; less makes no module of its own
_TITLE = 90
_FRAME_WORDS = 60  # opening and recap of a short lesson


def outline(message: str) -> str:
    """An OutlineDraft as JSON: planned from `<brief>` and `<source>`s, or `<course>` changed by `<instruction>`."""
    brief = read_brief(block(message, "brief") or block(message, "instruction"))
    sources = read_sources(message)
    current = read_course(block(message, "course"))
    instruction = block(message, "instruction")
    if current is not None and instruction and sources and _is_regrouping(message, instruction):
        again = dataclasses.replace(brief, modules=modules_asked(instruction), title=current["title"])
        planned = _from_sources(dataclasses.replace(again, audience=current["audience"] or again.audience), sources)
    elif current is not None and instruction:
        planned = changed(current, instruction, brief)
        _grounded(planned, sources)
    else:
        planned = _from_sources(brief, sources) if sources else _from_brief(brief)
    return OutlineDraft.model_validate(planned).model_dump_json()


def _is_regrouping(message: str, instruction: str) -> bool:
    """Another number of modules while nothing is written: the document is divided anew, not its old parts."""
    untouched = "[drafted]" not in block(message, "course")
    named = re.search(r"\b(?:module|lesson)s?\s+\d|\d+\.\d+", instruction, re.IGNORECASE)
    return untouched and modules_asked(instruction) is not None and named is None


def _from_sources(brief: Brief, sources: list[Heading]) -> dict[str, Any]:
    chapters = named([major for source in sources for major in majors(source)])
    enough = max(1, round(sum(chapter.words for chapter in chapters) / _MODULE_WORDS))
    count = brief.modules or min(_MOST_MODULES, enough, len(chapters))
    least = SMALL
    if count > len(chapters):
        # Sections of sections: each is to be a lesson, not a scrap of one.
        least = min(_LESSON_WORDS // 3, sum(chapter.words for chapter in chapters) // (3 * count))
        chapters = named([smaller for chapter in chapters for smaller in (majors(chapter) or [chapter])])
    chapters = gathered(chapters, count if brief.modules else 1, least)
    groups = balanced(chapters, min(count, len(chapters)))
    title = brief.title or capitalised(_joint(sources))
    modules = [{"title": title if len(groups) == 1 else _joint(group), "lessons": _lessons(group)} for group in groups]
    return _course(brief, title, modules)


def _joint(headings: list[Heading]) -> str:
    return joint([one.title for one in headings], [one.words for one in headings])


def _lessons(group: list[Heading]) -> list[dict[str, Any]]:
    """About six minutes each; a chapter's lessons share its objectives."""
    lessons: list[dict[str, Any]] = []
    most = max(1, _MOST_LESSONS // len(group))
    for chapter in group:
        count = max(1, min(most, round(chapter.words / _SPLIT_WORDS)))
        pieces = balanced(chapter.leaves, min(count, len(chapter.leaves)))
        goals = shared(chapter, pieces)
        lessons += [_lesson(chapter, *one, alone=len(pieces) == 1) for one in zip(pieces, goals, strict=True)]
    return _distinct(lessons)


def _lesson(chapter: Heading, piece: list[Heading], goals: list[str], *, alone: bool) -> dict[str, Any]:
    parts = [leaf for leaf in piece if leaf is not chapter]
    names = series([leaf.title for leaf in parts], [leaf.own_words for leaf in parts])
    title = chapter.title if alone or not names else f"{chapter.title}: {names}"
    if len(title) > _TITLE and names:
        title = names
    return {
        "title": clipped(brief(title), _TITLE),
        "objectives": goals,
        "minutes": _minutes(sum(leaf.own_words for leaf in piece)),
        "sections": [leaf.reference for leaf in piece if leaf.reference],
    }


def _minutes(words: int) -> int:
    """About six for a thousand words; of little text no more than it takes to say it."""
    whole = min(10, round(words / _LESSON_WORDS * 6))
    return whole if whole >= 3 else max(1, min(3, round((words + _FRAME_WORDS) / WORDS_PER_MINUTE)))


def _distinct(lessons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[str, int] = {}
    for lesson in lessons:
        seen[lesson["title"]] = seen.get(lesson["title"], 0) + 1
        if seen[lesson["title"]] > 1:
            lesson["title"] = f"{lesson['title']} ({seen[lesson['title']]})"
    return lessons


def _grounded(planned: dict[str, Any], sources: list[Heading]) -> None:
    """A lesson that was added rests on the sections that speak of its title, if any do."""
    leaves = [leaf for source in sources for leaf in source.leaves if leaf.reference]
    for lesson in (one for module in planned["modules"] for one in module["lessons"] if not one["sections"]):
        wanted = topic_stems(lesson["title"])
        titled = [leaf for leaf in leaves if overlap(wanted, topic_stems(leaf.title)) > 0.5]
        said = sorted(leaves, key=lambda leaf: -sum(stem in wanted for stem in stems(leaf.text)))
        spoken = [leaf for leaf in said[:2] if overlap(wanted, set(stems(leaf.text))) > 0.7]
        lesson["sections"] = [leaf.reference for leaf in titled or spoken]


def _from_brief(brief: Brief) -> dict[str, Any]:
    """Only what the brief names: its topics as lessons, in as many modules as it asks for."""
    topics = brief.topics or [brief.subject]
    if len(topics) == 1 and brief.modules and brief.modules > 1:
        topics = [f"{topics[0]}, part {number}" for number in range(1, brief.modules + 1)]
    count = min(brief.modules or max(1, round(len(topics) / 3)), len(topics))
    groups = [topics[len(topics) * place // count : len(topics) * (place + 1) // count] for place in range(count)]
    modules = [
        {"title": clipped(series(group), _TITLE), "lessons": [_named(topic) for topic in group]} for group in groups
    ]
    return _course(brief, brief.title or headline(brief.subject), modules)


def _named(topic: str) -> dict[str, Any]:
    subject = re.sub(r"[?.!]+$", "", topic)
    goals = [f"Explain {subject[:1].lower() + subject[1:] if not subject.isupper() else subject}"]
    return {"title": clipped(capitalised(subject), _TITLE), "objectives": goals, "minutes": 6, "sections": []}


def _course(brief: Brief, title: str, modules: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": clipped(capitalised(title), 150),
        "summary": summary(title, brief.audience, modules),
        "audience": clipped(brief.audience, 200),
        "language": brief.language,
        "modules": modules,
    }
