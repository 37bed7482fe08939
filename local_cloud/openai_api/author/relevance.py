"""Which of the given passages are a lesson's own: short lessons come with passages of others to fill up."""

from local_cloud.openai_api.author.tags import Block
from local_cloud.openai_api.author.words import overlap, stems, topic_stems

_FILLED_UP = 210  # words a minute; a lesson's own sections have fewer, because minutes are planned by them
_LONGEST = 10  # minutes
_TOO_FEW = 40  # words a minute
_SCRAP = 40  # words; so little is not a lesson of its own and belongs to its neighbour's


def own(passages: list[Block], title: str, objectives: list[str], minutes: int) -> list[Block]:
    """Those under headings that the lesson's title or objectives name; all of them when none is, or none too many."""
    sizes = [len(passage.text.split()) for passage in passages]
    paths = [[part.strip() for part in passage["section"].split("›") if part.strip()] for passage in passages]
    common = set.intersection(*(set(path) for path in paths)) if paths else set()
    # The longest lessons are planned shorter than their sections; and what all stand under names none.
    if sum(sizes) <= _FILLED_UP * minutes or minutes >= _LONGEST or _is_named(sorted(common), title, []):
        return passages
    named = [_is_named([part for part in path if part not in common], title, objectives) for path in paths]
    if not any(named):
        return passages
    beside = [small <= _SCRAP and any(named[max(0, at - 1) : at + 2]) for at, small in enumerate(sizes)]
    kept = {place for place in range(len(passages)) if named[place] or beside[place]}
    wanted = topic_stems(" ".join([title, *objectives]))
    others = sorted(set(range(len(passages))) - kept, key=lambda at: -overlap(wanted, set(stems(passages[at].text))))
    for place in others:
        if sum(sizes[one] for one in kept) >= _TOO_FEW * minutes:
            break
        kept.add(place)
    return [passages[place] for place in sorted(kept)]


def _is_named(path: list[str], title: str, objectives: list[str]) -> bool:
    return any(_names(text, part) for part in path for text in [title, *objectives])


def _names(text: str, heading: str) -> bool:
    """“What You Need” has no word of its own and is looked for letter by letter."""
    wanted = topic_stems(heading)
    return wanted <= topic_stems(text) if wanted else heading.casefold() in text.casefold()
