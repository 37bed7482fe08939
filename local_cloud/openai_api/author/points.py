"""Sentences made into points for a slide: short, readable, and true without their neighbours."""

import re

from local_cloud.openai_api.author.prose import Sentence, keep_acronyms, without_leading
from local_cloud.openai_api.author.words import capitalised

LONGEST = 17  # words
READABLE = 12  # words that can be taken in at a glance; what can be no longer than that is made so
_SHORTEST = 4
_WEAK_OPENING = re.compile(
    r"^(?:it is (?:important|worth|interesting) (?:to note )?that|there (?:is|are) evidence that|"
    r"(?:scientists|biologists|researchers) (?:know|believe|think) that|we (?:now )?know that)\s+",
    re.IGNORECASE,
)
# What stands between two commas and can go: “cells, such as yeast, can …”.
_INSERTED = re.compile(
    r"(?:,\s(?:which|who|whose|such as|including|like|especially|particularly|(?:also )?(?:called|known as))"
    r"\s[^;:]*?,|\s?—[^—]*—)\s?"
    r"(?=(?:to|is|are|was|were|has|have|had|can|cannot|could|may|might|must|will|would|do|does|[a-z]{3,}(?:s|ed))\b)"
)
_ASIDE = re.compile(
    r",\s(?:in fact|however|of course|in turn|for example|for instance|in contrast|therefore|thus|"
    r"too|as well|respectively),\s",
    re.IGNORECASE,
)
# Where a sentence can end early and stay true: what follows only adds to it.
_TAIL = re.compile(
    r"(?:;\s|—|\s–\s|:\s|,\s(?:which|who|whose|where|whereas|while|although|even though|because|since|with|both|each|"
    r"as (?!well)|especially|particularly|such as|as well as|like|so|so that|then|"
    r"but (?:it|they|this|these|that|the|an?|is|are|has|have|can|may|not|also|only|some|many|most)|"
    r"and (?:it|they|this|these|that|is|are|has|have|can|may|the|its|their)|or (?:it|they)|"
    r"[a-z]{3,}(?:ing|ed) (?:the|an?|to|in|on|as|at|into|with|from|by))\b|"
    r"\s(?:because|whereas|although|so that|such as|in order to|by [a-z]{3,}ing|in a process (?:known|called)|"
    r"and (?:is|are|has|have|can|may|was|were|also|then))\s|,\s(?:a|an|the|one)\s)",
)
_GOES_ON = re.compile(
    r",\s(?:to|is|are|was|were|has|have|can|may|must|will|do|does|cannot|[a-z]{3,}s(?! (?:and|or)\b)(?!,))\b"
)
_HANGING = re.compile(
    r"\b(?:a|an|the|of|in|to|and|or|for|with|by|is|are|was|were|not|both|either|neither|between|"
    r"from|as|that|but|called|than|certain|such|other|more|most|very|each|some|any|many|several|these|its|their|be|"
    r"been|can|may|will|also|into|on|at|through|during|which|who|when|where|because|allows?|only|about|following)$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:if|when|whenever|because|although|while|since|as|once|after|before|unless|even though|"
    r"whereas|in|during|for|to|at|by|with|unlike|like|under|within|from|on)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|may|might|must|will|would|do|does|did|[a-z]{3,}(?:s|ed))\b"
)
_SURE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|may|might|must|will|would|do|does|did|makes?|takes?|uses?|contains?)\b"
)
_ANNOUNCES = re.compile(
    r"\bthe following\b|\bas follows\b|, that \b|^to \w+ (?:this|that|it|these)\b|^let(?:’|')s\b", re.IGNORECASE
)
# “The law states that in a heterozygote”: a clause that has only begun.
_CLAUSE_BEGUN = re.compile(r"\bthat (?:in|when|if|for|at|on|during|as|after|before|once)\b[^,]*$", re.IGNORECASE)
# “Mendel was the first to see it”: what?
_POINTS_BACK = re.compile(r"\b(?:it|them|this|that|there|so|these|those|to do so)$", re.IGNORECASE)
_RESTRICTS = re.compile(r"\b(?:not|no|only|all|none|never|except|unless|few|most|some)\b", re.IGNORECASE)


def point(sentence: Sentence, longest: int = LONGEST) -> str | None:
    """The sentence as a point without a full stop, or None when it cannot be short and still be true."""
    if not sentence.stands_alone or _ANNOUNCES.search(sentence.text):
        return None
    text = keep_acronyms(sentence.quote)
    text = without_leading(text).rstrip(".!? ")
    text = capitalised(_ASIDE.sub(" ", _WEAK_OPENING.sub("", text)))
    if len(text.split()) > READABLE and not _CONDITION.match(text):
        text = _INSERTED.sub(_left_out, text)
    fits = len(text.split()) <= (READABLE if "; " in text else longest)
    readable = text if len(text.split()) <= READABLE else _shortened(text, READABLE)
    short = readable or (text if fits else _shortened(text, longest))
    if short is None or len(short.split()) < _SHORTEST or len(short) > 160 or _POINTS_BACK.search(short):
        return None
    return re.sub(r"[;,]\s(?:in other words|therefore|thus|however|for example|that is)$", "", short.rstrip(" ,;:–—"))


def _left_out(found: re.Match[str]) -> str:
    """An insertion goes only where the sentence still waits for its verb."""
    return found[0] if _SURE_VERB.search(found.string[: found.start()]) else " "


def _shortened(text: str, longest: int) -> str | None:
    """The longest beginning that is a sentence by itself."""
    best: str | None = None
    for match in _TAIL.finditer(text):
        head = text[: match.start()].rstrip(" ,;:")
        if len(head.split()) > longest:
            break
        if _complete(head, match.group()) and not _goes_on(text, match):
            best = head
            if match.group().startswith(";"):
                break
    return best


def _goes_on(text: str, cut: re.Match[str]) -> bool:
    """“cells, such as yeast, to change” – what follows the insertion belongs to what came before it."""
    return cut.group().startswith(",") and bool(_GOES_ON.search(text, cut.end()))


def _complete(head: str, cut: str) -> bool:
    count = len(head.split())
    # A participle at the end is no verb yet: “the energy released”.
    if count < 5 or _HANGING.search(head) or not _VERB.search(" ".join(head.split()[1:]).removesuffix("ed")):
        return False
    if _CLAUSE_BEGUN.search(head):
        return False
    if re.match(r"\w+ing\b", head) and not _SURE_VERB.search(head):
        return False
    if re.search(r"\beither\b(?!.*\bor\b)|\bboth\b(?!.*\band\b)|\bnot only\b", head, re.IGNORECASE):
        return False
    clauses = re.split(r",\s(?:while|whereas|but|and|or)\s", head)
    if len(clauses) > 1 and not _VERB.search(" ".join(clauses[-1].split()[2:])):
        return False
    if _CONDITION.match(head) and (
        "," not in head or len(head.rsplit(", ", 1)[1].split()) < 3 or not _VERB.search(head.rsplit(", ", 1)[1])
    ):
        return False
    # “X is true, but …”: without the rest it would say too much.
    if cut.strip(" ,").startswith(("but", "although", "even", "unless")) and _RESTRICTS.search(head):
        return False
    opened = head.count("“") > head.count("”")
    return not opened and not (cut.startswith(",") and _in_enumeration(head))


def _in_enumeration(head: str) -> bool:
    """“monosaccharides, disaccharides” – cut before the last item, an enumeration loses it."""
    return bool(re.search(r",\s[^,]{1,30}$", head)) and not _CONDITION.match(head)
