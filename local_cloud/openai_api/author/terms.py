"""Key terms and their definitions, as the material itself gives them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from local_cloud.openai_api.author.prose import Sentence, without_leading
from local_cloud.openai_api.author.words import FUNCTION_WORDS, capitalised, lowered, stem, words

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
# “Glycogen is the storage form of glucose …”
_IS = re.compile(
    r"^(?P<term>(?:(?:an?|the)\s+)?[\w’'-]+(?:\s[\w’'-]+){0,3}?)(?:,? or [\w’' -]+?,?)?\s+"
    r"(?:is|are|was|were)\s+(?:defined as\s+|simply\s+)?"
    r"(?P<meaning>(?:an?|the|any|all|one of|large|small|simple|substances?|molecules?|cells?|"
    r"organisms?|structures?|sets?|kinds?|ways?|"
    r"proteins?|chemicals?|atoms?|compounds?|chains?|groups?|particles?|regions?|fluids?|processes)\b.+)$",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"^(?P<term>[\w’'-]+(?:\s[\w’'-]+){0,3}?)\s+(?:refers to|means?|describes)\s+"
    r"(?P<meaning>(?!.*\bas\s(?:an?\s)?\w+$).+)$",
    re.IGNORECASE,
)
# “Scientists refer to the disorder of a system as entropy.”
_REFERRED = re.compile(
    r"^.{3,40}?\s(?:refers? to|define[sd]?|describes?)\s(?P<meaning>.+?)\sas\s(?:an?\s|the\s)?(?P<term>[\w’' -]+)$"
)
# “A covalent bond formed between … is known as a glycosidic bond.”
_CALLED = re.compile(
    r"^(?P<meaning>.+?),?\s+(?:is|are)\s+(?:\w+ly\s+)?(?:known as|called|termed|referred to as|defined as)\s+"
    r"(?P<term>[\w’' -]+?)(?:,\s.*)?$",
    re.IGNORECASE,
)
# “Polymers are broken down into monomers in a process known as hydrolysis, …”
_PROCESS = re.compile(
    r"^(?P<clause>.+?)\s+(?:in|by|through|during) a process (?:known as|called|"
    r"termed)\s+(?P<term>[\w’' -]+?)(?:,\s.*)?$",
    re.IGNORECASE,
)
# What comes after says more than what the term is.
_MORE = re.compile(
    r"(?:,?\s(?:and|but)\s(?:is|are|has|have|was|were|it|they|the|its|(?:\w+\s){1,2}(?:is|are|has|"
    r"have|was|were|can))\b|,\s(?:but|which|who|meaning|so)\s|;|:\s|—).*$"
)
_NO_MEANING = re.compile(
    r"^(?:an?|the|one)\s(?:\w+\s)?(?:examples?|exceptions?|results?|reasons?|differences?|"
    r"presence|answers?|case)\b|"
    r"^the (?:most|least|\w+est|first|second|third|last|next|only|main|same|other|major)\b|\bthem\b|"
    r"\b(?:such|these|this|those|and|or|of|its|their)$|\b(?:these|this|those|such (?!as))\b",
    re.IGNORECASE,
)
# Behind these a meaning says more of the thing it has named.
_HEAD_ENDS = re.compile(r"\b(?:that|which|who|of|in|on|for|with|by|from|to|used|made|found|between|where)\b|,")
_VAGUE_TEXT = """
one part reason example result type kind way thing idea fact answer key goal role cause most many
some
"""
_VAGUE = frozenset(_VAGUE_TEXT.split())


@dataclass(frozen=True)
class Definition:
    """A term, what it means in a phrase without a full stop, and the sentence that says so."""

    term: str
    meaning: str
    sentence: Sentence


def definitions(sentences: Iterable[Sentence]) -> list[Definition]:
    """One definition per term, the first that is given."""
    found: dict[str, Definition] = {}
    for sentence in sentences:
        definition = define(sentence)
        if definition is not None:
            found.setdefault(key(definition.term), definition)
    return list(found.values())


def define(sentence: Sentence) -> Definition | None:
    """The definition a sentence gives, if it is one and stands by itself."""
    if not sentence.stands_alone or sentence.text.lower().startswith(("for example", "for instance")):
        return None
    text = without_leading(sentence.text).rstrip(".! ")
    for read in (_by_process, _by_name, _by_being):
        given = read(text)
        if given is not None:
            given = (given[0], _MORE.sub("", given[1]).rstrip(" ,"))
        if given is not None and _is_term(given[0]) and 4 <= len(given[1].split()) <= 30:
            term, meaning = given
            repeats = stem(words(term)[-1]) in {stem(word) for word in words(meaning)}
            if not repeats and not _NO_MEANING.search(meaning):
                return Definition(capitalised(term), capitalised(meaning), sentence)
    return None


def genus(meaning: str) -> str:
    """The stem of what a meaning says a thing is one of: “protein” for “a protein that speeds up a reaction”."""
    said = words(_HEAD_ENDS.split(meaning, maxsplit=1)[0])
    return stem(said[-1]) if said else ""


def key(term: str) -> str:
    """The same for a term however it is inflected."""
    return " ".join(stem(word) for word in words(_ARTICLE.sub("", term)))


def bare(term: str) -> str:
    """Without its article."""
    return _ARTICLE.sub("", term).strip()


def key_terms(sentences: list[Sentence]) -> list[str]:
    """Terms the material sets in bold or defines, in order of appearance, each once."""
    seen: dict[str, str] = {}
    for sentence in sentences:
        defined = define(sentence)
        for term in [*sentence.terms, *([defined.term] if defined else [])]:
            if _is_term(term):
                seen.setdefault(key(term), capitalised(bare(term)))
    return list(seen.values())


def _by_process(text: str) -> tuple[str, str] | None:
    match = _PROCESS.match(text)
    if match is None:
        return None
    clause = (
        match["clause"].rsplit(", ", 1)[-1]
        if re.match(r"when|once|if|as\b", match["clause"], re.IGNORECASE)
        else match["clause"]
    )
    return bare(match["term"]), f"the process in which {lowered_first(clause)}"


def _by_name(text: str) -> tuple[str, str] | None:
    match = _CALLED.match(text)
    if match is None or re.search(r"[,;:]\s|\sand$", match["meaning"]) or _is_clause(match["meaning"]):
        return None
    return bare(match["term"]), match["meaning"]


def _by_being(text: str) -> tuple[str, str] | None:
    match = _REFERRED.match(text) or _IS.match(text) or _REFERS.match(text)
    if match is None:
        return None
    return bare(match["term"]), re.split(r"; |: ", match["meaning"], maxsplit=1)[0]


def _is_clause(text: str) -> bool:
    """“If the group is below, it” – a clause, not a thing with a name."""
    return bool(re.match(r"(?:if|when|as|because|although|since|while|in|during)\b", text, re.IGNORECASE))


def _is_term(term: str) -> bool:
    parts = words(bare(term))
    if not 1 <= len(parts) <= 4 or any(part.lower() in _VAGUE for part in (parts[0], parts[-1])):
        return False
    if any(part.lower() in FUNCTION_WORDS - {"of"} for part in parts) or sum(part.istitle() for part in parts) > 1:
        return False
    return len(bare(term)) > 2 and not re.search(r"\d", term)


def lowered_first(text: str) -> str:
    """With a small letter at the beginning, unless it is an acronym."""
    first, _, rest = text.partition(" ")
    if first == "A":
        return f"a {rest}"
    return f"{lowered(first)} {rest}".strip()
