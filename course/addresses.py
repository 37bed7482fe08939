"""Parts of a course as people name them: “the second sentence of slide 3”, “question 2 of 1.1”, “the last slide”.

Reading gives what the words say; finding the part they mean is for whoever has the course at hand.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from course.numerals import NUMBER, ORDINAL, number, ordinal
from course.quotes import MARK, Masked, masked


class Noun(StrEnum):
    """What can be named."""

    COURSE = "course"
    MODULE = "module"
    LESSON = "lesson"
    SLIDE = "slide"
    QUESTION = "question"
    OBJECTIVE = "objective"
    SENTENCE = "sentence"
    POINT = "bullet"
    CHOICE = "choice"
    TITLE = "title"
    SUBTITLE = "subtitle"
    NARRATION = "narration"
    TERM = "term"
    TEXT = "text"
    EXPLANATION = "explanation"
    ANSWER = "right answer"
    QUIZ = "quiz"

    @property
    def depth(self) -> int:
        """How far inside the course it lies."""
        return _DEPTH.get(self, 4)


_DEPTH = {
    Noun.COURSE: 0,
    Noun.MODULE: 1,
    Noun.LESSON: 2,
    Noun.SLIDE: 3,
    Noun.QUESTION: 3,
    Noun.OBJECTIVE: 3,
    Noun.QUIZ: 3,
}


_WIDE = frozenset({Noun.NARRATION, Noun.TEXT, Noun.QUIZ})


@dataclass(frozen=True)
class Which:
    """Which one of its kind: by place from 1 (negative: from the end), by words it holds, or the one spoken of."""

    place: int | None = None
    words: str = ""

    @property
    def open(self) -> bool:
        """Whether it is left to what was spoken of."""
        return self.place is None and not self.words


@dataclass(frozen=True)
class Mention:
    """One or several parts of a kind, named at a place in a text."""

    noun: Noun
    which: tuple[Which, ...]
    start: int
    end: int


Address = tuple[tuple[Noun, Which], ...]
"""The way to a part, from the outside in."""

_NOUNS = (
    (Noun.SUBTITLE, r"subtitles?|sub-titles?|taglines?"),
    (Noun.SLIDE, r"slides?"),
    (Noun.SENTENCE, r"sentences?"),
    (Noun.POINT, r"bullets?(?:[ -]points?)?|points?|steps?|list items?"),
    (Noun.CHOICE, r"(?:answer )?(?:choices?|options?)|distractors?|wrong answers?"),
    (Noun.ANSWER, r"(?:right|correct) (?:answers?|choices?|options?)|answer key|answers?"),
    (Noun.QUESTION, r"(?:quiz |test )?questions?|quiz items?"),
    (Noun.QUIZ, r"quiz(?:zes)?"),
    (Noun.OBJECTIVE, r"(?:learning )?(?:objectives?|outcomes?|goals?)"),
    (Noun.LESSON, r"lessons?"),
    (Noun.MODULE, r"modules?"),
    (Noun.NARRATION, r"narrations?|voice-?over|spoken text|script|speaker notes|speech|spoken words"),
    (Noun.EXPLANATION, r"explanations?|feedback|rationale"),
    (Noun.TITLE, r"titles?|headings?|headlines?|name"),
    (Noun.TERM, r"term"),
    (Noun.TEXT, r"meaning|definition|statement|body|slide text"),
    (Noun.COURSE, r"course"),
)
NOUN = "|".join(words for _, words in _NOUNS)
_COUNTED = "|".join(words for noun, words in _NOUNS if noun.depth in (1, 2, 3) or noun in (Noun.SENTENCE, Noun.POINT))
_COUNTED = f"{_COUNTED}|{dict(_NOUNS)[Noun.CHOICE]}"
_LESSON_NUMBER = r"(?<![\d.$])\d{1,2}\s?\.\s?\d{1,2}(?![\d.]*\d|\s*(?:%|million|dollars))"
_ONE = rf"(?:{_LESSON_NUMBER}|(?:{NUMBER})(?!\.\d|[ -]?min|%)|(?-i:\b[A-Fb-f]\b))"
_AND = r"\s*(?:,\s*and|,\s*|\band\b|&|\bwith\b|\bor\b)\s*"
_RANGE = r"\s*(?:\bto\b|\bthrough\b|-|–)\s*"
_TELLS = (
    r"(?:that |which )?(?:says?|asks?|mentions?|reads?|saying|asking|mentioning|begins? with|starts? with|"
    r"beginning with|starting with)|about|on|called|titled|named|headed|entitled|with"
)
_AHEAD = rf"(?:the |this |that |my |its |same )?(?:(?:{ORDINAL}) )?(?:{NOUN}|\d)\b"
_ENDS = (
    rf"(?=\s+(?:(?:in|of|from|on|at)\s+{_AHEAD}|to\b|should\b|must\b|first\b|last\b|before\b|after\b|into\b|by\b|as\b|"
    rf"behind\b|is\b|are\b|so\b|up\b|down\b|with\b|and\b|it\b|please\b)|\s*[,;:.!?\n]|\s*$|\s+{MARK})"
)
_NOT_A_NAME = (
    r"(?:other|same|this|that|new|wrong|right|correct|next|previous|whole|entire|only|word|words|all|each|every|"
    r"following|of|in|on|to|and|from|for|with|is|quiz|title|narration|text|bullet|sentence|slide|lesson|module|"
    rf"question|current|extra|another|more|phrase|term|{ORDINAL}|{NUMBER})\b"
)

_PATTERNS = (
    # “bullets 2 and 3”, “slides 2 to 4”, “lesson 1.2”, “choice B”, “question no. 2”
    (
        rf"\b(?P<noun>{_COUNTED}|answers?)\s*(?:numbers?|nos?\.?|nr\.?|#)?\s*"
        rf"(?P<ones>{_ONE}(?:(?:{_AND}|{_RANGE})(?:(?:the\s+)?(?P=noun)\s+)?{_ONE})*)(?!\s*(?:{_COUNTED})\b)"
    ),
    # “Q2”
    r"\b(?P<noun>q)\s?(?P<ones>\d{1,2})\b",
    # “the first two slides”
    rf"\b(?P<end>first|last)\s+(?P<count>{NUMBER})\s+(?P<noun>{_COUNTED})\b",
    # “the second and third bullet”
    rf"\b(?P<ordinals>(?:{ORDINAL})(?:(?:{_AND})(?:the\s+)?(?:{ORDINAL}))*)\s+(?P<noun>{_COUNTED})\b",
    # “the slide about proteins”, “the slide “Enzymes””
    rf"\b(?P<noun>{_COUNTED})\s+(?:(?:{_TELLS})\s+)?(?P<quoted>{MARK})",
    rf"\b(?P<noun>{_COUNTED})\s+(?:{_TELLS})\s+(?!{_AHEAD})(?:the |a |an )?(?P<words>\S.*?){_ENDS}",
    # “the proteins slide”, “the “Enzymes” slide”
    rf"(?P<quoted>{MARK})\s+(?P<noun>slide|question|lesson|module|objective|bullet)\b",
    rf"\bthe\s+(?P<words>(?:(?!{_NOT_A_NAME})[\w’'-]+\s+){{1,4}}?)(?P<noun>(?:quiz )?question|slide|lesson|module)\b",
    rf"(?P<lessons>{_LESSON_NUMBER}(?:(?:{_AND}){_LESSON_NUMBER})*)",
    # “the narration”, “this slide”
    rf"\b(?P<noun>{NOUN})\b",
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)
_NOUN_OF = tuple((noun, re.compile(words, re.IGNORECASE)) for noun, words in _NOUNS)


def mentions(said: Masked) -> list[Mention]:
    """Every part a text names, in its order."""
    found: list[Mention] = []
    for pattern in _COMPILED:
        for match in pattern.finditer(said.text):
            clear = all(match.end() <= one.start or match.start() >= one.end for one in found)
            if clear and (which := _which(match, said)):
                found.append(Mention(_noun(match), which, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def addresses(named: list[Mention]) -> list[Address]:
    """The innermost parts that are named, each with the parts it is said to stand in."""
    if not named:
        return []
    depth = max(one.noun.depth for one in named)
    leaves = [one for one in named if one.noun.depth == depth]
    # “The last sentence of the narration”, “question 2 of the quiz”: the wider word only says where.
    if any(one.noun not in _WIDE for one in leaves):
        leaves = [one for one in leaves if one.noun not in _WIDE]
    return [(*_around(leaf, leaves, named), (leaf.noun, which)) for leaf in leaves for which in leaf.which]


def read(words: str) -> list[Address]:
    """The parts that words name, as tools are given them."""
    return addresses(mentions(masked(words)))


def told(address: Address) -> str:
    """The address in words that `read` understands again: “sentence 2 of slide 3 of lesson 1.2”."""
    return " of ".join(_step(noun, which) for noun, which in reversed(address))


def _step(noun: Noun, which: Which) -> str:
    if which.words:
        return f"{noun} {which.words}" if noun is Noun.LESSON and _is_number(which.words) else f"{noun} “{which.words}”"
    if which.place is None:
        return str(noun)
    if which.place < 0:
        return f"{'last' if which.place == -1 else f'{-which.place}-to-last'} {noun}"
    return f"{noun} {which.place}"


def _around(leaf: Mention, leaves: list[Mention], named: list[Mention]) -> list[tuple[Noun, Which]]:
    """What the leaf stands in: at each depth what is named next behind it, else the nearest before, else any."""
    later = [one.start for one in leaves if one.start > leaf.start]
    until = min(later, default=10**9)
    way: list[tuple[Noun, Which]] = []
    for depth in range(leaf.noun.depth):
        level = [one for one in named if one.noun.depth == depth]
        behind = [one for one in level if leaf.start < one.start < until]
        before = [one for one in level if one.start < leaf.start]
        chosen = behind[:1] or before[-1:] or level[:1]
        way += [(one.noun, one.which[0]) for one in chosen]
    return way


def _noun(match: re.Match[str]) -> Noun:
    groups = match.groupdict()
    if groups.get("lessons"):
        return Noun.LESSON
    word = groups["noun"]
    if word.lower() == "q":
        return Noun.QUESTION
    noun = next(noun for noun, pattern in _NOUN_OF if pattern.fullmatch(word))
    return Noun.CHOICE if noun is Noun.ANSWER and groups.get("ones") else noun


def _which(match: re.Match[str], said: Masked) -> tuple[Which, ...]:
    groups = match.groupdict()
    if ones := groups.get("ones") or groups.get("lessons"):
        return _places(match, ones)
    if groups.get("end"):
        count = min(number(groups["count"]), 20)
        places = range(1, count + 1) if groups["end"].lower() == "first" else range(-count, 0)
        return tuple(Which(place) for place in places)
    if groups.get("ordinals"):
        return tuple(Which(ordinal(one)) for one in re.findall(ORDINAL, groups["ordinals"], re.IGNORECASE))
    if groups.get("quoted"):
        return tuple(Which(words=one) for one in said.quoted(groups["quoted"]))
    if groups.get("words"):
        return (Which(words=said.plain(groups["words"]).strip()),)
    return (Which(),)


def _places(match: re.Match[str], ones: str) -> tuple[Which, ...]:
    noun = _noun(match)
    plural = (match.groupdict().get("noun") or "").lower().endswith("s")
    several = list(re.finditer(_ONE, ones, re.IGNORECASE))
    said = [one.group() for one in several]
    between = ones[several[0].end() : several[1].start()].strip().lower() if len(several) > 1 else ""
    if len(said) == 2 and (between in ("-", "–", "through") or (between == "to" and plural)):
        return _range(noun, *said)
    if between == "to":
        said = said[:1]
    return tuple(_one(noun, one) for one in said)


def _range(noun: Noun, first: str, last: str) -> tuple[Which, ...]:
    if noun is Noun.LESSON:
        module, _, start = first.partition(".")
        other, _, end = last.partition(".")
        if module == other and start.isdecimal() and end.isdecimal():
            return tuple(Which(words=f"{module}.{place}") for place in range(int(start), min(int(end), 40) + 1))
        return (_one(noun, first), _one(noun, last))
    return tuple(Which(place) for place in range(number(first), min(number(last), number(first) + 40) + 1))


def _one(noun: Noun, said: str) -> Which:
    if noun is Noun.LESSON:
        return Which(words="".join(said.split())) if "." in said else Which(number(said))
    if len(said) == 1 and said.isalpha():
        return Which(ord(said.upper()) - ord("A") + 1)
    return Which(number(said))


def _is_number(words: str) -> bool:
    return re.fullmatch(r"\d{1,2}\.\d{1,2}", words) is not None
