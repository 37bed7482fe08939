"""Titles for several parts together, and the sentence that sums a course up."""

import re
from collections.abc import Sequence
from typing import Any

from local_cloud.openai_api.author.words import clipped, listed

LONGEST_WORDS = 8
_LONGEST = 70
_BETWEEN = frozenset(
    [
        "in",
        "of",
        "on",
        "for",
        "with",
        "by",
        "from",
        "to",
        "at",
        "and",
        "or",
        "that",
        "which",
        "who",
        "when",
        "as",
        "into",
        "through",
        "during",
    ]
)
# “3. Equipment”, “2.1 Hours”
_OWN_NUMBER = re.compile(r"^\d{1,2}(?:\.|(?:\.\d{1,2})+\.?)\s+(?=\D)")
_CLAUSE = re.compile(r"(?:how|what|why|when|where|who|which)\b", re.IGNORECASE)


def joint(titles: Sequence[str], weights: Sequence[int] = ()) -> str:
    """One title for several: what they share, else the two weightiest as “A and B”; the order stays."""
    titles = list(dict.fromkeys(title.strip() for title in titles))
    if len(titles) < 2:
        return clipped("".join(titles), 150)
    if shared := _head(titles) or _tail(titles):
        return shared
    return _pair(titles, weights if len(weights) == len(titles) else [0] * len(titles))


def without_number(title: str) -> str:
    """A heading without the number its document gave it: lessons have numbers of their own."""
    return _OWN_NUMBER.sub("", title)


def series(titles: Sequence[str], weights: Sequence[int] = ()) -> str:
    """Up to three titles named in a row, as long as that reads well; else as `joint` does."""
    titles = list(dict.fromkeys(title.strip() for title in titles))
    whole = listed(titles)
    plain = len(titles) <= 3 and len(whole) <= _LONGEST and not any(_is_double(title) for title in titles)
    return whole if plain else joint(titles, weights)


def summary(title: str, audience: str, modules: Sequence[dict[str, Any]]) -> str:
    """What the course is, for whom, and what it goes through; without counts, which the next change makes wrong."""
    opening = f"A course for {audience}"
    if len(modules) == 1:
        return f"{opening} on {_quoted(title)}."
    names = [_quoted(module["title"]) for module in modules[:6]]
    if len(modules) > 6:
        names.append("more")
    return f"{opening} that goes through {listed(names)}."


def brief(title: str, most: int = LONGEST_WORDS) -> str:
    """A title of at most so many words: what is new of “A: B”, else what comes before it goes on."""
    title = re.sub(r"\s*\([^()]*\)", "", title).strip() if len(title.split()) > most else title.strip()
    if len(title.split()) <= most:
        return title
    for piece in [*reversed(title.split(": ")), *re.split(r"\s*(?:,| – |—|;|\?|\band\b)\s*", title)[:1]]:
        if 2 <= len(piece.split()) <= most:
            return piece[:1].upper() + piece[1:]
    said = title.rpartition(": ")[2].split()[:most]
    # Between two parts of a phrase rather than inside one, if there is such a place near the end.
    for place in range(len(said) - 1, most // 2, -1):
        if said[place].lower() in _BETWEEN:
            return " ".join(said[:place]).rstrip(" ,;:")
    return " ".join(said).rstrip(" ,;:")


def _head(titles: list[str]) -> str:
    """“Passive Transport” for “Passive Transport: Diffusion” and “Passive Transport: Osmosis”."""
    heads = {title.split(": ")[0] for title in titles}
    return heads.pop() if len(heads) == 1 else ""


def _tail(titles: list[str]) -> str:
    """“Active and Bulk Transport” for “Active Transport” and “Bulk Transport”."""
    split = [title.rsplit(" ", 1) for title in titles]
    same = len({one[-1].casefold() for one in split}) == 1 and all(len(one) == 2 for one in split)
    if not same or len(titles) > 3 or any(_is_double(title) or len(title.split()) > 3 for title in titles):
        return ""
    return f"{listed([one[0] for one in split])} {split[0][1]}"


def _pair(titles: list[str], weights: Sequence[int]) -> str:
    best = sorted(range(len(titles)), key=lambda place: (-weights[place], place))
    if len(titles) > 2 and not any(weights):
        best = [0, len(titles) - 1]
    chosen = [_short(titles[place]) for place in sorted(best[:2])]
    # “Erosion and How a River Begins”, because “How a River Begins and Erosion” is misread.
    first, second = sorted(chosen, key=lambda title: bool(_CLAUSE.match(title)))
    both = f"{first} and {_continued(second)}"
    reads = len(both) <= _LONGEST and first != second and both.count(" and ") == 1
    return both if reads else _short(titles[best[0]])


def _short(title: str) -> str:
    """Its first half, when it names two things: “Valleys” for “Valleys and Waterfalls”."""
    first, *rest = re.split(r"\s*(?::|,|;|–|—|\band\b|\()\s*", title, maxsplit=1)
    second = re.sub(r"^(?:the|an?)\s+", "", rest[0], flags=re.IGNORECASE) if rest else ""
    # “Dominant and Recessive Alleles”, “Structure and Function of Membranes”: halves that share a word stay together.
    shares = " and " in title and (len(second.split()) > len(first.split()) or " of " in second)
    return clipped(title if shares or len(first) < 4 else first.rstrip("?.! "), _LONGEST)


def _continued(title: str) -> str:
    """After “and” an article begins small."""
    return re.sub(r"^(?:The|A|An)\b", lambda found: found[0].lower(), title)


def _is_double(title: str) -> bool:
    return bool(re.search(r"\band\b|[,:?]", title))


def _quoted(title: str) -> str:
    return f"“{title.strip('“”')}”"
