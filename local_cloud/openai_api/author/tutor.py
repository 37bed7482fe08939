"""The tutor: a learner's question answered with sentences of the passages, or not at all."""

import math
import re
from dataclasses import dataclass

from local_cloud.openai_api.author.prose import Sentence, sentences, without_leading
from local_cloud.openai_api.author.tags import block, blocks, without_blocks
from local_cloud.openai_api.author.terms import define, key
from local_cloud.openai_api.author.words import is_content, stem, words

NOT_COVERED = "NOT COVERED"
_MOST_SENTENCES = 3
_LONGEST = 70  # words; an answer is read, not heard
_COVERED = 0.55
_ASKING_TEXT = """
what why meant lead leads led similar similarities similarity impossible possible takes take place
occurs occur involve involved kind called formed consist how when where who which explain describe
tell define mean meaning difference different between work works happen happens important importance
example examples please understand know name list give call say said cause causes purpose function
role do does did reason compare versus vs question answer help course lesson slide video detail
details briefly simple simply words learn taught teach teacher again exactly actually
"""
_ASKING = frozenset(_ASKING_TEXT.split())
_WHAT_IS = re.compile(
    r"\b(?:what(?:’s|'s| is| are| does)|define|meaning of|meant by|who (?:is|was))\s+(?:an?\s+|"
    r"the\s+)?(.+?)(?:\s+mean)?\s*\?*$",
    re.IGNORECASE,
)
_ABOUT_QUIZ = re.compile(r"\bquiz\b|\banswers? to (?:question|item)|\bexam\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Found:
    sentence: Sentence
    score: float


def answer(message: str, before: list[str]) -> str:
    """Up to three sentences, each with its passage; `before` are the learner's earlier questions."""
    question = block(message, "question") or without_blocks(message)
    passages = blocks(message, "passage")
    wanted = _wanted(question)
    if not wanted and before:
        wanted = _wanted(without_blocks(before[-1]) or block(before[-1], "question"))
    if not passages or not wanted or _ABOUT_QUIZ.search(question):
        return NOT_COVERED
    said = [_said(passage["id"], passage.text, place) for place, passage in enumerate(passages)]
    titles = [set(_wanted(passage["title"])) for passage in passages]
    weights = _weights(wanted, said)
    if _best_passage(wanted, said, titles, weights) < _COVERED:
        return NOT_COVERED
    chosen = _chosen(question, wanted, [one for group in said for one in group], weights)
    return " ".join(_cited(one) for one in chosen) or NOT_COVERED


def _wanted(question: str) -> list[str]:
    """Stems of what is asked about."""
    asked = [word for word in words(question) if is_content(word) and word.lower() not in _ASKING]
    return list(dict.fromkeys(stem(word) for word in asked))


def _said(passage: str, text: str, place: int) -> list[Sentence]:
    # A thousand apart, so that sentences of two passages are never neighbours.
    return sentences(passage, "", text, place * 1_000, _LONGEST)


def _weights(wanted: list[str], said: list[list[Sentence]]) -> dict[str, float]:
    """Rare words count more; one that no passage has counts most."""
    total = len(said)
    present = {one: sum(any(one in sentence.stems for sentence in group) for group in said) for one in wanted}
    return {one: math.log(1 + (total + 1) / (0.5 + present[one])) for one in wanted}


def _best_passage(
    wanted: list[str], said: list[list[Sentence]], titles: list[set[str]], weights: dict[str, float]
) -> float:
    """The share of the question that one passage speaks of."""
    whole = sum(weights.values())
    spoken = [
        titles[place] | {stem for sentence in group for stem in sentence.stems} if group else set()
        for place, group in enumerate(said)
    ]
    return max((sum(weights[one] for one in wanted if one in have) / whole for have in spoken), default=0.0)


def _chosen(question: str, wanted: list[str], said: list[Sentence], weights: dict[str, float]) -> list[Sentence]:
    scored = sorted((_Found(one, _score(question, one, wanted, weights)) for one in said), key=lambda one: -one.score)
    if not scored or scored[0].score <= 0:
        return []
    chosen: list[Sentence] = []
    for found in scored:
        if len(chosen) == _MOST_SENTENCES or found.score < 0.65 * scored[0].score:
            break
        if not any(_alike(found.sentence, other) for other in chosen):
            chosen.append(found.sentence)
    first, *rest = chosen
    return [first, *sorted(rest, key=lambda one: one.index)]


def _score(question: str, sentence: Sentence, wanted: list[str], weights: dict[str, float]) -> float:
    score = sum(weights[one] for one in wanted if one in sentence.stems) / sum(weights.values())
    match = _WHAT_IS.search(question)
    defined = define(sentence)
    if match and defined and key(defined.term) == key(match[1]):
        score += 1.0
    elif defined and set(key(defined.term).split()) <= set(wanted):
        score += 0.3
    if re.search(r"\bwhy\b", question, re.IGNORECASE) and re.search(
        r"\b(?:because|so that|therefore|due to|since|allows?|in order)\b", sentence.text
    ):
        score += 0.25
    if re.search(r"\bhow (?:many|much|long|old)\b", question, re.IGNORECASE) and re.search(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)\b", sentence.text
    ):
        score += 0.6
    return score * (1.0 if sentence.stands_alone else 0.55)


def _alike(one: Sentence, other: Sentence) -> bool:
    return len(one.stems & other.stems) > 0.7 * min(len(one.stems), len(other.stems))


def _cited(sentence: Sentence) -> str:
    return f"{without_leading(sentence.text).rstrip('.!')} [{sentence.passage}]."
