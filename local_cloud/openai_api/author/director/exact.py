"""Wishes for exact changes: the verb says what to do, the address where, the rest with which words."""

import re
from collections.abc import Callable

from course.quotes import MARK, Masked
from local_cloud.openai_api.author.director import additions, layouts, replacing, structure, wording
from local_cloud.openai_api.author.director.clause import Clause
from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.tools import Wish
from local_cloud.openai_api.author.director.typos import mended

# Longer than any wish: pasted text.
_LONGEST = 4_000
_Rule = Callable[[Clause, re.Match[str]], list[Wish]]

_VERBS: tuple[tuple[str, tuple[_Rule, ...]], ...] = (
    (r"rename|re-?title|call|name|entitle|title(?=\s+(?:slide|lesson|module|it|the))", (wording.renamed,)),
    (r"swap|exchange|switch|interchange|flip|trade|reverse", (structure.swapped, wording.replaced)),
    (
        (
            r"merge|combine|join|unite|fuse|consolidate|fold|roll|put(?=.+\btogether\b)|bring(?=.+\btogether\b)|"
            r"make one (?=\w+ (?:out )?(?:of|from))|turn(?=.+\binto (?:one|a single)\b)"
        ),
        (structure.merged,),
    ),
    (
        (
            r"split|divide|break(?: up)?|separate|cut(?=.+\b(?:in (?:two|half)|into two)\b)|turn(?=.+\binto two\b)|"
            r"make two (?=\w+ (?:out )?(?:of|from))"
        ),
        (structure.split,),
    ),
    (r"duplicate|clone|copy|(?:make|create|add) an? (?:copy|duplicate) of|repeat", (structure.duplicated,)),
    (r"replace|substitute|exchange|spell|capitali[sz]e|write(?=\s+\S as\b)", (wording.replaced,)),
    (
        (
            r"remove|delete|drop|get rid of|take out|throw out|throw away|leave out|scrap|erase|strike(?: out)?|omit|"
            r"lose|cut(?: out)?|kill|ditch|eliminate|discard|clear|blank|wipe|empty|take(?=.+\b(?:out|away|off)\b)"
        ),
        (replacing.without, structure.removed),
    ),
    (
        r"move|put|place|shift|bring|push|pull|reposition|relocate|slide(?=\s+(?:slide|lesson|module))",
        (structure.moved,),
    ),
    (
        (
            r"add|insert|append|include|attach|put|write|give|create|tack on|throw in|supplement|needs?|gets?|"
            r"could use|should (?:have|get)"
        ),
        (wording.entitled, additions.added),
    ),
    (
        (
            r"change|set|make|update|edit|modify|alter|fix|correct|turn|rewrite|re-?word|re-?phrase|let|have|adjust|amend|"
            r"convert|show|display|present|lay out|use|format|transform|"
            r"i(?:’|')d like|i would like|i want|i need|we need|we want"
        ),
        (layouts.laid_out, wording.changed, structure.made),
    ),
)
_COMPILED = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), rules) for words, rules in _VERBS)
_GONE = re.compile(
    r"\b(?:can|should|must|may|has to|have to|needs to|need to)\s+(?:go|be (?:removed|deleted|dropped|cut))\b(?!\s+\w)|"
    r"\b(?:is|are) (?:superfluous|redundant|not needed|unnecessary)\b",
    re.IGNORECASE,
)
_UNWANTED = re.compile(r"^(?:we|i) (?:do not|don.t|no longer) (?:need|want)\s+", re.IGNORECASE)
_STYLE = re.compile(
    r"\b(?:simpl\w+|easier|shorter|longer|clearer|friendlier|livelier|formal|concise|brief\w*|detail\w*|more|"
    r"less|fewer)\b",
    re.IGNORECASE,
)


def exact(said: Masked, talk: Conversation) -> list[Wish]:
    """What a clause asks for exactly; nothing when it needs a writer, or is no such wish."""
    if not talk.outline.modules or len(said.text) > _LONGEST:
        return []
    clause = Clause(said, talk)
    return _understood(clause) or _once_mended(clause)


def _once_mended(clause: Clause) -> list[Wish]:
    text = mended(clause.text)
    return _understood(Clause(clause.said.again(text), clause.talk)) if text != clause.text else []


def _understood(clause: Clause) -> list[Wish]:
    for whole in (wording.answered, replacing.instead, structure.traded):
        if found := whole(clause):
            return found
    if _is_style(clause):
        return []
    matches = [(match, rules) for pattern, rules in _COMPILED if (match := pattern.search(clause.text))]
    first = min((match.start() for match, _ in matches), default=-1)
    for verb, rules in matches:
        if verb.start() == first and (wishes := _by_rules(clause, verb, rules)):
            return wishes
    return _unwanted(clause) or wording.demanded(clause) or structure.should_stand(clause)


def _by_rules(clause: Clause, verb: re.Match[str], rules: tuple[_Rule, ...]) -> list[Wish]:
    return next((wishes for rule in rules if (wishes := rule(clause, verb))), [])


def _unwanted(clause: Clause) -> list[Wish]:
    """“Slide 4 of 1.2 can go”, “we do not need the second objective of 1.1”."""
    for pattern in (_GONE, _UNWANTED):
        if match := pattern.search(clause.text):
            rest = f"{clause.text[: match.start()]} , {clause.text[match.end() :]}"
            verb = re.search("$", "")
            return structure.removed(Clause(clause.said.again(rest), clause.talk), verb) if verb else []
    return []


def _is_style(clause: Clause) -> bool:
    """“Make slide 3 simpler” goes to the writer: no words are given."""
    return (
        bool(_STYLE.search(clause.text))
        and not re.search(MARK, clause.text)
        and not re.search(
            r"\b(?:rename|retitle|call|swap|merge|split|duplicate|move|remove|delete|drop|one more)\b|"
            r"\bto say\b|:\s|\b(?:tone|audience)\b",
            clause.text,
            re.IGNORECASE,
        )
    )
