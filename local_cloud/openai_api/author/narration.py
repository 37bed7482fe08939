"""Which sentences a slide says, so that each follows from the one before."""

import re

from local_cloud.openai_api.author.material import Material, near
from local_cloud.openai_api.author.prose import Sentence, without_leading

_LONGEST_CHAIN = 3
_LONGEST_EXAMPLE = 60  # words
_EXAMPLE = re.compile(r"\b(?:for example|for instance|such as|examples?)\b", re.IGNORECASE)


def chosen(
    sentences: tuple[Sentence, ...], material: Material, budget: int, used: list[Sentence] | None = None
) -> list[Sentence]:
    """The best sentences of about `budget` words, in the order of the source.

    A sentence that leans on the one before it is taken together with that one or not at all; nothing is said
    that was said before (`used`).
    """
    said = list(used or [])
    taken: list[Sentence] = []
    spent = 0
    for chain in _ranked(sentences, material):
        new = [sentence for sentence in chain if sentence not in taken]
        length = sum(sentence.length for sentence in new)
        repeated = any(near(sentence, other) for sentence in new for other in [*said, *taken])
        if not new or repeated or (taken and spent + length > budget * 1.15):
            continue
        taken += new
        spent += length
        if spent >= budget * 0.9:
            break
    return sorted(taken, key=lambda sentence: sentence.index)


def example(parts: list[tuple[Sentence, ...]], material: Material, used: list[Sentence]) -> list[Sentence]:
    """The best example of the material with what it needs before it, unless one is given already; perhaps none."""
    if any(_EXAMPLE.search(sentence.text) for sentence in used):
        return []
    chains = [chain for sentences in parts for chain in _ranked(sentences, material)]
    fitting = [
        chain
        for chain in chains
        if _EXAMPLE.search(chain[-1].text)
        and sum(one.length for one in chain) <= _LONGEST_EXAMPLE
        and not any(near(one, other) for one in chain for other in used if one != other)
    ]
    return max(fitting, key=lambda chain: _mean(chain, material), default=[])


def said(sentences: list[Sentence]) -> str:
    """The sentences as narration; “However,” goes where what it answers was left out."""
    spoken: list[str] = []
    before: Sentence | None = None
    for sentence in sentences:
        follows = before is not None and before.index == sentence.index - 1
        spoken.append(sentence.text if follows else without_leading(sentence.text))
        before = sentence
    return " ".join(spoken)


def _ranked(sentences: tuple[Sentence, ...], material: Material) -> list[list[Sentence]]:
    """Every sentence with those it needs before it, the best first."""
    by_index = {sentence.index: sentence for sentence in sentences}
    chains: list[list[Sentence]] = []
    for sentence in sentences:
        chain = [sentence]
        while not chain[0].stands_alone and len(chain) <= _LONGEST_CHAIN:
            before = by_index.get(chain[0].index - 1)
            if before is None:
                break
            chain.insert(0, before)
        if chain[0].stands_alone and len(chain) <= _LONGEST_CHAIN:
            chains.append(chain)
    return sorted(chains, key=lambda chain: (-_mean(chain, material), chain[0].index))


def _mean(chain: list[Sentence], material: Material) -> float:
    return sum(material.score(sentence) for sentence in chain) / len(chain)
