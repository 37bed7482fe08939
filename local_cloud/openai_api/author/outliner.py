"""The outliner: a brief and the sections of its sources to modules, lessons and objectives."""

import dataclasses
import re
from typing import Any

from course.models.outline import OutlineDraft
from local_cloud.openai_api.author.brief import Brief, modules_asked, read_brief
from local_cloud.openai_api.author.headings import Heading, balanced, majors, read_sources
from local_cloud.openai_api.author.objectives import shared
from local_cloud.openai_api.author.outline_changes import changed
from local_cloud.openai_api.author.outline_parts import read_course
from local_cloud.openai_api.author.tags import block
from local_cloud.openai_api.author.words import capitalised, clipped, headline, listed, overlap, stems, topic_stems

_LESSON_WORDS = 1_000  # of source for about six minutes
_MOST_MODULES = 8
_MOST_LESSONS = 6
_TITLE = 90


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
    chapters = [major for source in sources for major in majors(source)]
    count = brief.modules or min(_MOST_MODULES, len(chapters))
    if count > len(chapters):
        chapters = [smaller for chapter in chapters for smaller in (majors(chapter) or [chapter])]
    groups = balanced(chapters, min(count, len(chapters)))
    modules = [{"title": _joined([one.title for one in group]), "lessons": _lessons(group)} for group in groups]
    title = brief.title or _joined([source.title for source in sources])
    return _course(brief, title, modules)


def _lessons(group: list[Heading]) -> list[dict[str, Any]]:
    """About six minutes each; a chapter's lessons share its objectives."""
    lessons: list[dict[str, Any]] = []
    most = max(1, _MOST_LESSONS // len(group))
    for chapter in group:
        count = max(1, min(most, round(chapter.words / _LESSON_WORDS)))
        pieces = balanced(chapter.leaves, min(count, len(chapter.leaves)))
        goals = shared(chapter, pieces)
        lessons += [_lesson(chapter, *one, alone=len(pieces) == 1) for one in zip(pieces, goals, strict=True)]
    return _distinct(lessons)


def _lesson(chapter: Heading, piece: list[Heading], goals: list[str], *, alone: bool) -> dict[str, Any]:
    names = [leaf.title for leaf in piece if leaf is not chapter]
    title = chapter.title if alone or not names else f"{chapter.title}: {_joined(names)}"
    if len(title) > _TITLE and names:
        title = _joined(names)
    words = sum(leaf.own_words for leaf in piece)
    return {
        "title": clipped(title, _TITLE),
        "objectives": goals,
        "minutes": max(3, min(10, round(words / _LESSON_WORDS * 6))),
        "sections": [leaf.reference for leaf in piece if leaf.reference],
    }


def _distinct(lessons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[str, int] = {}
    for lesson in lessons:
        seen[lesson["title"]] = seen.get(lesson["title"], 0) + 1
        if seen[lesson["title"]] > 1:
            lesson["title"] = f"{lesson['title']} ({seen[lesson['title']]})"
    return lessons


def _joined(titles: list[str]) -> str:
    """`Carbohydrates and Lipids`; many of them as `Carbohydrates to Nucleic Acids`."""
    titles = list(dict.fromkeys(title.strip() for title in titles))
    joined = ", ".join(titles) if any(" and " in title for title in titles) else listed(titles)
    if len(joined) <= _TITLE - 20 and len(titles) <= 3:
        return joined
    between = f"{titles[0]} to {titles[-1]}"
    return between if len(between) <= _TITLE else clipped(titles[0], _TITLE)


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
        {"title": clipped(_joined(group), _TITLE), "lessons": [_named(topic) for topic in group]} for group in groups
    ]
    return _course(brief, brief.title or headline(brief.subject), modules)


def _named(topic: str) -> dict[str, Any]:
    subject = re.sub(r"[?.!]+$", "", topic)
    goals = [f"Explain {subject[:1].lower() + subject[1:] if not subject.isupper() else subject}"]
    return {"title": clipped(capitalised(subject), _TITLE), "objectives": goals, "minutes": 6, "sections": []}


def _course(brief: Brief, title: str, modules: list[dict[str, Any]]) -> dict[str, Any]:
    counted = "one module" if len(modules) == 1 else f"{len(modules)} modules"
    lessons = sum(len(module["lessons"]) for module in modules)
    spoken = "one lesson" if lessons == 1 else f"{lessons} lessons"
    names = "; ".join(module["title"] for module in modules[:6])
    more = "; and more" if len(modules) > 6 else ""
    return {
        "title": clipped(capitalised(title), 150),
        "summary": f"A course in {counted} and {spoken} for {brief.audience}: {names}{more}.",
        "audience": clipped(brief.audience, 200),
        "language": brief.language,
        "modules": modules,
    }
