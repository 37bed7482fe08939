"""Wrong choices: things of the same kind as the right one, of which the material does not say the same."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.terms import bare, key
from local_cloud.openai_api.author.topics import is_noun, nouns
from local_cloud.openai_api.author.words import capitalised, overlap, stem, stems, topic_stems, words

WRONG = 3
FEWEST = 2
_SUBJECT = re.compile(
    r"^((?:an? |the )?[\w’-]+(?: [\w’-]+){0,2}?) (?:is|are|can|have|has|contain|contains)\b", re.IGNORECASE
)
_ENOUGH_TERMS = 8
_ALIKE = 5.0  # of about 10; two things that can stand for each other in a sentence
_BEFORE_BARE = r"(?:^|[.;:,] |\b(?:of|into|and|or|as|with|by|in|from|to|is|are|called|contains?|produces?) )"
_ARTICLES = frozenset(["a", "an", "the", "each", "every", "one"])
_SHORT_TEXT = 25  # sentences
_SAID_AS_WELL = 0.5
_LONGER = 3  # how many times longer a choice may be than another
_SHORT = 10  # letters; what is shorter counts as that


def pool(material: Material) -> list[str]:
    """Terms to choose among: those in bold or defined, then what sentences are about."""
    seen = {key(term): term for term in material.terms}
    for sentence in material.sentences:
        match = _SUBJECT.match(sentence.text) if sentence.stands_alone else None
        subject = capitalised(bare(match[1])) if match else ""
        counts = sum(topic_stems(subject) <= other.stems for other in material.sentences) if subject else 0
        if (
            counts >= (3 if len(seen) > 2 * WRONG else 2)
            and len(subject) > WRONG
            and len(topic_stems(subject)) == len(words(subject))
        ):
            seen.setdefault(key(subject), subject)
    if len(seen) < _ENOUGH_TERMS:
        for noun in common_nouns(material):
            seen.setdefault(key(noun), capitalised(noun))
    return list(seen.values())


def common_nouns(material: Material) -> list[str]:
    """What a text without terms of its own speaks of, the most frequent first; of a short text everything."""
    counts = Counter(nouns(sentence.text for sentence in material.sentences))
    least = 2 if len(material.sentences) > _SHORT_TEXT else 1
    return [noun for noun, count in counts.most_common(2 * _ENOUGH_TERMS) if count >= least]


def others(
    term: str, described: list[str], material: Material, known: list[str], sentence: Sentence, *, strict: bool = False
) -> list[str]:
    """Up to three terms of the same kind that the material does not say the same of.

    `strict` takes only those that fit into a sentence in the place of the term, article and all.
    """
    grammar = _is_counted(term, material.text) if strict else None
    fitting = [
        other
        for other in known
        if not same(other, term)
        and not set(stems(other)) & set(sentence.stems)
        and other.casefold() not in sentence.text.casefold()
        and is_noun(other) == is_noun(term)
        and (grammar is None or _is_counted(other, material.text) == grammar)
        and (not strict or _stands_in(other, term, material))
        and not said_of(other, described, material)
    ]
    ranked = sorted(fitting, key=lambda other: (-_alike(other, term, material), known.index(other)))
    alike: list[str] = []
    for other in ranked:
        put = _number_of(other, term, material)
        if strict and _plural(put) != _plural(term):
            continue
        if not any(same(put, taken) for taken in alike) and even([term, *alike, put]):
            alike.append(put)
    return alike[:WRONG]


def said_of(term: str, described: Iterable[str], material: Material) -> bool:
    """Whether some sentence says of a term about what is asked."""
    about = set(stems(term))
    return any(about <= one and overlap(described, set(one)) > _SAID_AS_WELL for one in material.claims)


def same(one: str, other: str) -> bool:
    """The same word, or one inside the other: “fat” would be half right for “saturated fat”."""
    first, second = set(key(one).split()), set(key(other).split())
    return first <= second or second <= first


def even(choices: list[str]) -> bool:
    """Whether none gives itself away by being much longer than another."""
    counts = [len(choice.split()) for choice in choices]
    letters = [max(_SHORT, len(choice)) for choice in choices]
    return max(counts) <= _LONGER * min(counts) and max(letters) <= _LONGER * min(letters)


def _alike(one: str, other: str, material: Material) -> float:
    """How much two terms look of a kind: what they are said to be, both set as terms, number, length, ending."""
    kinds = [material.kinds.get(key(term), "") for term in (one, other)]
    score = 3.0 * (kinds[0] == kinds[1] != "")
    score += 2.0 * (one in material.terms) + (_plural(one) == _plural(other)) + (len(words(one)) == len(words(other)))
    score += (one.isupper() == other.isupper()) + 1.5 * (stem(one)[-3:] == stem(other)[-3:])
    score += 1.5 * (_is_counted(one, material.text) == _is_counted(other, material.text))
    return score + 0.5 * (one[-3:] == other[-3:])


@lru_cache(maxsize=4_096)
def _is_counted(term: str, text: str) -> bool:
    """Whether it is mostly said with an article, as “a pump” is and “water” is not."""
    if _plural(term):
        return False
    found = re.findall(rf"(\w+ )?\b{re.escape(term)}\b", text, re.IGNORECASE)
    return sum(before.strip().lower() in _ARTICLES for before in found) > len(found) / 2


def _stands_in(other: str, term: str, material: Material) -> bool:
    """Whether a sentence stays grammatical and plausible with the one for the other."""
    bare_too = _plural(other) or _is_counted(term, material.text) or _is_bare(other, material.text)
    return bare_too and _alike(other, term, material) >= _ALIKE


@lru_cache(maxsize=4_096)
def _is_bare(term: str, text: str) -> bool:
    """Whether it is said without an article somewhere, as “water” is."""
    return re.search(rf"{_BEFORE_BARE}{re.escape(term)}\b", text, re.IGNORECASE) is not None


def _plural(term: str) -> bool:
    return term.lower().endswith("s") and not term.lower().endswith(("ss", "is", "us", "sis"))


def _number_of(term: str, like: str, material: Material) -> str:
    """Singular or plural as the answer is, where the material has that form: grammar must not give it away."""
    if _plural(term) == _plural(like):
        return term
    other = term[:-1] if _plural(term) else f"{term}s"
    written = re.compile(rf"\b{re.escape(other)}\b", re.IGNORECASE)
    return other if any(written.search(sentence.text) for sentence in material.sentences) else term
