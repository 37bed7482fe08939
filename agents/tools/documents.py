"""Which document is meant by its reference, its title, its file's name, or some words of them."""

import re
from collections.abc import Sequence

from course.errors import Invalid, NotFound
from course.models.source import Source

_GENERIC = re.compile(
    r"\b(?:the|this|that|my|our|an?|old|older|new|newer|latest|current|previous|edition|version|documents?|doc|source|"
    r"file|pdf|text|book|one|it|attached|attachment|upload(?:ed)?|of)\b"
)


def find(sources: Sequence[Source], words: str) -> Source:
    """The document meant. Raises `NotFound` when none is, `Invalid` when several could be."""
    plain = " ".join(words.split()).strip(" “”\"'‘’.?!").casefold()
    if found := re.fullmatch(r"(?:s|source|document|number)?\s*(\d{1,6})", plain):
        alike = [one for one in sources if one.number == int(found[1])]
    else:
        alike = [one for one in sources if plain in (one.title.casefold(), one.filename.casefold())]
        alike = alike or _resembling(sources, plain)
    if len(alike) == 1:
        return alike[0]
    named = f"“{' '.join(words.split())[:60]}”"
    if not sources:
        raise NotFound(f"There is no document {named}: this course has none. Attach one first.")
    there = "; ".join(described(one) for one in (alike or sources)[:10])
    if alike:
        raise Invalid(f"Which document is {named}? It could be {there}. Say it by its number, like S1.")
    raise NotFound(f"There is no document {named}. There are: {there}.")


def described(one: Source) -> str:
    """Like “S1, “Bread” (bread.pdf)”."""
    return f"S{one.number}, “{one.title}” ({one.filename})"


def _resembling(sources: Sequence[Source], plain: str) -> list[Source]:
    """Those that have all the words that say something; all of them when no word does."""
    wanted = re.findall(r"\w+", _GENERIC.sub(" ", plain))
    if not wanted:
        return list(sources)
    return [one for one in sources if set(wanted) <= set(re.findall(r"\w+", f"{one.title} {one.filename}".casefold()))]
