"""Words, their stems, and which of them carry meaning."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:[-'’′][^\W_]+)*")

_STATEMENT = re.compile(
    r"^(?!how|what|why|when|where|who|which)\w+(?: \w+){0,3} "
    r"(?:can|is|are|was|were|has|have|do|does|must|should|will)\b",
    re.IGNORECASE,
)

_FUNCTION_WORDS_TEXT = """
a about above across after again against all almost along already also although always am among an
and another any are aren't around as at away be became because become becomes been before behind
being below between both but by can cannot case cases come comes could couldn't did do does doesn't
doing done don't down during each either else enough even ever every few first for form found from
further gave get gets give given gives go goes had has have having he hence her here hers him his
how however i if in instead into is isn't it its itself just keep kind kinds known last later least
less let like likely made mainly make makes making many may me might more moreover most mostly much
must my near nearly need needed needs neither never new next no nor not now of off often on once one
ones only or other others otherwise our out over own part parts per perhaps put quite rather really
same see seem seen several shall she should show shown shows simply since so some something
sometimes soon still such take taken takes than that the their them then there therefore these they
thing things this those though three through thus to together too toward towards two type types
under unless until up upon us use used uses using usually various very via was way ways we well were
what when where whereas whether which while who whole whom whose why will with within without would
yet you your yours
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())

_ASKING_TEXT = """
course lesson lessons module modules slide slides section understand explain describe discuss
identify list define compare contrast summarize summarise name state outline recognize recognise
apply analyze analyse evaluate create able end learner learners student students objective
objectives tell please main role relate determine distinguish illustrate know learn introduction
overview key understanding importance example examples
"""
ASKING = frozenset(_ASKING_TEXT.split())
"""Words a task is put in; they say nothing about its subject."""


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its ending, in lower case."""
    lowered = word.lower().replace("’", "'")
    lowered = lowered.removesuffix("'s")
    stemmed: str = _stemmer().stemWord(lowered)
    return stemmed


def words(text: str) -> list[str]:
    """The words as written."""
    return _WORD.findall(text)


def stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if is_content(word)]


def topic_stems(text: str) -> set[str]:
    """Stems that say what a title or an objective is about, without the words of the task itself."""
    return {stem(word) for word in words(text) if is_content(word) and word.lower() not in ASKING}


def is_content(word: str) -> bool:
    """Whether a word carries meaning of its own."""
    said = word.lower().replace("’", "'")
    if said in FUNCTION_WORDS or said.endswith("n't"):
        return False
    return len(word) > 1 or word.isupper()


def is_statement(title: str) -> bool:
    """“Alleles Can Be Dominant”: a heading that is a sentence, not a name."""
    return bool(_STATEMENT.search(title))


def overlap(wanted: Iterable[str], present: set[str]) -> float:
    """The share of `wanted` that is present; 0 when nothing is wanted."""
    unique = set(wanted)
    return len(unique & present) / len(unique) if unique else 0.0


def capitalised(text: str) -> str:
    """With a capital at the beginning, and otherwise as it is; mRNA and pH stay as they are."""
    if (
        len(text) > 1
        and text[0].islower()
        and any(letter.isupper() or letter.isdigit() for letter in text.split(maxsplit=1)[0][1:])
    ):
        return text
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """A heading inside a sentence: small letters, except acronyms, names of one letter and formulas."""
    return " ".join("-".join(_small(part) for part in word.split("-")) for word in text.split())


def within(title: str, text: str) -> str:
    """A heading inside a sentence; words that `text` writes with a capital within its sentences are names."""
    named = {word for word in title.split() if word[:1].isupper() and re.search(rf"[a-z,] {re.escape(word)}\b", text)}
    inside = " ".join(word if word in named else lowered(word) for word in title.split())
    return f"a {inside[2:]}" if inside.startswith("A ") else inside


def _small(word: str) -> str:
    return word if _stays(word) else word[:1].lower() + word[1:]


def _stays(word: str) -> bool:
    core = word.strip("()[]“”\"',.:;")
    return len(core) == 1 or any(letter.isupper() or letter.isdigit() for letter in core[1:])


_SMALL_WORDS_TEXT = "a about an and as at but by for from in into nor of on or per the to via vs with"
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())


def headline(text: str) -> str:
    """With capitals as a title has them; words that have capitals or figures already stay as they are."""
    said = text.split()
    small = [word.lower() in _SMALL_WORDS and 0 < place < len(said) - 1 for place, word in enumerate(said)]
    return " ".join(word if keep or _stays(word) else capitalised(word) for word, keep in zip(said, small, strict=True))


def listed(items: list[str]) -> str:
    """`a`, `a and b`, or `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def clipped(text: str, most: int) -> str:
    """At most so many characters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
