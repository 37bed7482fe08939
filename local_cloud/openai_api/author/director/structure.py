"""Wishes for order and cut: remove, move, swap, merge, split, duplicate; for parts of every kind."""

import re

from course.addresses import Address, Noun, Which, told
from course.numerals import NUMBER, ORDINAL, number, ordinal
from course.quotes import MARK, Masked
from local_cloud.openai_api.author.director.clause import Clause
from local_cloud.openai_api.author.director.tools import Wish

_ENDS = r"(?:beginning|start|top|front|end|bottom|first place|last place|first|last|very end|very beginning)"
_POSITION = re.compile(
    r"\b(?:"
    r"(?P<beside>(?:right |just |directly |immediately )?(?:before|after|behind|in front of|ahead of|following|"
    r"below|above))"
    r"\s+(?P<neighbour>.+)"
    rf"|(?:(?:to|at|as|into|in) )?(?:the )?(?P<end>{_ENDS})\b"
    rf"|(?:to|as|into|in) (?:the )?(?:position|place|number|no\.?|slot)\s*(?P<place>{NUMBER})"
    rf"|(?:to|as|into|in) (?:the )?(?P<nth>{ORDINAL})(?: (?:place|position|slot|one))?(?=\s*(?:$|[,.]|in\b|of\b))"
    rf"|(?:to|into|under|inside|over to) (?P<into>(?:the )?(?:end of |start of |"
    rf"beginning of )?(?:the )?(?:(?:{ORDINAL}) )?"
    r"(?:module|lesson)s?\b.*|\d{1,2}\.\d{1,2}.*)"
    rf"|to (?:slide |question |bullet |objective )?(?P<bare>{NUMBER})(?!\.\d)\b"
    r"|(?P<step>(?:one )?(?:up|down)|one (?:place )?(?:up|down|earlier|later)|earlier|later|forward|backwards)\b"
    r")",
    re.IGNORECASE,
)
_SHOULD_STAND = re.compile(
    r"\b(?:should|must|ought to|has to|needs to|belongs?)\s+(?:come|go|stand|be|appear|be moved|be placed|follow)?\s*",
    re.IGNORECASE,
)
_MADE = re.compile(
    rf"\s+(?:be\s+)?the\s+(?P<nth>{ORDINAL})(?:\s+(?:slide|lesson|module|question|objective|bullet(?: point)?|"
    rf"sentence|one))?"
    r"(?=\s*(?:$|[,.]|in (?:lesson |module )?\d|of (?:lesson |module )?\d))",
    re.IGNORECASE,
)
_COMES = re.compile(r"\s+(?:come|go|appear|stand)\s+", re.IGNORECASE)
_TRADED = re.compile(r"\b(?:trade|swap|switch|exchange|change) (?:places|positions)\b", re.IGNORECASE)
_CUT = re.compile(
    rf"\b(?P<side>after|behind|following|before|at|from)\s+(?:the\s+)?(?:(?:slides?|lessons?|bullets?|points?|"
    rf"steps?)\s+)?"
    rf"(?:number\s+|no\.?\s*)?(?:(?P<lesson>\d{{1,2}}\.\d{{1,2}})|(?P<number>{NUMBER})|"
    rf"(?:(?P<ordinal>{ORDINAL})\s+(?:slides?|lessons?|bullets?|points?|steps?)))(?P<on>\s+on(?:wards?)?)?",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r",?\s*(?:(?:and|then)\s+)?\b(?:(?:call|name|title)(?:ed|d|ing)?\s+(?:it|that|this|them|the (?:new|second|merged|"
    rf"combined|result\w*)?\s*(?:one|lesson|module|slide|half|part|copy|result)?)?\s*|(?:called|named|titled|"
    rf"entitled)\s+|"
    rf"(?:with|under) the title\s+|as\s+(?={MARK}))(?P<title>.+)$",
    re.IGNORECASE,
)
_CALLED_IT = re.compile(
    r"^\s*(?:and |then )?(?:call|name|title|rename)\s+(?:it|the (?:new|second|merged|combined|resulting|copied)\s*"
    r"(?:one|lesson|module|slide|half|part|copy)?|the (?:copy|result|second half))\s+(?:to |as )?(?P<title>.+)$",
    re.IGNORECASE,
)
_FOLDED = re.compile(
    r"\b(?:fold|merge|roll|absorb|integrate|put)\b(?P<what>.+?)\b(?:into|in)\b(?P<into>.+)$", re.IGNORECASE
)
_CONTENTS = re.compile(
    r"\b(?:everything|anything|all (?:the )?(?:texts?|contents?))\s+(?:on|in|from|of|but|except)\b", re.IGNORECASE
)
_SHORTENS = re.compile(r"\b(?:down|short|back|in (?:two|half)|into)\b|\bto \w+ min", re.IGNORECASE)


def removed(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Drop the third bullet on slide 2 of 1.1”; all that is named goes at once."""
    rest = clause.text[verb.end() :]
    if verb.group().lower() == "cut" and _SHORTENS.search(rest):
        return []
    if _CONTENTS.search(rest):
        return []
    rest = re.sub(r"\ball\b(?: of)?(?: the)? (?:quiz )?questions\b", "the quiz", rest, flags=re.IGNORECASE)
    ways = clause.ways(clause.text[: verb.start()], rest)
    if not ways or ways[0][-1][0] in (Noun.COURSE, Noun.TITLE):
        return []
    return [Wish("remove", {"target": _several(ways)})]


def moved(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Move slide 3 of 1.2 after slide 5”, “put the question about osmosis first”."""
    before, rest = clause.text[: verb.start()], clause.text[verb.end() :]
    if verb.group().lower() == "put" and re.match(rf"\s*{MARK}\s+(?:as|on|onto|in|into|to|after|before|at)\b", rest):
        return []  # words to put there, not a part to move
    match = next((one for one in _POSITION.finditer(rest) if rest[: one.start()].strip()), None)
    if match is None:
        return []
    return _moved(clause, [before, rest[: match.start()]], match, rest)


def made(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Make module 3 the first module”, “have lesson 1.3 come before 1.2”."""
    before, rest = clause.text[: verb.start()], clause.text[verb.end() :]
    if match := _MADE.search(rest):
        ways = clause.ways(before, rest[: match.start()])
        place = ordinal(match["nth"])
        position = {1: "first", -1: "last"}.get(place, f"place {place}")
        return [Wish("move", {"target": _several(ways), "position": position})] if ways and ways[0][-1][0].depth else []
    comes = _COMES.search(rest)
    match = _POSITION.match(rest[comes.end() :]) if comes else None
    return _moved(clause, [before, rest[: comes.start()]], match, rest[comes.end() :]) if comes and match else []


def should_stand(clause: Clause) -> list[Wish]:
    """“The question about osmosis should come first”."""
    should = _SHOULD_STAND.search(clause.text)
    if should is None:
        return []
    rest = re.sub(r"^in(?=\s+(?:the\s+)?(?:\w+\s+)?(?:module|lesson)\b)", "into", clause.text[should.end() :])
    match = _POSITION.match(rest)
    return _moved(clause, [clause.text[: should.start()]], match, rest) if match else []


def _moved(clause: Clause, what: list[str], match: re.Match[str], rest: str) -> list[Wish]:
    beside = match["neighbour"] or ""
    behind = "" if beside or match["into"] else rest[match.end() :]
    ways = clause.ways(*what, behind)
    if (title := re.match(rf"\s*({MARK})\s*$", what[-1])) and (not ways or ways[0][-1][0].depth < 3):
        # “Put ‘Enzymes’ first in 1.2”: what stands in quotation marks is a slide of that name.
        ways = [(*(ways[0] if ways else ()), (Noun.SLIDE, Which(words=clause.plain(title[1]))))]
    if not ways or ways[0][-1][0] in (Noun.COURSE, Noun.TITLE, Noun.NARRATION):
        return []
    if beside and not _says_lesson(ways[0]) and ways[0][-1][0].depth > 2:
        ways = clause.ways(*what, *_lesson_of(beside)) or ways
    position = _position(clause, match, ways[0])
    return [Wish("move", {"target": _several(ways), "position": position})]


def _lesson_of(words: str) -> list[str]:
    found = re.findall(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.]*\d)", words)
    return [f"lesson {found[0]}"] if found else []


def _position(clause: Clause, match: re.Match[str], way: Address) -> str:
    """The place in the words the tool takes."""
    if match["beside"]:
        side = "before" if re.search(r"before|front|ahead|above", match["beside"], re.IGNORECASE) else "after"
        return f"{side} {_neighbour(clause, match['neighbour'], way)}"
    if match["end"]:
        return _at_an_end(clause, match, way)
    if match["into"]:
        return _into(clause, match["into"])
    if match["step"]:
        return "up" if re.search(r"up|earlier|forward", match["step"], re.IGNORECASE) else "down"
    if match["nth"]:
        nth = ordinal(match["nth"])
        return {1: "first", -1: "last"}.get(nth, f"place {nth}")
    return f"place {number(match['place'] or match['bare'])}"


def _at_an_end(clause: Clause, match: re.Match[str], way: Address) -> str:
    """First or last; of another module when a lesson is moved there."""
    place = "last" if re.search(r"end|bottom|last", match["end"], re.IGNORECASE) else "first"
    of = re.match(r"\s+of\s+(?:the\s+)?(module\b.*)", match.string[match.end() :], re.IGNORECASE)
    named = clause.ways(of[1]) if of and way[-1][0] is Noun.LESSON else []
    return f"{place} in {told(named[0])}" if named and named[0][-1][0] is Noun.MODULE else place


def _into(clause: Clause, words: str) -> str:
    named = clause.ways(words)
    into = told(named[0]) if named else clause.plain(words).strip(" .")
    first = re.search(r"\b(?:start|beginning) of\b|\b(?:first|top)\s*$", words, re.IGNORECASE)
    return f"into {into}{' first' if first else ''}"


def _neighbour(clause: Clause, words: str, way: Address) -> str:
    """The sibling named; “slide 5”, or only “5” or “the last one”, is of the same kind and lesson."""
    noun = way[-1][0]
    named = [one for one in clause.ways(words) if one[-1][0] is noun]
    if named:
        return told(_near(named[0], way))
    if match := re.match(
        rf"\s*(?:the\s+)?(?:(?P<ordinal>{ORDINAL})(?:\s+one)?|(?P<number>{NUMBER})(?!\.\d))", words, re.IGNORECASE
    ):
        place = ordinal(match["ordinal"]) if match["ordinal"] else number(match["number"])
        return told((*way[:-1], (noun, Which(place))))
    return clause.plain(words).strip(" .")


def _near(neighbour: Address, way: Address) -> Address:
    """In the same slide or lesson unless another is named."""
    own = dict(neighbour)
    missing = [step for step in way[:-1] if step[0] not in own and step[0].depth < neighbour[-1][0].depth]
    return (*missing, *neighbour)


def traded(clause: Clause) -> list[Wish]:
    """“Have modules 1 and 2 trade places”."""
    if not _TRADED.search(clause.text):
        return []
    ways = clause.ways(clause.text)
    return [Wish("arrange", {"operation": "swap", "target": _several(ways)})] if len(ways) == 2 else []


def swapped(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Swap modules 2 and 3”."""
    ways = clause.ways(clause.text[: verb.start()], clause.text[verb.end() :])
    if len(ways) != 2:
        return []
    return [Wish("arrange", {"operation": "swap", "target": _several(ways)})]


def merged(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Merge 1.2 and 1.3”, “fold lesson 1.3 into 1.2”."""
    body, title = _title(clause, clause.text[verb.start() :])
    before = clause.text[: verb.start()]
    folded = _FOLDED.search(body)
    ways = clause.ways(before, body)
    if folded and (into := clause.ways(folded["into"])) and into[0][-1][0].depth < 4:
        what = clause.ways(before, folded["what"])
        ways = [*into, *(_near(one, into[0]) for one in what)] if what and into[0][-1][0] is what[0][-1][0] else ways
    ways = [way for way in dict.fromkeys(ways) if not way[-1][1].open]
    if len(ways) < 2 or ways[0][-1][0] not in (Noun.MODULE, Noun.LESSON, Noun.SLIDE):
        return []
    return [Wish("arrange", {"operation": "merge", "target": _several(ways), "title": title})]


def split(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Split lesson 2.1 after slide 3”, “divide module 2 at lesson 2.3”."""
    body, title = _title(clause, clause.text[verb.end() :])
    cut = _CUT.search(body)
    what = body if cut is None else f"{body[: cut.start()]} , {body[cut.end() :]}"
    ways = clause.ways(clause.text[: verb.start()], what)
    if not ways or ways[0][-1][0] not in (Noun.MODULE, Noun.LESSON, Noun.SLIDE):
        return []
    after = None if cut is None else _after(cut, ways[0])
    return [Wish("arrange", {"operation": "split", "target": told(ways[0]), "after": after, "title": title})]


def _after(cut: re.Match[str], way: Address) -> int | None:
    if cut["lesson"]:
        place = int(cut["lesson"].partition(".")[2])
    elif cut["ordinal"]:
        place = ordinal(cut["ordinal"])
    else:
        place = number(cut["number"])
    at = cut["side"].lower() in ("before", "at", "from")
    return place - at if place > 0 and way else None


def duplicated(clause: Clause, verb: re.Match[str]) -> list[Wish]:
    """“Duplicate slide 2 of 1.1”, “make a copy of lesson 1.2 called …”."""
    body, title = _title(clause, clause.text[verb.end() :])
    ways = clause.ways(clause.text[: verb.start()], body)
    if not ways or ways[0][-1][0] is Noun.COURSE or ways[0][-1][0].depth > 3:
        return []
    return [Wish("arrange", {"operation": "duplicate", "target": told(ways[0]), "title": title})]


def _title(clause: Clause, body: str) -> tuple[str, str | None]:
    match = _CALLED.search(body)
    if match is None or not match["title"].strip():
        return body, None
    quoted = clause.said.quoted(match["title"])
    words = quoted[-1] if quoted else clause.plain(match["title"]).strip(" .,")
    return (body[: match.start()], words) if words else (body, None)


def _several(ways: list[Address]) -> str:
    return " and ".join(told(one) for one in dict.fromkeys(ways))


def _says_lesson(way: Address) -> bool:
    return any(noun is Noun.LESSON for noun, _ in way)


def called(said: Masked) -> str | None:
    """The title in “… and call it X”, when that is all a clause says."""
    match = _CALLED_IT.match(said.text)
    if match is None:
        return None
    quoted = said.quoted(match["title"])
    return quoted[-1] if quoted else said.plain(match["title"]).strip(" .,") or None
