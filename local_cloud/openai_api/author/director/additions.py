"""Wishes that add one part in exact words: a bullet, a sentence, a choice, an objective, a slide, a question."""

import re

from course.addresses import Noun, told
from course.numerals import NUMBER, ORDINAL, number, ordinal
from course.quotes import MARK
from local_cloud.openai_api.author.director.clause import Clause
from local_cloud.openai_api.author.director.tools import Wish

_KINDS = (
    ("objective", r"(?:learning )?(?:objective|outcome|goal)"),
    ("choice", r"(?:wrong |answer )?(?:choice|option|distractor)|wrong answer"),
    ("sentence", r"sentence|line"),
    ("bullet", r"bullet(?:[ -]point)?|point|step|item"),
    ("slide", r"slide"),
    ("question", r"(?:quiz |test )?question|quiz item"),
)
_WHAT = "|".join(f"(?P<{name}>{words})" for name, words in _KINDS)
_OBJECT = re.compile(
    rf"\s*(?:me\s+)?(?:(?:an?|one|another|one more|the|this|new|extra|further|more|last|final|first|closing|"
    rf"opening|empty|"
    rf"blank|second|third|fourth|fifth)\s+)*(?:{_WHAT})s?\b(?!\s+(?:\d|of\b|in\b|number\b))",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\s*(?:me\s+)?(?:(?:an?|one|another|one more|the|this|new|extra|further|more|last|final|first|closing|"
    rf"opening|empty|"
    rf"blank|second|third|fourth|fifth)\s+)*(?:{_WHAT})s?\b",
    re.IGNORECASE,
)
_TO_WHAT = re.compile(
    r"\b(?:to|into|in|on)\s+(?:the\s+)?(?:narration|(?:learning )?objectives|bullets|points|choices|options)\b",
    re.IGNORECASE,
)
_LATER_OBJECT = re.compile(
    rf"\b(?=(?:an?|another|one more|the|this)\s+(?:(?:new|wrong|further|extra|first|last|second|third|closing|"
    rf"opening)\s+)*"
    rf"(?:{'|'.join(words for _, words in _KINDS)})\b)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"^\s*(?:,|:|–|-|that (?:says|reads|asks)|which (?:says|reads)|saying|reading|asking|called|titled|named|entitled|"
    r"with the (?:text|words|title)|to say|to read|of|about)?\s*",
    re.IGNORECASE,
)
_WHERE = re.compile(
    rf",?\s*\b(?:(?:right |just |directly )?(?P<side>after|before|behind|following)\s+(?:the\s+)?"
    rf"(?:(?:slide|bullet|point|step|sentence|objective|question|choice)\s+)?(?:number\s+)?"
    rf"(?:(?P<number>{NUMBER})(?!\.\d)|(?P<ordinal>{ORDINAL})(?:\s+(?:slide|bullet(?: point)?|point|step|"
    rf"sentence|objective|"
    rf"question|choice|one))?)"
    rf"|between\s+(?:the\s+)?(?:(?:slides?|bullets?|points?|steps?|sentences?|objectives?|questions?|choices?)\s+)?"
    rf"(?P<between>{NUMBER}|(?:{ORDINAL}))\s+and\s+(?:the\s+)?(?:{NUMBER}|(?:{ORDINAL}))"
    rf"(?:\s+(?:slide|bullet(?: point)?|point|step|sentence|objective|question|choice|one))?"
    rf"|(?:at|to|in|on|as)\s+(?:the\s+)?(?:very\s+)?(?P<end>beginning|start|top|front|end|"
    rf"bottom)\b(?:\s+of(?=\s+(?:the\s+)?"
    rf"(?:slide|lesson|narration|list|quiz|question|objectives|\d)))?"
    rf"|as\s+(?:the\s+)?(?P<nth>{ORDINAL})(?:\s+(?:slide|bullet(?: point)?|point|step|sentence|objective|"
    rf"question|choice|one))?)",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^\s*(?:an?\s+|the\s+)?(?P<nth>{ORDINAL})\s", re.IGNORECASE)
_HOLDERS = {"bullet": (Noun.SLIDE,), "sentence": (Noun.SLIDE,), "choice": (Noun.QUESTION,), "objective": (Noun.LESSON,)}
_WITHIN = re.compile(
    r"\s*,?\s*\b(?:to|in|into|on|onto|for|of|under|from)\s+(?:the\s+)?(?:narration (?:of|on)\s+|list (?:of|"
    r"on)\s+|quiz (?:of|in)\s+|"
    r"objectives of\s+|end of\s+|beginning of\s+)?(?:the\s+)?(?=(?:this |that |last |first |\w+th |second |third )?"
    r"(?:slide|lesson|question|quiz|module)\b|\d+\.\d+|it\b|narration\b)",
    re.IGNORECASE,
)
_CHOICES = re.compile(r"\b(?:choices|options|answers)\b", re.IGNORECASE)
_RIGHT = re.compile(
    rf"(?P<after>{MARK})\s*(?:\(?\s*(?:being |is |as )?(?:the )?(?:right|correct)(?: one| answer| choice)?\)?)|"
    rf"\b(?:right|correct)(?: answer| one| choice)?(?:\s+(?:is|being|:))*\s*(?P<before>{MARK})|"
    r"\b(?P<letter>[A-Fa-f]|first|second|third|fourth|last)(?: one)?\s+(?:is|being)\s+(?:the\s+)?(?:right|correct)",
    re.IGNORECASE,
)


def added(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """The part that is added, its words and its place; nothing when its words are not given: a writer has to."""
    before, rest = clause.text[: verb.start()], clause.text[verb.end() :]
    match = _OBJECT.match(rest)
    if match is None:
        turned = _turned(rest) or _beside(before, rest)
        if turned is None:
            return []
        rest, match = turned
    kind = next(name for name, _ in _KINDS if match[name])
    if kind == "question":
        return _question(clause, before, rest[match.end() :])
    if kind == "slide":
        return _slide(clause, before, rest[match.end() :], match.group())
    text, around = _words(clause, rest[match.end() :])
    if not text:
        return []
    if kind in ("bullet", "choice") and not clause.said.quoted(rest):
        text = text.rstrip(".")
    position, around = _position(f"{around} , {before}", match.group())
    holder = _holder(clause, kind, around)
    if holder is None:
        return []
    return [Wish("insert_text", {"kind": kind, "into": holder, "text": text, "position": position})]


def _turned(rest: str) -> tuple[str, re.Match[str]] | None:
    """“to slide 3 of 1.2 the bullet ‘X’”, “slide 3 another bullet: X”, “‘X’ as a bullet to slide 3”."""
    if quoted := re.match(rf"\s*(?P<words>{MARK})\s+as\s+(?=an?\b|the\b|another\b)", rest, re.IGNORECASE):
        behind = rest[quoted.end() :]
        if match := _NAMED.match(behind):
            turned = f"{behind[: match.end()]} {quoted['words']} {behind[match.end() :]}"
            found = _OBJECT.match(turned)
            return (turned, found) if found else None
    match = _LATER_OBJECT.search(rest)
    found = _OBJECT.match(rest[match.start() :]) if match and match.start() > 0 else None
    if match is None or found is None:
        return None
    behind = rest[match.start() + found.end() :]
    turned = f"{found.group()} , to {rest[: match.start()]} {behind}"
    again = _OBJECT.match(turned)
    return (turned, again) if again else None


def _words(clause: Clause, rest: str) -> tuple[str, str]:
    """The words to add, and what is said around them."""
    if marks := re.findall(MARK, rest):
        cut = rest.rfind(marks[-1]) if rest.lstrip(" :,")[:1] != marks[0] else rest.find(marks[0])
        return clause.value(rest[cut]), f"{rest[:cut]} , {rest[cut + 1 :]}"
    if colon := re.search(r":\s+|\s[–—-]\s", rest):
        return clause.plain(rest[colon.end() :]).strip(), rest[: colon.start()]
    opened = _SAYING.match(rest)
    body = rest[opened.end() :] if opened else rest
    if opened is None or (not opened.group().strip() and _WITHIN.match(" " + body)):
        where, _, words = rest.partition(" saying ")
        return (clause.plain(words).strip(), where) if words else ("", rest)
    text, around = _until_place(body)
    if opened.group().strip().lower() in ("about", "of") or len(text.split()) < 2:
        return "", rest
    return clause.plain(text).strip(" ,"), around


def _beside(before: str, rest: str) -> tuple[str, re.Match[str]] | None:
    """“After the second sentence of slide 2, add: X”: of the same kind as what it is to stand beside."""
    said = before if _WHERE.search(before) else rest if re.match(rf"\s*{MARK}", rest) else ""
    where = _WHERE.search(said) or _TO_WHAT.search(said)
    if where is None:
        return None
    named = re.search(r"\b(bullet|point|step|sentence|objective|choice|option)s?\b", where.group(), re.IGNORECASE)
    narrated = re.search(r"\bnarration\b", said[where.start() :], re.IGNORECASE)
    if not (named or narrated):
        return None
    turned = f" a {named[1] if named else 'sentence'} {rest}"
    found = _OBJECT.match(turned)
    return (turned, found) if found else None


def _until_place(body: str) -> tuple[str, str]:
    """Words, and what is said behind them of where they go."""
    cut = min((one.start() for one in (_WITHIN.search(body), _WHERE.search(body)) if one), default=len(body))
    return body[:cut], body[cut:]


def _position(around: str, leading: str) -> tuple[str, str]:
    """The place in the words tools take, and what is left."""
    match = _WHERE.search(around)
    if match is None:
        first = _LEADING.match(leading) or re.search(r"\b(first|opening)\b", leading, re.IGNORECASE)
        if first:
            place = ordinal(first[1])
            return {1: "first", -1: "last"}.get(place, f"place {place}"), around
        return "last", around
    left = f"{around[: match.start()]} {_kept(match)} {around[match.end() :]}"
    if match["side"]:
        place = number(match["number"]) if match["number"] else ordinal(match["ordinal"])
        side = "before" if match["side"].lower() == "before" else "after"
        return _side(side, place), left
    if match["between"]:
        low = match["between"].lower()
        return f"after {ordinal(low) if re.fullmatch(ORDINAL, low) else number(low)}", left
    if match["end"]:
        return ("last" if match["end"].lower() in ("end", "bottom") else "first"), left
    place = ordinal(match["nth"])
    return {1: "first", -1: "last"}.get(place, f"place {place}"), left


def _side(side: str, place: int) -> str:
    if place == -1:
        return "last" if side == "after" else "before last"
    return f"{side} {place}"


def _kept(match: re.Match[str]) -> str:
    """“At the end of slide 3”: the slide is still where it goes."""
    return "of" if match.group().rstrip().endswith("of") else ","


def _holder(clause: Clause, kind: str, around: str) -> str | None:
    ways = clause.ways(around)
    for way in ways:
        steps = [step for step in way if step[0].depth <= _HOLDERS[kind][0].depth]
        if steps and steps[-1][0] in _HOLDERS[kind]:
            return told(tuple(steps))
    mind = [step for step in clause.talk.part_in_mind if step[0].depth <= _HOLDERS[kind][0].depth]
    if mind and mind[-1][0] in _HOLDERS[kind] and not ways:
        return told(tuple(mind))
    lesson = clause.talk.lesson_in_mind
    return f"lesson {lesson}" if kind == "objective" and lesson and not ways else None


def _slide(clause: Clause, before: str, rest: str, leading: str) -> list[Wish]:
    """A slide whose title is given in quotation marks (or “called”); its words follow “saying” or “with”."""
    quotes = re.findall(MARK, rest)
    called = re.match(r"\s*(?:called|titled|named|entitled|with the title)\s+(?P<title>[^,:]+)", rest, re.IGNORECASE)
    if not quotes and called is None:
        return []
    if re.match(r"\s*(?:about|on|explaining|covering)\b", rest, re.IGNORECASE) and called is None:
        return []
    if quotes:
        title, around = clause.value(quotes[0]), rest.replace(quotes[0], " , ", 1)
    else:
        words = called["title"] if called else ""
        title = clause.plain(_until_place(words)[0]).strip(" .,")
        around = rest.replace(title, " , ", 1)
    narration = ""
    points: list[str] = []
    for quote in quotes[1:]:
        said = re.search(rf"\b(?:narration|saying|voice|spoken|says?)\b[^{MARK[1:-1]}]*{quote}", around, re.IGNORECASE)
        if said:
            narration = clause.value(quote)
        else:
            points.append(clause.value(quote))
        around = around.replace(quote, " ", 1)
    position, around = _position(re.sub(r"\bnarration\b", " ", around), leading)
    lesson = _lesson(clause, f"{before} , {around}")
    arguments = {"lesson": lesson, "title": title, "points": points, "narration": narration}
    return [Wish("add_slide", arguments | {"layout": "bullets", "position": position})] if lesson and title else []


def _question(clause: Clause, before: str, rest: str) -> list[Wish]:
    """A question with its choices, each in quotation marks."""
    quotes = re.findall(MARK, rest)
    if len(quotes) < 3 or not _CHOICES.search(rest):
        return []
    choices = quotes[1:]
    right = _RIGHT.search(rest[rest.find(quotes[0]) + 1 :])
    answer = 1
    if right and (mark := right["before"] or right["after"]):
        if mark not in choices or choices.count(mark) > 1:
            return []
        answer = choices.index(mark) + 1
    elif right:
        letter = right["letter"].lower()
        answer = ord(letter) - ord("a") + 1 if len(letter) == 1 else ordinal(letter)
        answer = len(choices) if answer < 0 else answer
    texts = [clause.value(one) for one in choices]
    if right and right["before"] and texts.count(clause.value(right["before"])) > 1:
        texts = texts[:-1] if texts[-1] in texts[:-1] else texts
        answer = texts.index(clause.value(right["before"])) + 1
    position, around = _position(re.sub(MARK, " ", rest), "")
    lesson = _lesson(clause, f"{before} , {around}")
    if lesson is None:
        return []
    arguments = {"lesson": lesson, "question": clause.value(quotes[0]), "choices": texts, "answer": answer}
    return [Wish("add_question", arguments | {"explanation": "", "objective": 1, "position": position})]


def _lesson(clause: Clause, around: str) -> str | None:
    for way in clause.ways(around):
        if steps := tuple(step for step in way if step[0] in (Noun.MODULE, Noun.LESSON) and not step[1].open):
            return told(steps)
    return clause.talk.lesson_in_mind
