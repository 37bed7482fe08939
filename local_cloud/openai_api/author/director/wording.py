"""Wishes for exact words: renaming, changing a text, the right answer."""

import re

from course.addresses import NOUN, Address, Noun, mentions, told
from course.quotes import MARK
from local_cloud.openai_api.author.brief import MINUTES
from local_cloud.openai_api.author.director.clause import Clause
from local_cloud.openai_api.author.director.replacing import replacement
from local_cloud.openai_api.author.director.tools import Wish

_TO = re.compile(
    r"\s*(?:\b(?:to say|to read|to be|so (?:that )?it (?:says|reads)|to|into|as)\b:?|→|->|=>|=|:)\s*", re.IGNORECASE
)
_WITH = re.compile(r"\s*\b(?:with|by|for)\b:?\s*", re.IGNORECASE)
_SHOULD = re.compile(
    r"\s*\b(?:should|must|ought to|has to|needs to|is to|shall)\s+(?:now\s+)?"
    r"(?:be|say|read|become|be changed to|ask|be called|be named|be titled)\b:?\s*",
    re.IGNORECASE,
)
_LET = re.compile(r"\b(?:say|read|ask|be)\b:?\s*", re.IGNORECASE)
_TITLE_GIVEN = re.compile(
    r"(?P<what>.+?)\s+(?:the|a new|another|this|a different)\s+(?:title|name|heading)\b:?\s*(?P<title>.+)$",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"\b(?:make|mark|set|choose|pick|have)\s+(?P<which>.+?)\s+(?:be\s+)?(?:as\s+)?(?:the\s+)?(?:right|correct)"
    r"(?:\s+(?:answer|one|choice|option))?\b",
    re.IGNORECASE,
)
_IS_RIGHT = re.compile(
    r"\b(?:right|correct) (?:answer|choice|option|one)\b(?P<where>.*?)\s+(?:is|should be|must be|"
    r"ought to be)\s+(?P<which>.+)$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bbe (?:called|named|titled)\b", re.IGNORECASE)
_BY_NAME = (Noun.MODULE, Noun.LESSON, Noun.SLIDE, Noun.COURSE)
_IN_WORDS = re.compile(r"\b(?:audience|tone|language|length|duration|minutes?|layout|order|summary)\b", re.IGNORECASE)


def renamed(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Call slide 4 ‘Enzymes at work’”, “rename module 2 to …”."""
    before, rest = clause.text[: verb.start()], clause.text[verb.end() :]
    head, value = _parted(rest, _TO)
    if not value:
        head, value = _behind_the_part(clause, rest)
    return _titled(clause, before, head, value)


def changed(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Change the second bullet of slide 3 to …”, “set the narration of slide 2 to …”, “fix ‘teh’ to ‘the’”."""
    before, rest = clause.text[: verb.start()], clause.text[verb.end() :]
    head, value = _parted(rest, _TO)
    if not value and re.match(r"let|have|make", verb.group(), re.IGNORECASE):
        head, value = _parted(rest, _LET)
    if value and _SHOULD.search(value):
        # “Edit slide 3 of 1.1: the title should be X”.
        inner, said = _parted(value, _SHOULD)
        return _set(clause, f"{before} , {head}", inner, said)
    return _set(clause, before, head, value)


def entitled(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Give slide 2 of 1.1 the title …”."""
    match = _TITLE_GIVEN.match(clause.text[verb.end() :])
    return _titled(clause, clause.text[: verb.start()], match["what"], match["title"]) if match else []


def demanded(clause: Clause) -> list[Wish]:
    """“The title of slide 3 should be …”, “question 2 of 1.1 should ask …”."""
    head, value = _parted(clause.text, _SHOULD)
    way = _part(clause, head)
    if way and way[-1][0] in _BY_NAME and not clause.said.quoted(value) and not _NAMED.search(clause.text):
        return []  # “the course should be in Spanish” is no name for it
    return _set(clause, "", head, value) if value else []


def answered(clause: Clause) -> list[Wish]:
    """“Make B the right answer of question 2”, “the right answer to question 2 is C”."""
    for pattern in (_RIGHT, _IS_RIGHT):
        if match := pattern.search(clause.text):
            which = match["which"]
            around = [clause.text[: match.start("which")], clause.text[match.end("which") :]]
            return _answer(clause, which, around)
    return []


def replaced(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Replace X with Y in 1.2”, “say X instead of Y”; a part that is named is given the new text."""
    before, rest = clause.text[: verb.start()], clause.text[verb.end() :]
    head, value = _parted(rest, _WITH)
    if not value:
        head, value = _parted(rest, _TO)
    if not value or re.search(
        r"\b(?:documents?|sources?|files?|pdf|attachments?|uploads?|budget)\b", head, re.IGNORECASE
    ):
        return []
    if not clause.said.quoted(head) and _part(clause, before, head, deep=True):
        return _set(clause, before, head, value)
    return replacement(clause, head, value, before)


def _set(clause: Clause, before: str, head: str, value: str) -> list[Wish]:
    if not value:
        return []
    if _IN_WORDS.search(re.sub(MARK, "", head)) and not any(way[-1][0].depth > 2 for way in clause.ways(head)):
        return []
    words, tail = _value(clause, value)
    way = _part(clause, before, head, tail)
    if way is None or (clause.said.quoted(head) and not _is_part(head)):
        return replacement(clause, head, value, before) if _object_is_words(clause, head) else []
    noun = way[-1][0]
    if noun is Noun.TITLE or (noun in _BY_NAME and _may_be_name(clause, value)):
        return _titled(clause, before, head, value)
    if noun in _BY_NAME:
        return []
    if noun is Noun.ANSWER:
        return _answer(clause, value, [before, head])
    if noun is Noun.QUIZ:
        return []
    return [Wish("change_text", {"target": told(way), "text": words})]


def _answer(clause: Clause, which: str, around: list[str]) -> list[Wish]:
    which, tail = (which, "") if clause.said.quoted(which) else clause.without_tail(which)
    ways = [way for way in clause.ways(*around, tail) if any(noun is Noun.QUESTION for noun, _ in way)]
    mind = dict(clause.talk.part_in_mind)
    if not ways and Noun.QUESTION not in mind:
        return []
    way = ways[0] if ways else clause.talk.part_in_mind
    target = tuple(step for step in way if step[0].depth <= 3)
    text = re.sub(r"^(?:the )?(?:answer|choice|option)\s+", "", clause.value(which).rstrip("."), flags=re.IGNORECASE)
    return [Wish("change_text", {"target": f"right answer of {told(target)}", "text": text})]


def _titled(clause: Clause, before: str, head: str, value: str) -> list[Wish]:
    words, tail = _value(clause, value)
    way = _part(clause, before, head, tail)
    if way is None:
        return []
    if way[-1][0] is Noun.TITLE:
        way = way[:-1] or ((Noun.COURSE, way[-1][1]),)
    if way[-1][0] not in _BY_NAME:
        return [Wish("change_text", {"target": told(way), "text": words})]
    return [Wish("rename", {"target": told(way), "title": words.rstrip(".")})] if words else []


def _value(clause: Clause, value: str) -> tuple[str, str]:
    """The new words, and what is said behind them of where they go."""
    if marks := re.findall(MARK, value):
        cut = value.rfind(marks[-1])
        return clause.value(value[: cut + 1]), value[cut + 1 :]
    words, tail = clause.without_tail(value)
    return clause.value(words), tail


def _part(clause: Clause, *texts: str, deep: bool = False) -> Address | None:
    ways = clause.ways(*texts)
    if deep:
        ways = [way for way in ways if way[-1][0].depth > 2]
    return ways[0] if ways else None


def _is_part(head: str) -> bool:
    """Whether the quotation in it is the name of a part (“the slide ‘Enzymes’”), not words to replace."""
    return bool(
        re.search(rf"\b(?:{NOUN})\b[^,]*?{MARK}", head, re.IGNORECASE)
        or re.search(rf"{MARK}\s+(?:{NOUN})\b", head, re.IGNORECASE)
    )


def _object_is_words(clause: Clause, head: str) -> bool:
    if clause.said.quoted(head) or re.search(r"\b(?:words?|terms?|phrase|every|all|each)\b", head, re.IGNORECASE):
        return True
    bare = head.strip()
    return 0 < len(bare.split()) <= 4 and not re.match(
        r"(?:the|my|its|your|this|that|it|from|me|an?)\b", bare, re.IGNORECASE
    )


def _may_be_name(clause: Clause, value: str) -> bool:
    """“Change lesson 1.2 to Fats” names it; “turn lesson 1.2 into a video” does not."""
    if clause.said.quoted(value):
        return True
    return not MINUTES.search(value) and not re.match(
        r"\s*(?:an?|one|two|three|the|be|more|less|simple\w*|short\w*|long\w*|module|lesson|slide|\d)\b",
        value,
        re.IGNORECASE,
    )


def _parted(text: str, connective: re.Pattern[str]) -> tuple[str, str]:
    """What stands before and behind the first connective; one that belongs to a part’s name is passed over."""
    for match in connective.finditer(text):
        head, value = text[: match.start()], text[match.end() :]
        if (
            head.strip()
            and value.strip()
            and not re.match(r"\s*(?:the )?(?:question|lesson|slide|module)s?\s+\d", value)
        ):
            return head, value
    return text, ""


def _behind_the_part(clause: Clause, rest: str) -> tuple[str, str]:
    """“call slide 4 of 1.2 X”: the name is what follows the address, or the last quotation."""
    if marks := re.findall(MARK, rest):
        cut = rest.rfind(marks[-1])
        return f"{rest[:cut]} , {rest[cut + 1 :]}", rest[cut]
    named = clause.said.again(rest)
    end = 0
    for one in _mentions_in_a_row(named.text, clause):
        end = one
    return rest[:end], rest[end:]


def _mentions_in_a_row(text: str, clause: Clause) -> list[int]:
    ends: list[int] = []
    at = 0
    for one in mentions(clause.said.again(text)):
        gap = text[at : one.start].strip().lower()
        if gap not in ("", "the", "of", "in", "on", "of the", "in the", "on the", "from", "this", "my"):
            break
        at = one.end
        ends.append(at)
    return ends
