"""Sentences made into points for a slide: short, readable, and true without their neighbours."""

import re

from local_cloud.openai_api.author.prose import Sentence, keep_acronyms, without_leading
from local_cloud.openai_api.author.words import capitalised

LONGEST = 17  # words
_SHORTEST = 4
_WEAK_OPENING = re.compile(
    r"^(?:it is (?:important|worth|interesting) (?:to note )?that|there (?:is|are) evidence that|"
    r"(?:scientists|biologists|researchers) (?:know|believe|think) that|we (?:now )?know that)\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",\s(?:in fact|however|of course|in turn|for example|for instance|in contrast|therefore|thus|"
    r"too|as well|respectively),\s",
    re.IGNORECASE,
)
# Where a sentence can end early and stay true: what follows only adds to it.
_TAIL = re.compile(
    r"(?:;\s|—|\s–\s|:\s|,\s(?:which|who|whose|where|whereas|while|although|even though|meaning|"
    r"giving|allowing|resulting|making|"
    r"providing|requiring|releasing|forming|causing|leading|creating|ensuring|including|"
    r"especially|particularly|such as|"
    r"as well as|like|but|so|so that|and (?:it|they|this|these|that|is|are|has|have|can|may|the|"
    r"its|their)|or (?:it|they))\b|"
    r"\s(?:because|whereas|although|so that|such as|in order to|in a process (?:known|called)|"
    r"and (?:is|are|has|have|can|may|was|were|also))\s|,\s(?:a|an|the|one)\s)",
)
_HANGING = re.compile(
    r"\b(?:a|an|the|of|in|to|and|or|for|with|by|is|are|was|were|not|both|either|neither|between|"
    r"from|as|that|but|called|than)$",
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
_RESTRICTS = re.compile(r"\b(?:not|no|only|all|none|never|except|unless|few|most|some)\b", re.IGNORECASE)


def point(sentence: Sentence, longest: int = LONGEST) -> str | None:
    """The sentence as a point without a full stop, or None when it cannot be short and still be true."""
    if not sentence.stands_alone:
        return None
    text = keep_acronyms(sentence.quote)
    text = without_leading(text).rstrip(".!? ")
    text = capitalised(_ASIDE.sub(" ", _WEAK_OPENING.sub("", text)))
    fits = len(text.split()) <= (12 if "; " in text else longest)
    short = text if fits else _shortened(text, longest)
    if short is None or len(short.split()) < _SHORTEST or len(short) > 160:
        return None
    return re.sub(r"[;,]\s(?:in other words|therefore|thus|however|for example|that is)$", "", short.rstrip(" ,;:–—"))


def _shortened(text: str, longest: int) -> str | None:
    """The longest beginning that is a sentence by itself."""
    best: str | None = None
    for match in _TAIL.finditer(text):
        head = text[: match.start()].rstrip(" ,;:")
        if len(head.split()) > longest:
            break
        if _complete(head, match.group()):
            best = head
            if match.group().startswith(";"):
                break
    return best


def _complete(head: str, cut: str) -> bool:
    count = len(head.split())
    if count < 5 or _HANGING.search(head) or not _VERB.search(" ".join(head.split()[1:])):
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
