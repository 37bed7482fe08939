"""True sentences turned into false ones, as wrong choices: one thing in them is exchanged for its like or opposite."""

import re
from collections.abc import Iterator

from local_cloud.openai_api.author.distractors import others
from local_cloud.openai_api.author.layouts import shown
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.terms import key, lowered_first
from local_cloud.openai_api.author.words import capitalised, stems

_OPPOSITES_TEXT = """
increases/decreases increase/decrease increased/decreased more/less higher/lower larger/smaller greater/smaller
before/after inside/outside internal/external always/never gains/loses gain/lose gained/lost absorbs/releases
absorb/release absorbed/released positive/negative positively/negatively first/last begins/ends
strong/weak stronger/weaker north/south east/west northern/southern rises/falls rise/fall rose/fell
allows/prevents allow/prevent allowed/forbade opens/closes faster/slower high/low hot/cold warm/cool
longer/shorter many/few dominant/recessive active/inactive soluble/insoluble polar/nonpolar
saturated/unsaturated simple/complex large/small largest/smallest highest/lowest oldest/youngest
wins/loses won/lost accepts/rejects accepted/rejected public/private legal/illegal required/forbidden major/minor
requires/forbids permits/forbids permitted/forbidden lawful/unlawful direct/indirect cheap/expensive
wet/dry raw/cooked thick/thin sweet/bitter empty/full possible/impossible
can/cannot upper/lower
"""
_OPPOSITES: dict[str, str] = {}
for _pair in _OPPOSITES_TEXT.split():
    _one, _other = _pair.split("/")
    _OPPOSITES.setdefault(_one, _other)
    _OPPOSITES.setdefault(_other, _one)
_ANY = re.compile(rf"(?<![\w-])({'|'.join(sorted(_OPPOSITES, key=len, reverse=True))})(?![\w-])")
_SHORT = 20  # words
_AFFIRMED = re.compile(r"\b(is|are|was|were|may|must|could|will|would|should|shall|(?:has|have)(?= been))\b")
_NEGATED = re.compile(r"\b(is|are|was|were|may|must|could|will|would|should|shall|has|have) not\b")
_SOME = re.compile(
    r"^(?:some|many|most|several|not|few|a few|certain|other)\b|\b(?:no|never|neither|nor|only)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:not|no|never|neither|without|cannot)\b")


def falsehoods(text: str, sentence: Sentence, material: Material, known: list[str]) -> Iterator[str]:
    """What `text`, the sentence as it is shown, becomes with one exchange; nothing that the material says somewhere."""
    for false in (*_with_another_term(text, sentence, material, known), *_with_opposite(text)):
        if not _is_said(false, material):
            yield capitalised(false)


def denial(sentence: Sentence, material: Material) -> str:
    """The contrary of a rule or a fact, for texts with nothing to exchange; empty when it cannot be made."""
    text = shown(sentence) or (sentence.text.rstrip(".") if sentence.length <= _SHORT and sentence.stands_alone else "")
    if ": " in text or _AFFIRMED.search(text) is None or _SOME.search(text):
        return ""
    if _NEGATED.search(text):
        return _NEGATED.sub(r"\1", text, count=1)
    false = _AFFIRMED.sub(r"\1 not", text, count=1)
    return "" if false in material.text else false


def _with_opposite(text: str) -> Iterator[str]:
    """Exchanged once only: twice would be true again, as would “not less” for “more”."""
    found = _ANY.findall(text)
    if len(found) == 1 and not _DENIED.search(text):
        yield _ANY.sub(lambda match: _OPPOSITES[match[1]], text, count=1)


def _with_another_term(text: str, sentence: Sentence, material: Material, known: list[str]) -> Iterator[str]:
    said = key(text)
    for term in sorted(known, key=len, reverse=True):
        named = re.compile(rf"(?<![\w-]){re.escape(term)}(?![\w-])", re.IGNORECASE)
        if key(term) not in said or len(found := named.findall(text)) != 1:
            continue
        rest = [one for one in stems(text) if one not in set(stems(term))]
        for other in others(term, rest, material, known, sentence, strict=True):
            yield named.sub(other if found[0][:1].isupper() else lowered_first(other), text)


def _is_said(false: str, material: Material) -> bool:
    wanted = set(stems(false))
    return any(wanted <= one for one in material.claims)
