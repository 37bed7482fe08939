"""What a stretch of text without a heading is about: terms, names and nouns it speaks of more than the rest does."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from local_cloud.openai_api.author.names import CALENDAR
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.terms import key, key_terms
from local_cloud.openai_api.author.verbs import is_finite
from local_cloud.openai_api.author.words import FUNCTION_WORDS, headline, listed, topic_stems, words

_NAME = re.compile(r"(?<=[a-z,;] )([A-Z][\w’]{2,}(?:[ -](?:(?:of|de|von|van|the) )?[A-Z][\w’]+){0,2})(?![\w-]|\.\w)")
# “the desk.”, “a starter that”, “of flour”: a noun that ends its phrase.
_NOUN = re.compile(
    r"\b(?:the|an?|every|each|its|their|his|her|of|with|by|in|from|no|this|these)\s+((?:[a-z]+(?:al|ic|ous|ive|y)\s)?[a-z]{4,})"
    r"(?=[.,;:]|\s(?:and|or|of|in|to|is|are|was|were|from|with|that|by|on|at|for|must|can|may|has|have|had|should|will)\b|$)"
)
_VAGUE_TEXT = """
able addition amount area aspect basis beginning bottom case cause centre center century change course day days degree
detail difference effect end example extent fact feature first following form front group half hand hour idea item kind
lack last least length less level list little majority making manner matter means method middle minute moment more most
name nature need next number order other others part parts people period person place point portion position
presence process purpose question rate reason rest result role room same second section sense series set side situation
size sort start state step system term test thing things third time times today together total type unit use value
variety view way ways week whole word words work world year years doing being having using including itself themselves
them each both either something anything everything nothing someone anyone everyone
"""
_LEAST = 1.3
_ADJECTIVE = re.compile(
    r"(?:ous|al|ic|ive|able|ible|ated|ized|ised|ary|less|ful|oid|ent|ant|ular|ane|ory|ed)$", re.IGNORECASE
)
VAGUE = frozenset(_VAGUE_TEXT.split())


def topics(
    sentences: Sequence[Sentence], beside: Iterable[Sentence] = (), most: int = 2, *, often: float = _LEAST
) -> list[str]:
    """Up to `most` things that are spoken of here, so `often` at least, and less `beside`, as they come up."""
    here = [one.text for one in sentences]
    beside = list(beside)
    elsewhere = Counter(noun for one in beside for noun in nouns([one.text]))
    terms = {key(term): term for term in key_terms(list(sentences))}
    if len(terms) >= most:
        return _most_said(terms, sentences, beside, most)
    counts = Counter(key(noun) for noun in nouns(here))
    told = {key(noun): noun for noun in reversed(nouns(here))} | terms
    others = Counter({key(noun): count for noun, count in elsewhere.items()})
    weights = {name: (counts[name] + 1.5 * (name in terms)) / (1 + 0.5 * others[name]) for name in told}
    best: list[str] = []
    for name in sorted(weights, key=lambda one: -weights[one]):
        fresh = not any(topic_stems(told[name]) & topic_stems(other) for other in best)
        if weights[name] > often and topic_stems(told[name]) and fresh and len(best) < most:
            best.append(told[name])
    text = " ".join(here).casefold()
    return sorted(best, key=lambda one: text.find(one.casefold()))


def _most_said(
    terms: dict[str, str], sentences: Sequence[Sentence], beside: Sequence[Sentence], most: int
) -> list[str]:
    """The terms spoken of most, in the order they come up; what is said everywhere says too little."""
    here = {name: sum(topic_stems(term) <= one.stems for one in sentences) for name, term in terms.items()}
    there = {name: sum(topic_stems(term) <= one.stems for one in beside) for name, term in terms.items()}
    telling = [name for name in terms if is_noun(terms[name]) and topic_stems(terms[name])]
    best = sorted(telling, key=lambda name: -here[name] / (1 + there[name]))[:most]
    return [terms[name] for name in telling if name in best]


def is_noun(term: str) -> bool:
    """Told by its ending: “homologous” is none."""
    return not _ADJECTIVE.search(words(term)[-1])


def title(sentences: Sequence[Sentence], beside: Iterable[Sentence] = ()) -> str:
    """A heading for these sentences, or empty when they speak of nothing in particular."""
    return listed([headline(one) for one in topics(sentences, beside)])


def nouns(texts: Iterable[str]) -> list[str]:
    """Names, and nouns that end their phrase, as often as they come up."""
    found: list[str] = []
    for text in texts:
        found += [
            name for name in _NAME.findall(text) if name not in CALENDAR and (" " not in name or not name.isupper())
        ]
        found += [noun for noun in _NOUN.findall(text) if _is_telling(noun.split()[-1])]
    return found


def _is_telling(noun: str) -> bool:
    adverb = noun.endswith("ly") and len(noun) > 4
    return not (noun in FUNCTION_WORDS or noun in VAGUE or is_finite(noun) or adverb or noun.endswith(("ing", "ed")))
