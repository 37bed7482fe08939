"""The passages of a lesson as topics with weighed sentences."""

import copy
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from course.sentences import split_sentences
from local_cloud.openai_api.author.prose import LONGEST, Sentence, plain, sentences
from local_cloud.openai_api.author.tags import Block
from local_cloud.openai_api.author.terms import Definition, definitions, genus, key, key_terms
from local_cloud.openai_api.author.titles import without_number
from local_cloud.openai_api.author.words import overlap, stems, topic_stems, within

_REFERENCE = re.compile(r"^[SP]\d+(\.\d+)?$")
_EXAMPLE = re.compile(r"^(?:for example|for instance)|\bsuch as\b", re.IGNORECASE)
_ANYBODY = re.compile(
    r"\b(?:(?:most|some|many) (?:people|individuals|students)|we|our|before discussing)\b", re.IGNORECASE
)
_LONGEST_THING = 3  # words


@dataclass(frozen=True)
class Topic:
    """A section of the material: its heading (perhaps empty) and its sentences in order."""

    heading: str
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """Words of its sentences."""
        return sum(sentence.length for sentence in self.sentences)


class Material:
    """All that a lesson may be made of, weighed by what the lesson is about."""

    def __init__(self, passages: list[Block], focus: Iterable[str] = ()) -> None:
        self.passages = {passage["id"]: passage.text for passage in passages}
        self.headings = {passage["id"]: _heading(passage) for passage in passages}
        self.topics = _topics(passages)
        self.sentences = [sentence for topic in self.topics for sentence in topic.sentences]
        self.text = " ".join(sentence.text for sentence in self.sentences)
        self.claims = [frozenset(stems(one)) for text in self.passages.values() for one in split_sentences(plain(text))]
        """Stems of all that the passages say, also of what cannot be spoken: nothing of it may be called false."""
        self.definitions: list[Definition] = definitions(self.sentences)
        self.kinds = {key(one.term): genus(one.meaning) for one in self.definitions}
        """What a term is one of, as its definition says: an allele is a “variant”."""
        self.terms = key_terms(self.sentences)
        self._defining = {definition.sentence.quote for definition in self.definitions}
        self.focus_on(focus)
        counts = Counter(stem for sentence in self.sentences for stem in sentence.stems)
        most = max(counts.values(), default=1)
        self._weight = {stem: math.log(1 + count) / math.log(1 + most) for stem, count in counts.items()}

    def focused(self, focus: Iterable[str]) -> "Material":
        """The same material, weighed by other words."""
        other = copy.copy(self)
        other.focus_on(focus)
        return other

    def focus_on(self, focus: Iterable[str]) -> None:
        """Weigh by these titles and objectives from now on."""
        self._focus = [topic_stems(text) for text in focus]

    def score(self, sentence: Sentence) -> float:
        """How much a sentence deserves to be said; about 0 to 2."""
        weights = [self._weight.get(stem, 0.0) for stem in sentence.stems]
        score = sum(weights) / len(weights) if weights else 0.0
        score += 0.8 * max((overlap(wanted, set(sentence.stems)) for wanted in self._focus if wanted), default=0.0)
        score += 0.25 * bool(sentence.terms) + 0.3 * (sentence.quote in self._defining)
        score += 0.15 * sentence.opens_paragraph + 0.1 * sentence.stands_alone
        score -= 0.15 * bool(_EXAMPLE.search(sentence.text)) + 0.3 * max(0, sentence.length - 26) / (LONGEST - 26)
        score -= 0.4 * bool(_ANYBODY.search(sentence.text))
        return score - 0.05 * len(re.findall(r"\d+", sentence.text))

    def inside(self, title: str) -> str:
        """A title inside a sentence: small letters, names as the material writes them, “the” where it mostly does."""
        inside = within(title, self.text)
        if not inside[:1].islower() or len(inside.split()) > _LONGEST_THING or re.search(r"[^sui]s$|\band\b", inside):
            return inside
        before = re.findall(rf"(\w+) {re.escape(inside)}\b", self.text, re.IGNORECASE)
        articles = sum(word.lower() in ("the", "a", "an") for word in before)
        return f"the {inside}" if articles > 1 and articles > len(before) / 2 else inside

    def defines(self, sentence: Sentence) -> bool:
        """Whether a term's definition was read from it."""
        return sentence.quote in self._defining


def _topics(passages: list[Block]) -> list[Topic]:
    grouped: dict[str, list[Sentence]] = {}
    headings: dict[str, str] = {}
    seen: set[str] = set()
    count = 0
    for passage in passages:
        group = passage["section"] or passage["heading"] or passage["id"]
        headings.setdefault(group, _heading(passage))
        found = [one for one in sentences(passage["id"], group, passage.text, count) if one.text not in seen]
        seen.update(one.text for one in found)
        # A gap between passages, so that nothing leans on a sentence of another one.
        count = max([count, *(one.index for one in found)]) + 2
        grouped.setdefault(group, []).extend(found)
    return [Topic(headings[group], tuple(found)) for group, found in grouped.items() if found]


def _heading(passage: Block) -> str:
    for name in (passage["heading"], passage["title"], passage["section"]):
        last = name.split(" › ")[-1].strip()
        # A section without a heading comes with its first words and “…”.
        if last and not _REFERENCE.match(last) and not last.endswith("…"):
            return without_number(last)
    return ""


def near(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences say about the same."""
    union = one.stems | other.stems
    return bool(union) and len(one.stems & other.stems) / len(union) > 0.6
