"""The headings of the sources as a tree, and fair shares of it."""

from dataclasses import dataclass, field
from functools import cached_property

from local_cloud.openai_api.author.tags import blocks

_SMALL = 60  # words; a section of less is part of its neighbour


@dataclass
class Heading:
    """A section with those beneath it; `reference` is the id it was given, empty for a whole source."""

    title: str
    level: int
    reference: str = ""
    text: str = ""
    full_words: int = 0
    below: list["Heading"] = field(default_factory=list)

    @property
    def own_words(self) -> int:
        """Words of its own text; of the whole section when the text came shortened and its length was told."""
        return self.full_words or len(self.text.split())

    @cached_property
    def words(self) -> int:
        """Words of everything in it."""
        return self.own_words + sum(one.words for one in self.below)

    @cached_property
    def leaves(self) -> list["Heading"]:
        """Itself, if it has text, and everything beneath, in order."""
        mine = [self] if self.own_words else []
        return mine + [leaf for one in self.below for leaf in one.leaves]


def read_sources(message: str) -> list[Heading]:
    """One tree per `<source>`; sections outside any source make one of their own."""
    sources = [_tree(source["title"] or "Source", source.text) for source in blocks(message, "source")]
    if not sources and blocks(message, "section"):
        sources = [_tree("Source", message)]
    return [source for source in sources if source.leaves]


def _tree(title: str, text: str) -> Heading:
    root = Heading(title, 0)
    path = [root]
    for section in blocks(text, "section"):
        level = int(section["level"]) if section["level"].isdigit() else 1
        told = int(section["words"]) if section["words"].isdigit() else 0
        heading = Heading(section["title"] or "Untitled", max(1, level), section["id"], section.text, told)
        while path[-1].level >= heading.level:
            path.pop()
        path[-1].below.append(heading)
        path.append(heading)
    return root


def majors(heading: Heading) -> list[Heading]:
    """The chapters beneath: the first level that has more than one, small ones left with their neighbours."""
    level = heading
    while len(level.below) == 1 and level.below[0].below and level.below[0].own_words < 2 * _SMALL:
        level = level.below[0]
    found = list(level.below)
    if level.own_words >= _SMALL and level.reference and found:
        opening = Heading(level.title, level.level, level.reference, level.text, level.full_words)
        found.insert(0, opening)
    big = [one for one in found if one.words >= _SMALL]
    return big or ([heading] if heading.leaves else [])


def balanced(headings: list[Heading], count: int) -> list[list[Heading]]:
    """Neighbours in `count` groups, so that the largest is as small as it can be."""
    if not headings:
        return []
    sizes = [
        max(1, heading.words if heading.below and heading not in heading.leaves else heading.own_words or 1)
        for heading in headings
    ]
    best: dict[tuple[int, int], tuple[float, int]] = {}

    def cost(start: int, groups: int) -> tuple[float, int]:
        """The sum of squares of the groups from `start` on, and where the first of them ends."""
        if groups == 1:
            return float(sum(sizes[start:]) ** 2), len(sizes)
        if (start, groups) not in best:
            best[start, groups] = min(
                (sum(sizes[start:end]) ** 2 + cost(end, groups - 1)[0], end)
                for end in range(start + 1, len(sizes) - groups + 2)
            )
        return best[start, groups]

    result: list[list[Heading]] = []
    start = 0
    for groups in range(max(1, min(count, len(headings))), 0, -1):
        end = cost(start, groups)[1]
        result.append(headings[start:end])
        start = end
    return result
