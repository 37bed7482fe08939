"""Wishes for another layout of a slide."""

import re

from course.addresses import Noun, told
from local_cloud.openai_api.author.director.clause import Clause
from local_cloud.openai_api.author.director.tools import Wish

_LAYOUTS = {
    "title": r"title (?:slide|card)",
    "bullets": r"(?:bulleted |bullet )?list|bullets|bullet points|bullet(?:ed)? slide",
    "statement": r"(?:single |big )?statement|key sentence",
    "definition": r"definition",
    "comparison": r"comparison|two columns|side by side",
    "process": r"process|steps|sequence|numbered (?:list|steps)",
    "question": r"question",
    "recap": r"recap|summary",
}


def laid_out(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Turn slide 3 into a comparison”, “show slide 2 of 1.1 as steps”."""
    text = clause.text
    for layout, words in _LAYOUTS.items():
        match = re.search(
            rf"(?:\b(?:in)?to|\bas|\b(?:slide|it|"
            rf"one)\b[^,]*?)\s+(?:an?\s+)?(?:layout\s+)?(?:{words})(?:\s+(?:slide|layout))?"
            r"(?=\s*(?:$|[,.]|in (?:lesson )?\d|of (?:lesson )?\d|please))",
            text[verb.end() :],
            re.IGNORECASE,
        )
        if match and not clause.said.quoted(text):
            cut = re.search(
                rf"\s+(?:(?:in)?to|as)?\s*(?:an?\s+)?(?:{words})(?:\s+(?:slide|layout))?\b", text, re.IGNORECASE
            )
            around = text if cut is None else f"{text[: cut.start()]} , {text[cut.end() :]}"
            ways = [way for way in clause.ways(around) if way[-1][0] in (Noun.SLIDE, Noun.TEXT)]
            if ways:
                slide = told(tuple(step for step in ways[0] if step[0].depth <= 3))
                return [Wish("change_layout", {"slide": slide, "layout": layout})]
    return []
