"""Sentences made into points for a slide: short, readable, and true without their neighbours."""

import re
from collections.abc import Iterator

from local_cloud.openai_api.author.compression import variants
from local_cloud.openai_api.author.prose import Sentence, keep_acronyms, without_leading
from local_cloud.openai_api.author.verbs import carries, is_finite, main_verbs, may_be_finite
from local_cloud.openai_api.author.words import capitalised, words

READABLE = 12  # words that can be taken in at a glance
_SHORTEST = 4
# Where a sentence can end early and stay true: what follows only adds to it.
_TAIL = re.compile(
    r"(?:;\s|—|\s–\s|:\s|,\s(?:which|who|whose|where|whereas|while|although|even though|because|since|with|both|each|"
    r"as (?!well)|especially|particularly|such as|as well as|like|so|so that|then|not|rather than|"
    r"but (?:it|they|this|these|that|the|an?|is|are|has|have|can|may|not|also|only|some|many|most)|"
    r"and (?:it|they|this|these|that|is|are|has|have|can|may|the|its|their)|or (?:it|they)|"
    r"(?:and|but) (?:\w+ ){1,5}?(?:is|are|was|were|has|have|had|can|may|will|must|do|does)|"
    r"[a-z]{3,}(?:ing|ed) (?:the|an?|to|in|on|as|at|into|with|from|by))\b|"
    r"\s(?:because|whereas|although|so that|such as|in order to|by [a-z]{3,}ing|in a process (?:known|called)|"
    r"along with|together with|in addition to|as a result of|by means of|rather than|instead of|throughout|"
    r"and (?:also|then))\s|"
    r"\sand (?P<verb>[a-z]+)\s|,\s(?:a|an|the|one)\s)",
)
# After these a phrase says where, when or how: it is whole without.
_ADJUNCT = re.compile(
    r",\s|\s(?:when|while|until|before|after|during|within|as|if|so|to|into|onto|over|under|across|through|with|without|"
    r"using|from|for|on|in|at|by|and)\s"
)
_GOES_ON = re.compile(
    r",\s(?:to|is|are|was|were|has|have|can|may|must|will|do|does|cannot|[a-z]{3,}s(?! (?:and|or)\b)(?!,))\b"
)
_HANGING = re.compile(
    r"\b(?:a|an|the|of|in|to|and|or|for|with|by|is|are|was|were|not|both|either|neither|between|"
    r"from|as|that|but|called|than|certain|such|other|more|most|very|each|some|any|many|several|these|its|their|be|"
    r"been|can|may|will|also|into|on|at|through|during|which|who|when|where|because|allows?|only|about|following|"
    r"must|should|would|could|might|has|have|had|his|her|our|your|if|whether|how|why|until|unless|per|over|under|"
    r"possibly|perhaps|usually|often|mainly|mostly|namely|partly|largely|primarily|even|just)$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:if|when|whenever|because|although|while|since|as|once|after|before|unless|even though|"
    r"whereas|in|during|for|to|at|by|with|unlike|like|under|within|from|on)\b",
    re.IGNORECASE,
)
_SUBORDINATE = frozenset(["that", "which", "who", "whose", "where", "whether", "how", "why", "if", "when", "because"])
_RELATIVE = frozenset(["that", "which", "who", "whose", "where"])
_ANNOUNCES = re.compile(
    r"\bthe following\b|\bas follows\b|, that \b|^to \w+ (?:this|that|it|these)\b|^let(?:’|')s\b|^we\b|"
    r"^for (?:example|instance)\b|^(?:most|many|some) people\b|\bprovides? an example\b|\bexists?$|"
    r"^(?:some |an? |other |another )?examples?\b|^the situation\b|\b(?:above|below)\b|"
    r"^the (?:only|same|other|next|last|previous|question|answer|problem|reason|exception)\b|"
    r"^(?:there (?:is|are) (?:another|other|one|no|also)|one (?:reason|way|example)|some (?:of )?(?:these|them))\b",
    re.IGNORECASE,
)
# “… exist in several kinds:” without the kinds.
_PROMISES = re.compile(
    r"^there\b|\b(?:several|various|many|certain|some|different|number|approach|ways?|things?)\b", re.IGNORECASE
)
# “The law states that in a heterozygote”: a clause that has only begun.
_CLAUSE_BEGUN = re.compile(r"\bthat (?:in|when|if|for|at|on|during|as|after|before|once)\b[^,]*$", re.IGNORECASE)
# “Mendel was the first to see it”: what?
_POINTS_BACK = re.compile(r"\b(?:it|them|this|that|there|so|these|those|others?|to do so)$", re.IGNORECASE)
_POINTS_BACK_INSIDE = re.compile(
    r"^(?:[^,]*,\s|\w+\s)?(?:it|they|this|these|those|its|their|he|she|his|her)\b", re.IGNORECASE
)
_RESTRICTS = re.compile(r"\b(?:not|no|only|all|none|never|except|unless|few|most|some|always|every)\b", re.IGNORECASE)


def point(sentence: Sentence, longest: int = READABLE) -> str | None:
    """The sentence as a point without a full stop, or None when it cannot be short and still be true."""
    if not sentence.stands_alone or _ANNOUNCES.search(sentence.text):
        return None
    text = without_leading(keep_acronyms(sentence.quote)).rstrip(".!? ")
    for short in _shorter(text, longest):
        if _reads(short):
            return re.sub(
                r"[;,]\s(?:in other words|therefore|thus|however|for example|that is)$", "", short.rstrip(" ,;:–—")
            )
    return None


def phrase(text: str, longest: int, *, loosely: bool = False) -> str | None:
    """A meaning, a step or what is said of something, short enough to be shown; None when it cannot be cut.

    `loosely` cuts before where, when and how as well, which an instruction can do without on a slide.
    """
    text = next(variants(text.rstrip(".!? ")))
    for short in variants(text):
        if len(short.split()) <= longest:
            return short
    cuts = [match.start() for pattern in (_TAIL, *([_ADJUNCT] if loosely else [])) for match in pattern.finditer(text)]
    for at in sorted(cuts, reverse=True):
        head = text[:at].rstrip(" ,;:–—")
        if 3 <= len(head.split()) <= longest and _ends_well(head):
            return head
    return None


def _ends_well(head: str) -> bool:
    said = [word.lower() for word in words(head)]
    begun = [place for place, word in enumerate(said) if word in _SUBORDINATE and place > 0]
    finished = all(
        any(map(may_be_finite, said[place + 1 :])) for place in begun if said[place + 1 : place + 2] != ["of"]
    )
    unpaired = re.search(r"\beither\b(?!.*\bor\b)|\b(?:both|between)\b(?!.*\band\b)", head)
    return finished and not (_HANGING.search(head) or unpaired or _in_enumeration(head))


def _shorter(text: str, longest: int) -> Iterator[str]:
    """What fits: the whole with little left out, else its own beginning."""
    tried = list(variants(text))
    yield from (one for one in tried if len(one.split()) <= longest and not ("; " in one and longest <= READABLE))
    yield from (cut for one in tried if (cut := _beginning(one, longest)))


def _reads(text: str) -> bool:
    whole = not (_POINTS_BACK.search(text) or _POINTS_BACK_INSIDE.match(text) or _ANNOUNCES.search(text))
    return whole and len(text.split()) >= _SHORTEST and len(text) <= 160


def _beginning(text: str, longest: int) -> str | None:
    """The longest beginning that is a sentence by itself."""
    best: str | None = None
    for match in _TAIL.finditer(text):
        head = text[: match.start()].rstrip(" ,;:")
        if len(head.split()) > longest:
            break
        if match["verb"] and not is_finite(match["verb"]):
            continue
        if _complete(head, match.group()) and not _goes_on(text, match) and _has_its_verb(head, text[match.end() :]):
            best = capitalised(head)
            if match.group().startswith(";"):
                break
    return best


def _goes_on(text: str, cut: re.Match[str]) -> bool:
    """“cells, such as yeast, to change” – what follows the insertion belongs to what came before it."""
    return cut.group().startswith(",") and bool(_GOES_ON.search(text, cut.end()))


def _has_its_verb(head: str, rest: str) -> bool:
    """“Energy stored in sugars” – its verb may be in what is cut off."""
    sure, waiting = (any(is_finite(word.lower()) for word in words(text)) for text in (head, rest))
    return sure or not waiting


def _complete(head: str, cut: str) -> bool:
    if len(head.split()) < 5 or _HANGING.search(head) or not carries(head) or not _clauses_end(head):
        return False
    if _CLAUSE_BEGUN.search(head) or (re.match(r"\w+ing\b", head) and not main_verbs(head.lower().split())):
        return False
    if re.search(r"\beither\b(?!.*\bor\b)|\bboth\b(?!.*\band\b)|\bnot only\b|\bso \w+$", head, re.IGNORECASE):
        return False
    clauses = re.split(r",\s(?:while|whereas|but|and|or)\s", head)
    if len(clauses) > 1 and not carries(clauses[-1]):
        return False
    if _CONDITION.match(head) and not (", " in head and carries(head.rsplit(", ", 1)[1])):
        return False
    # “X is true, but …”: without the rest it would say too much.
    if cut.strip(" ,").startswith(("but", "although", "even", "unless")) and _RESTRICTS.search(head):
        return False
    if cut.strip().startswith((":", "—", "–")) and _PROMISES.search(head):
        return False
    opened = head.count("“") > head.count("”") or head.count("—") % 2
    return not opened and not (cut.startswith((",", " and")) and _in_enumeration(head))


def _clauses_end(head: str) -> bool:
    """Every “that …” has its verb, and the sentence one besides: “pumps that play a role” is none."""
    said = [word.lower() for word in words(head)]
    begun = [place for place, word in enumerate(said) if word in _SUBORDINATE and place > 0]
    for place in begun:
        rest = said[place + 1 :]
        if rest[:1] != ["of"] and not any(map(may_be_finite, rest)):
            return False
    first = next((place for place, word in enumerate(said) if is_finite(word)), len(said))
    return main_verbs(said) > 1 or not any(word in _RELATIVE for word in said[1:first])


def _in_enumeration(head: str) -> bool:
    """“monosaccharides, disaccharides” – cut before the last item, an enumeration loses it."""
    return bool(re.search(r",\s[^,]{1,30}$", head)) and not _CONDITION.match(head)
