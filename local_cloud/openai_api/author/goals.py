"""What an objective is about, how much of it a slide covers, and narrower wordings of it."""

import re
from collections.abc import Iterator

from local_cloud.openai_api.author.verbs import is_sentence
from local_cloud.openai_api.author.words import is_statement, overlap, stems

ENOUGH = 0.65  # of an objective's stems: it is taught
_VERB = re.compile(
    r"^(?:(?:and|or|then|to|briefly)\s+)?(?:analy[sz]e|appl(?:y|ies)|appraise|argue|arrange|assess|build|calculate|"
    r"categori[sz]e|choose|cite|classify|compare|compute|conclude|construct|contrast|create|critique|debate|define|"
    r"demonstrate|derive|describe|design|determine|develop|diagram|differentiate|discuss|distinguish|draw|estimate|"
    r"evaluate|examine|explain|formulate|give|identify|illustrate|infer|interpret|judge|justify|label|list|locate|match|"
    r"measure|name|order|organi[sz]e|outline|perform|plan|predict|prepare|prove|rank|recall|recogni[sz]e|record|relate|"
    r"report|restate|sketch|solve|sort|state|summari[sz]e|test|trace|translate|use|write)\b[\s,]*",
    re.IGNORECASE,
)
_PAIR = 2
_ASPECTS_TEXT = """
structure role function property importance way example concept relationship interrelationship classification process
characteristic kind feature purpose mechanism difference effect cause significance nature discipline basis component
"""
ASPECTS = frozenset(stems(_ASPECTS_TEXT))
"""What an objective asks about a thing: a slide speaks of the thing and seldom says the word."""
NAMES_NOTHING = re.compile(
    r"continued$|\(\d+\)$|^key points$|^(?:introduction|overview|summary|conclusion)$", re.IGNORECASE
)
_ASKS = re.compile(r"\w+ (?:is|are|was|were|do|does|did|can|could|should|will)\b")
# What only makes an objective longer, the least needed first.
_CUTS = (
    re.compile(r",\s(?:such as|including|for example|like)\s[^,;]*(?:,(?=\s)|$)"),
    re.compile(r"\s\([^()]*\)"),
    re.compile(r"\s(?:in terms of|with respect to|and what|and how|and why|and the \w+ (?:that|which))\s.*$"),
    re.compile(r"\s(?:such as|as well as|in relation to|because|so that|by \w+ing|through|within|at the)\s.*$"),
    re.compile(r",\s.*$|\sand\s.*$"),
    re.compile(r"\s(?:in|of|for|from|to|during)\s(?:the|an?|all|living)\s.*$"),
)
# “A, B, and C”: cut anywhere it would be broken; members that are not taught can be left out.
_ENUMERATION = re.compile(
    r"\b(?P<first>(?!between\b|of\b|in\b|such\b)[\w’-]+(?:[ -](?!of\b|between\b|such\b)[\w’-]+){0,1})"
    r", (?P<middle>(?:[\w’-]+(?: [\w’-]+){0,2}, )*)"
    r"(?P<and>and|or) (?P<last>[\w’-]+(?: [\w’-]+){0,1})"
)


def subject(objective: str) -> str:
    """Without its verbs: “compare and contrast osmosis and diffusion” is about “osmosis and diffusion”."""
    rest = objective.strip().rstrip(". ")
    while shorter := _VERB.match(rest):
        if len(rest) == shorter.end():
            break
        rest = rest[shorter.end() :]
    return re.sub(r"^between\s+", "", rest)


def wanted(objective: str) -> set[str]:
    """The stems of what it is about."""
    return set(stems(subject(objective))) or set(stems(objective))


def covered(objective: str, present: set[str]) -> bool:
    """Whether these stems speak of enough of it."""
    return overlap(wanted(objective), present) >= ENOUGH


def narrower(objective: str, known: set[str]) -> Iterator[str]:
    """The objective, and shorter wordings of it that ask for less; `known` are the stems of what is taught."""
    yield objective
    text = _of_known(objective, known)
    if text != objective:
        yield text
    for pattern in _CUTS:
        shorter = re.sub(r"\s+", " ", pattern.sub("", text)).strip(" ,;")
        if shorter != text and len(set(stems(subject(shorter)))) > 1 and not _broken(text, shorter):
            text = shorter
            yield text


def _of_known(objective: str, known: set[str]) -> str:
    """Of “A, B, and C” only those that are spoken of."""
    found = _ENUMERATION.search(objective)
    if found is None:
        return objective
    first, start = found["first"], found.start()
    if start == 0 and " " in first:
        # “List common monosaccharides, …”: the verb is none of them.
        start, first = len(first.split()[0]) + 1, first.split(maxsplit=1)[1]
    members = [first, *(one for one in found["middle"].split(", ") if one), found["last"]]
    kept = [one for one in members if set(stems(one)) <= known and stems(one)]
    paired = len(kept) < _PAIR and re.search(r"\bbetween\b|^(?:compare|contrast|distinguish)", objective, re.IGNORECASE)
    if not kept or paired or len(kept) == len(members):
        return objective
    told = kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} {found['and']} {kept[-1]}"
    return objective[:start] + told + objective[found.end() :]


def _broken(text: str, shorter: str) -> bool:
    """“Compare A” without B, “both internal”, or the half of an enumeration."""
    halved = re.match(r"(?:compare|contrast|distinguish|differentiate|relate)\b", text, re.IGNORECASE)
    paired = re.search(r"\b(?:both|between|either|differs?|relationship)\b", shorter, re.IGNORECASE)
    enumerated = _ENUMERATION.search(text) is not None and _ENUMERATION.search(shorter) is None
    return bool((halved or paired) and not re.search(r"\band\b|\bfrom\b", shorter)) or enumerated


def made_from(title: str, inside: str) -> str:
    """An objective made of a slide's title, as it stands `inside` a sentence; empty when it names nothing."""
    if NAMES_NOTHING.search(title) or not stems(title):
        return ""
    if re.match(r"(?:how|why|what|where|when|who)\b", inside):
        return f"Explain {inside.rstrip('?')}" if not _ASKS.match(inside) else ""
    return f"Explain how {inside}" if is_sentence(title) or is_statement(title) else f"Describe {inside}"
