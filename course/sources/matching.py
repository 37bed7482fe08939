"""A document beside its newer edition: which passages still say the same, and which sections differ."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from course.quality.citations import plain
from course.tables import PassageRow, SectionRow


class Matching:
    """What of an old document stands in a new one; passages and sections are known by their numbers.

    Texts are compared word for word, without regard to white space, markup, kinds of quotation marks and case.
    A passage counts as unchanged when all its words stand together in the new document, wherever its passages
    are cut.
    """

    def __init__(
        self,
        old: tuple[Sequence[SectionRow], Sequence[PassageRow]],
        new: tuple[Sequence[SectionRow], Sequence[PassageRow]],
    ) -> None:
        self._old_sections, old_passages = old
        self._new_sections, self._new_passages = new
        self._old_texts = {row.number: plain(row.text) for row in old_passages}
        self._old_passages = old_passages
        self._texts = [plain(row.text) for row in self._new_passages]
        # Each with a blank on both sides, so that words are found whole.
        self._whole = " " + "".join(f"{text} " for text in self._texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in self._texts)][: len(self._texts)]

    def passage(self, number: int, quote: str = "") -> int | None:
        """The new passage that says what an old one said, and holds the words quoted from it; None if none does."""
        places = self._places(number)
        words = plain(quote)
        if words and words in self._old_texts.get(number, ""):
            places = [place for place in places if words in self._texts[place]]
        return self._new_passages[places[0]].number if places else None

    def section(self, number: int) -> int | None:
        """The new section that took an old one's place: where most of its passages are, else the one of its title."""
        return self._sections.get(number)

    @property
    def added(self) -> list[str]:
        """Titles of sections only the new document has."""
        return _beyond(self._new_sections, self._old_sections)

    @property
    def gone(self) -> list[str]:
        """Titles of sections only the old document has."""
        return _beyond(self._old_sections, self._new_sections)

    @property
    def changed(self) -> list[str]:
        """Titles of sections both have, with other words in them."""
        texts = {(plain(row.title), plain(row.text)) for row in self._new_sections}
        gone = Counter(self.gone)
        kept = [row for row in self._old_sections if not gone[row.title]]
        return [row.title for row in kept if (plain(row.title), plain(row.text)) not in texts]

    @cached_property
    def _sections(self) -> dict[int, int]:
        by_title: dict[str, list[int]] = {}
        for row in self._new_sections:
            by_title.setdefault(plain(row.title), []).append(row.number)
        found = {
            row.number: by_title[plain(row.title)][0]
            for row in self._old_sections
            if len(by_title.get(plain(row.title), [])) == 1
        }
        votes: dict[int, Counter[int]] = {}
        for passage in self._old_passages:
            for place in self._places(passage.number)[:1]:
                votes.setdefault(passage.section, Counter())[self._new_passages[place].section] += 1
        return found | {number: counted.most_common(1)[0][0] for number, counted in votes.items()}

    def _places(self, number: int) -> list[int]:
        """Where the old passage's words stand among the new passages: the one with most of them first."""
        text = self._old_texts.get(number, "")
        at = self._whole.find(f" {text} ") if text else -1
        if at < 0:
            return []
        first = bisect_right(self._starts, at) - 1
        last = bisect_right(self._starts, at + len(text) - 1) - 1
        return sorted(range(first, last + 1), key=lambda place: -self._overlap(place, at, at + len(text)))

    def _overlap(self, place: int, start: int, end: int) -> int:
        return min(self._starts[place] + len(self._texts[place]), end) - max(self._starts[place], start)


def _beyond(these: Sequence[SectionRow], those: Sequence[SectionRow]) -> list[str]:
    """The titles of these that those do not have, or not as often."""
    left = Counter(plain(row.title) for row in those)
    titles = []
    for row in these:
        left[plain(row.title)] -= 1
        if left[plain(row.title)] < 0:
            titles.append(row.title)
    return titles
