"""Where a text turns to something else, told by how many words the sentences before and after a place share.

After Hearst's TextTiling (1997), with sentences for blocks and cuts only where a sentence does not lean on another.
"""

from collections.abc import Sequence

from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.words import overlap

_WINDOW = 4  # sentences
_WITHIN_PARAGRAPH = 0.25  # what a cut inside a paragraph costs
_OFF = 0.8  # what a cut a whole share away from where it should be costs


def cut(sentences: Sequence[Sentence], count: int) -> list[list[Sentence]]:
    """The sentences in at most `count` stretches of about equal length, each of one topic as far as can be told."""
    total = sum(sentence.length for sentence in sentences)
    share = total / max(1, count)
    places: list[int] = []
    for number in range(1, count):
        after = (places[-1] if places else 0) + 2
        open_places = [
            place for place in range(after, len(sentences) - 1) if _far(sentences, place, share * number) < share / 2
        ]
        open_places = [place for place in open_places if not sentences[place].leans]
        if open_places:
            places.append(min(open_places, key=lambda place: _cost(sentences, place, share * number, share)))
    starts = [0, *places]
    return [list(sentences[start:end]) for start, end in zip(starts, [*places, len(sentences)], strict=True)]


def _far(sentences: Sequence[Sentence], place: int, target: float) -> float:
    return abs(sum(sentence.length for sentence in sentences[:place]) - target)


def _cost(sentences: Sequence[Sentence], place: int, target: float, share: float) -> float:
    before = {stem for one in sentences[max(0, place - _WINDOW) : place] for stem in one.stems}
    after = {stem for one in sentences[place : place + _WINDOW] for stem in one.stems}
    alike = max(overlap(before, after), overlap(after, before))
    inside = 0.0 if sentences[place].opens_paragraph else _WITHIN_PARAGRAPH
    return alike + inside + _OFF * _far(sentences, place, target) / share
