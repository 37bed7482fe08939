"""One plain item for a lesson with few terms: the wrong choices are other things the material speaks of."""

import re
from collections.abc import Iterator

from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.prose import Sentence, without_leading
from local_cloud.openai_api.author.terms import define, key, lowered_first
from local_cloud.openai_api.author.words import FUNCTION_WORDS, capitalised

_WRONG = 3
# “the desk.”, “a doctor that”: a noun that ends its phrase.
_NOUN = re.compile(
    r"\b(?:the|an?|every|each|its|their|his|her|of|with|by|in|from)\s+([a-z]{4,})"
    r"(?=[.,;:]|\s(?:and|or|of|in|to|is|are|from|with|that|by|on|at|for|must|can|has|have)\b|$)"
)


def plain_items(said: list[Sentence], material: Material) -> Iterator[tuple[Sentence, str, str, list[str]]]:
    """Sentence, question, right answer and wrong ones; a definition is asked for, else a term is left out."""
    for sentence in said:
        definition = define(sentence)
        if definition is not None and (wrong := _wrong(definition.term, sentence, material)):
            question = f"Which term fits this description: “{lowered_first(definition.meaning)}”?"
            yield sentence, question, definition.term, wrong
    for sentence in said:
        for term in dict.fromkeys([*sentence.terms, *material.terms]):
            named = re.compile(rf"(?<![\w-]){re.escape(term)}(?![\w-])", re.IGNORECASE)
            gapped, times = named.subn("_____", without_leading(sentence.text))
            if times == 1 and sentence.stands_alone and (wrong := _wrong(term, sentence, material)):
                yield sentence, f"Which choice completes the sentence? “{gapped}”", term, wrong


def _wrong(term: str, sentence: Sentence, material: Material) -> list[str]:
    """Other terms first, then things named elsewhere, and last those named in the same sentence."""
    elsewhere = [one.text for one in material.sentences if one is not sentence]
    named = [*material.terms, *_nouns(" ".join(elsewhere)), *_nouns(sentence.text)]
    found: dict[str, str] = {}
    for other in named:
        if not set(key(other).split()) & set(key(term).split()):
            found.setdefault(key(other), capitalised(other))
    return list(found.values())[:_WRONG]


def _nouns(text: str) -> list[str]:
    return [noun for noun in _NOUN.findall(text) if noun not in FUNCTION_WORDS]
