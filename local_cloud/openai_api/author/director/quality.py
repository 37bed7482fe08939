"""Wishes to have what is written checked."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.outline import lessons_named
from local_cloud.openai_api.author.director.tools import Wish

_REPORT = re.compile(
    r"\bquality\b|\bwhat(?:’|'s|'| is|s)? (?:wrong|to (?:mend|fix|improve))\b|"
    r"\bwhat (?:needs?|should (?:i|we)|must (?:i|we)) (?:be |to be |to )?(?:fix|mend|improv)\w*|"
    r"\b(?:find|list|show|are there|any)\b.*\b(?:problems?|mistakes|errors|issues|findings|weaknesses|weak spots)\b|"
    r"\b(?:how good|proofread|is (?:it|everything|all|lesson \d+\.\d+) (?:ok|okay|fine|good enough))\b",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"^(?:double[- ])?(?:check|examine|audit|inspect|assess|evaluate|review|test)\b(?! (?:out|in|box|list))",
    re.IGNORECASE,
)
# “Check that lesson 1.2 mentions …” asks for a change; “add a check question” speaks of a quiz.
_OTHERWISE = re.compile(
    r"\b(?:add|write|insert|put|change|replace|rename)\b|"
    r"\b(?:check|review|test) (?:question|item|mode|whether|that|if)s?\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:course|everything|all|whole)\b", re.IGNORECASE)


def checks(said: str, talk: Conversation) -> list[Wish]:
    """A report on each part named, else on the lesson in mind if the words point at it, else on the course."""
    if not talk.outline.modules or _OTHERWISE.search(said) or not (_REPORT.search(said) or _CHECK.match(said)):
        return []
    if named := lessons_named(said, talk.outline):
        return [Wish("check_quality", {"part": one if one.startswith("module") else f"lesson {one}"}) for one in named]
    pointed = re.search(r"\b(?:it|this|that|this lesson|the lesson|here)\b", said, re.IGNORECASE)
    if talk.lesson_in_mind and pointed and not _WHOLE.search(said):
        return [Wish("check_quality", {"part": f"lesson {talk.lesson_in_mind}"})]
    return [Wish("check_quality", {"part": "course"})]


def reported(result: str) -> str:
    """The tool's report for a person: the figures, and what to mend as a list."""
    head = [line for line in result.splitlines() if line.strip()]
    text = "\n".join(f"\n{line}" if not line.startswith("- ") else line for line in head).strip()
    mend = "\n\nSay the words after an arrow and I do it." if " → " in result else ""
    return f"{text}{mend}"
