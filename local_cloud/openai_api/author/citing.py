"""Where what a slide says comes from: passages, and their very words."""

import re

from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.prose import Sentence

_QUOTE = 30  # words


def citations(sentences: list[Sentence], material: Material) -> list[dict[str, str]]:
    """Every passage used, each with its weightiest words as they stand there; the weightiest passage first."""
    best: dict[str, Sentence] = {}
    for sentence in sentences:
        held = best.get(sentence.passage)
        if held is None or material.score(sentence) > material.score(held):
            best[sentence.passage] = sentence
    ranked = sorted(best.items(), key=lambda pair: -material.score(pair[1]))
    return [{"passage": passage, "quote": quoted(one.quote)} for passage, one in ranked]


def quoted(quote: str) -> str:
    """Its first words as they stand in the passage; white space keeps its kind."""
    match = re.match(rf"(?:\S+\s+){{0,{_QUOTE - 1}}}\S+", quote.strip())
    return match[0][:590] if match else quote[:590]
