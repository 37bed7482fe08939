"""Wishes that change one thing: rename, replace, remove, move, retime, add, rewrite."""

import re

from local_cloud.openai_api.author.brief import MINUTES, minutes_asked
from local_cloud.openai_api.author.director.outline import Outline, lessons_named, module_numbers
from local_cloud.openai_api.author.director.tools import Wish
from local_cloud.openai_api.author.words import capitalised

_QUOTE = "\"“”'‘’`*"
_NOT_RETIMED = re.compile(
    r"\b(?:add|render|rename|retitle|call|replace|remove|delete|split|divide|merge|swap|slides?|quiz)\b", re.IGNORECASE
)
_BY_MINUTES = re.compile(r"\bminutes?\s+(more|less|longer|shorter|fewer)\b", re.IGNORECASE)
_PER_LESSON = re.compile(r"\b(?:all|every|each)\b.*\blessons?\b|\b(?:each|apiece)\b", re.IGNORECASE)
_ADD_MODULE = re.compile(
    r"\b(?:add|insert|include|append|create)\s+(?:an?\s+|another\s+|one more\s+)?(?:new\s+|"
    r"empty\s+)*module\b\s*(?:on|about|called|named|titled|for|covering|"
    r":)?\s*(?P<title>.+?)?(?:\s+(?:after|behind)\s+(?P<after>module\s+\w+|.+))?$",
    re.IGNORECASE,
)
_ADD_LESSON = re.compile(
    r"\b(?:add|insert|include|append|create)\s+(?:an?\s+|another\s+|one more\s+)?(?:new\s+|"
    r"short\s+|\w+[\s-]minute\s+)*lesson\b\s*(?:on|about|called|named|titled|for|covering|"
    r":)?\s*(?P<title>.+)$",
    re.IGNORECASE,
)
_INTO_MODULE = re.compile(
    r"\s*\b(?:to|in|into|at the end of|under|for)\s+(?:the\s+)?(?:module\s+[^,.]+|(?:first|second|"
    r"third|fourth|last)\s+module)\s*",
    re.IGNORECASE,
)
_BY_PRONOUN = re.compile(r"\b(?:it|this|that|this lesson|that lesson|the lesson|this one)\b", re.IGNORECASE)


def retimed(clause: str, outline: Outline, in_mind: str | None) -> list[Wish]:
    """“Lesson 1.2 should take 8 minutes”."""
    minutes = minutes_asked(clause)
    if minutes is None or _NOT_RETIMED.search(clause):
        return []
    if re.search(r"\b(?:all|every|each)\b.*\blessons?\b", clause, re.IGNORECASE):
        if not _BY_MINUTES.search(clause):
            return [Wish("set_minutes", {"lesson": "all", "minutes": minutes})]
        numbers = [one.number for one in outline.lessons]
    else:
        named = lessons_named(MINUTES.sub("", clause), outline)
        numbers = [
            one for name in named for one in ([name] if not name.startswith("module") else _inside(name, outline))
        ]
        if not numbers and in_mind and (_BY_PRONOUN.search(clause) or len(clause.split()) <= 4):
            numbers = [in_mind]
    step = step_by(clause, minutes)
    if step and re.search(r"\bmodules?\b", clause, re.IGNORECASE) and not _PER_LESSON.search(clause):
        return [
            Wish("set_minutes", {"lesson": number, "minutes": share})
            for number, share in zip(numbers, stepped(numbers, step, outline), strict=True)
        ]
    planned = {one.number: one.minutes for one in outline.lessons}
    return [
        Wish("set_minutes", {"lesson": number, "minutes": max(1, planned.get(number, 6) + step) if step else minutes})
        for number in numbers
    ]


def step_by(clause: str, minutes: int) -> int:
    """“8 minutes shorter” as -8, “5 minutes more” as 5; 0 where the minutes are a length of their own."""
    more = _BY_MINUTES.search(clause)
    return 0 if more is None else -minutes if more[1].lower() in ("less", "shorter", "fewer") else minutes


def stepped(numbers: list[str], step: int, outline: Outline) -> list[int]:
    """The minutes of lessons that together take so many more or less, spread as they are long now."""
    planned = {one.number: one.minutes for one in outline.lessons}
    now = [planned.get(number, 6) for number in numbers]
    wanted = max(len(now), sum(now) + step)
    shares = [max(1, one * wanted // (sum(now) or 1)) for one in now]
    # What rounding left over goes to the longest, a minute each.
    longest = sorted(range(len(now)), key=lambda place: -now[place])
    for place in longest[: max(0, wanted - sum(shares))]:
        shares[place] += 1
    return shares


def _inside(module: str, outline: Outline) -> list[str]:
    number = int(module.split()[1])
    return [one.number for one in next((m.lessons for m in outline.modules if m.number == number), [])]


def added(clause: str, outline: Outline) -> Wish | None:
    """“Add a lesson on X to module 2”, “add a module about Y after module 1”."""
    if match := _ADD_MODULE.search(clause.rstrip(".")):
        title = capitalised((match["title"] or "").strip().strip(_QUOTE))
        if not title:
            return None
        if outline.documents and outline.modules:
            # With documents at hand the outliner fills the module with lessons that rest on them.
            return Wish("revise_outline", {"instruction": clause})
        return Wish("add_module", {"title": title, "after": match["after"]})
    if match := _ADD_LESSON.search(clause.rstrip(".")):
        numbers = module_numbers(clause, outline)
        title = _INTO_MODULE.sub(" ", MINUTES.sub("", match["title"])).strip(" ,.").strip(_QUOTE).strip()
        if not title or not outline.modules:
            return None
        subject = capitalised(title)
        return Wish(
            "add_lesson",
            {
                "module": f"module {numbers[0] if numbers else outline.modules[-1].number}",
                "title": subject,
                "objectives": [f"Explain {title[:1].lower() + title[1:]}"],
                "minutes": minutes_asked(clause),
            },
        )
    return None
