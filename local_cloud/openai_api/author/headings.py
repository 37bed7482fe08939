"""The headings of the sources as a tree, and fair shares of it."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from local_cloud.openai_api.author.prose import sentences
from local_cloud.openai_api.author.tags import blocks
from local_cloud.openai_api.author.titles import series, without_number
from local_cloud.openai_api.author.topics import title

_NUMBERED = re.compile(r"\s*\(part \d+\)$", re.IGNORECASE)
SMALL = 60  # words; a section of less is joined to its neighbour where there are enough


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

    @property
    def gathers(self) -> bool:
        """Whether it stands for neighbours that were too small to stand alone."""
        return not self.reference and not self.own_words and self.level > 0

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
        name = without_number(section["title"]) or "Untitled"
        heading = Heading(name, max(1, level), section["id"], section.text, told)
        while path[-1].level >= heading.level:
            path.pop()
        path[-1].below.append(heading)
        path.append(heading)
    return root


def named(headings: list[Heading]) -> list[Heading]:
    """With names of their own: those that came with their first words or a number get what they speak of."""
    said = [sentences("", "", heading.text) for heading in headings]
    found = []
    for place, heading in enumerate(headings):
        numbered = _NUMBERED.search(heading.title)
        if heading.below or not (heading.title.endswith("…") or numbered):
            found.append(heading)
            continue
        others = [one for other, group in enumerate(said) if other != place for one in group]
        told = title(said[place], others)
        found.append(replace(heading, title=told) if told else heading)
    return found


def majors(heading: Heading) -> list[Heading]:
    """The chapters beneath: the first level that has more than one, and what is said before them."""
    level, opening = heading, []
    while len(level.below) == 1 and level.below[0].below and level.below[0].own_words < 2 * SMALL:
        opening += _own(level)
        level = level.below[0]
    found = [*opening, *_own(level), *(one for one in level.below if one.leaves)] if level.below else []
    return found or ([heading] if heading.leaves else [])


def _own(heading: Heading) -> list[Heading]:
    """Its own text without what is beneath it."""
    if not heading.own_words or not heading.reference:
        return []
    return [Heading(heading.title, heading.level, heading.reference, heading.text, heading.full_words)]


def gathered(chapters: list[Heading], fewest: int, least: int = SMALL) -> list[Heading]:
    """Chapters too small for a lesson joined to a neighbour, as long as more than `fewest` are left; none is lost."""
    chapters = list(chapters)
    while len(chapters) > max(1, fewest):
        place = min(range(len(chapters)), key=lambda one: chapters[one].words)
        if chapters[place].words >= least:
            break
        beside = [one for one in (place - 1, place + 1) if 0 <= one < len(chapters)]
        first, second = sorted((place, min(beside, key=lambda one: chapters[one].words)))
        chapters[first : second + 1] = [_together(chapters[first], chapters[second])]
    return chapters


def _together(first: Heading, second: Heading) -> Heading:
    """Both in one; an introduction goes by the name of what it introduces."""
    if first.level < second.level:
        return Heading(second.title, second.level, below=[first, second])
    parts = [part for one in (first, second) for part in (one.below if one.gathers else [one])]
    weights = [part.words for part in parts]
    return Heading(series([part.title for part in parts], weights), first.level, below=parts)


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
