"""Sentences made shorter without being made false: openings, insertions and wordy phrases that can go."""

import re
from collections.abc import Iterator

from local_cloud.openai_api.author.verbs import AUXILIARIES, carries, is_finite
from local_cloud.openai_api.author.words import capitalised, words

_WEAK_OPENING = re.compile(
    r"^(?:it is (?:important|worth|interesting|useful|essential) (?:to (?:note|know|remember) )?that|"
    r"there (?:is|are) evidence that|it (?:has been|is|was) (?:found|shown|known|well known|clear|estimated) that|"
    r"(?:scientists|biologists|researchers|historians|experts|people) (?:have )?(?:long )?(?:know|knew|known|believe|"
    r"think|agree|noticed|found|discovered|learned|shown) that|we (?:now )?know that|(?:recall|note|remember) that)\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",\s(?:in fact|however|of course|in turn|for example|for instance|in contrast|therefore|thus|in general|instead|"
    r"too|as well|respectively|in other words|by contrast|on the other hand|in particular|moreover|then|also),\s",
    re.IGNORECASE,
)
# What goes before the comma adds why, or what it is set against; the main clause is true without it.
_OPENING_PHRASE = re.compile(
    r"^(?:because of|due to|despite|in spite of|in addition to|besides|as a result of|as a consequence of|rather than|"
    r"instead of|apart from|like|unlike|along with|together with|thanks to|as part of)\s[^,]{3,90},\s"
)
_OPENING_CLAUSE = re.compile(
    r"^(?:although|though|even though|while|whereas|because|since|as|not only)\s[^,]{6,110},\s",
)
# A list that goes on, or a word for what the opening named.
_NEEDS_OPENING = re.compile(r"^(?:and|or|but|then|so|\w+, (?:and|or))\b|\b(?:it|they|them|this|these|those)\b")
_WORDY = (
    (re.compile(r"\b(?:is|are) able to\b"), "can"),
    (re.compile(r"\b(?:has|have) the (?:ability|capacity) to\b"), "can"),
    (re.compile(r"\bin order to\b"), "to"),
    (re.compile(r"\bas well as\b"), "and"),
    (re.compile(r"\b(?:due to|because of) the fact that\b"), "because"),
    (re.compile(r"\bthe (?:ways|way|manner) in which\b"), "how"),
    (re.compile(r"\ba (?:large |great |wide )?(?:variety|number|range) of\b"), "many"),
    (re.compile(r"\bthe (?:vast )?majority of\b"), "most"),
    (re.compile(r"\b(?:referred to|known) as\b"), "called"),
    (re.compile(r"\bat the same time\b"), "together"),
    (
        re.compile(
            r"\b(?:very|actually|essentially|simply|quite|rather|themselves|particularly|especially|indeed|also|"
            r"thus|therefore|hence|newly|highly) (?=[a-z])"
        ),
        "",
    ),
)
# What stands between two commas and can go: “cells, such as yeast, can …”.
_INSERTED = re.compile(
    r"(?:,\s(?:which|who|whose|such as|including|like|especially|particularly|or|usually|even|"
    r"(?:also |sometimes |often )?(?:called|known as|named|referred to as))\s[^;:,]*(?:,[^;:,]*){0,5}?,|"
    r",\s(?:an?|the|one of|both)\s[^;:,]{3,70},|\s?—[^—]*—|\s–\s[^–]*\s–)\s?(?=(?P<next>[a-z]+)\b)"
)


def variants(text: str) -> Iterator[str]:
    """The sentence, and shorter ones that are as true, each shorter than the one before."""
    text = capitalised(_without_asides(text))
    seen = {text}
    yield text
    for change in (_plainer, _without_opening, _without_insertions, _plainer):
        text = capitalised(change(text))
        if text not in seen:
            seen.add(text)
            yield text


def _plainer(text: str) -> str:
    for pattern, short in _WORDY:
        text = pattern.sub(short, text)
    return text


def _without_asides(text: str) -> str:
    return _ASIDE.sub(" ", _WEAK_OPENING.sub("", text))


def _without_opening(text: str) -> str:
    """Without a beginning that only gives a reason or a contrast."""
    small = text[:1].lower() + text[1:]
    for pattern, clause in ((_OPENING_PHRASE, False), (_OPENING_CLAUSE, True)):
        found = pattern.match(small)
        if found is None or (clause and not carries(found[0])):
            continue
        rest = small[found.end() :]
        if not _NEEDS_OPENING.search(rest) and carries(rest):
            return rest
    return text


def _without_insertions(text: str) -> str:
    return _INSERTED.sub(_left_out, text)


def _left_out(found: re.Match[str]) -> str:
    """An insertion goes only where the sentence still waits for its verb, and the verb comes at once."""
    before = [word.lower() for word in words(found.string[: found.start()])]
    waits = not any(map(is_finite, before))
    enumerated = re.search(r", (?:and|or) [^,]*,$", found[0].rstrip()) and not re.match(
        r",\s(?:such as|including|like|which|who)\b", found[0]
    )
    verb = is_finite(found["next"]) or found["next"] in AUXILIARIES
    return " " if waits and verb and not enumerated else found[0]
