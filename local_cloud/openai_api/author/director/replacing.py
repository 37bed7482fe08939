"""Wishes for words in place of others: in a part, in one kind of text, or throughout the course."""

import re

from course.addresses import NOUN
from course.quotes import MARK, Masked
from local_cloud.openai_api.author.director.clause import Clause
from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.tools import Wish

_INSTEAD = re.compile(
    r"\b(?:say|use|write|put|have)\s+(?P<new>.+?)\s+(?:instead of|rather than|in place of|not)\s+(?P<old>.+)$",
    re.IGNORECASE,
)
_INSTEAD_FIRST = re.compile(
    r"\b(?:instead of|rather than)\s+(?P<old>.+?),?\s+(?:say|use|write|put)\s+(?P<new>.+)$", re.IGNORECASE
)
_OLD = re.compile(
    r"^(?:all |every |each |any |the |occurrences? of |instances? of |mentions? of |use of |spelling (?:of )?|"
    r"(?:word|words|term|terms|phrase|name|expression)s?\b\s*)+",
    re.IGNORECASE,
)
_EVERYWHERE = re.compile(
    r"\s*,?\s*\b(?:everywhere|throughout(?: the (?:whole |entire )?(?:course|lesson|module))?|"
    r"across the (?:whole )?course|"
    r"(?:in|on|of) (?:all|every|each)(?: of)?(?: the)? (?:lessons?|slides?|modules?|places?)|"
    r"wherever it (?:stands|occurs|"
    r"appears)|in the (?:whole |entire )?course|all over(?: the course)?|course-?wide)\b\s*",
    re.IGNORECASE,
)
_ONLY = (
    ("narration", r"narrations?|speech|spoken (?:text|words)|voice-?over|script"),
    ("quiz", r"quiz(?:zes)?|questions"),
    ("slides", r"slides|slide texts?"),
    ("titles", r"titles|headings"),
    ("objectives", r"objectives|outcomes"),
)
_ONLY_PLACE = re.compile(
    rf",?\s*\b(?:but )?(?:only )?(?:in|on|of|from|within) (?:all )?(?:the |"
    rf"its )?(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _ONLY)})"
    r"(?: only| alone)?(?!\s+(?:\d|about|called|of slide|of the|on slide))\b",
    re.IGNORECASE,
)
_WHEREVER = re.compile(
    rf"\b(?:everywhere|wherever|whenever|where)\s+(?:it|the course|you|we|i)\s+(?:says?|reads?|writes?|uses?|"
    rf"mentions?)\s+"
    rf"(?P<old>{MARK}|\w+),?\s+(?:it should\s+)?(?:write|say|use|put|make it|read)\s+(?P<new>.+)$",
    re.IGNORECASE,
)


def wherever(said: Masked, talk: Conversation) -> list[Wish]:
    """“Wherever it says X, write Y”."""
    match = _WHEREVER.search(said.text)
    return replacement(Clause(said, talk), match["old"], match["new"], "") if match else []


def instead(clause: Clause) -> list[Wish]:
    """“In 1.2 slide 3 say X instead of Y”."""
    for pattern in (_INSTEAD, _INSTEAD_FIRST):
        if match := pattern.search(clause.text):
            return replacement(clause, match["old"], match["new"], clause.text[: match.start()])
    return []


def without(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Remove the word ‘basically’ everywhere”."""
    rest = clause.text[verb.end() :]
    match = re.match(rf"\s*(?:(?:all|every|each|the|word|words|phrase|term)\s+)*(?P<old>{MARK})", rest, re.IGNORECASE)
    if match is None or re.search(rf"\b(?:{NOUN})\s+(?:\S+\s+)?$", rest[: match.start("old")], re.IGNORECASE):
        return []
    if re.match(rf"\s+(?:{NOUN})\b", rest[match.end() :], re.IGNORECASE):
        return []
    return replacement(clause, match["old"], "", clause.text[: verb.start()] + rest[match.end() :])


def replacement(clause: Clause, old: str, new: str, elsewhere: str) -> list[Wish]:
    """Words for words, in the part or on the kind of text that is named; else throughout the course."""
    only = next((name for text in (old, new, elsewhere) for name in _limited(text)), None)
    around = elsewhere
    texts = []
    for said in (old, new):
        text = _EVERYWHERE.sub(" ", _ONLY_PLACE.sub(" ", said))
        if not clause.said.quoted(text):
            text, tail = clause.without_tail(text)
            around += f" , {tail}"
        else:
            cut = max(text.rfind(one) for one in re.findall(MARK, text))
            around += f" , {text[cut + 1 :]} , {text[:cut]}"
        texts.append(text)
    find, replace = (_said(clause, text) for text in (_OLD.sub("", texts[0].strip()), texts[1]))
    places = [one for one in clause.places(_ONLY_PLACE.sub(" ", around)) if one != "course"]
    arguments = {"find": find, "replace": replace, "where": " and ".join(places) or None, "only": only}
    return [Wish("replace_text", arguments)] if find and find != replace else []


def _said(clause: Clause, text: str) -> str:
    quotes = clause.said.quoted(text)
    return quotes[0] if quotes else clause.value(text).rstrip(".")


def _limited(text: str) -> list[str]:
    match = _ONLY_PLACE.search(text)
    return [] if match is None else [name for name, _ in _ONLY if match[name]]
