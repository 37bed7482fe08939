"""Quiz items of every kind that a sentence allows: which term, which meaning, a gap, a year, a name, what is true."""

import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from local_cloud.openai_api.author.distractors import FEWEST, WRONG, even, others, said_of
from local_cloud.openai_api.author.falsehoods import denial, falsehoods
from local_cloud.openai_api.author.layouts import shown
from local_cloud.openai_api.author.material import Material, near
from local_cloud.openai_api.author.names import names, year_of, years
from local_cloud.openai_api.author.points import phrase, point
from local_cloud.openai_api.author.procedures import Procedure, shown_step
from local_cloud.openai_api.author.prose import Sentence, without_leading
from local_cloud.openai_api.author.terms import Definition, define, key, lowered_first
from local_cloud.openai_api.author.verbs import may_be_finite
from local_cloud.openai_api.author.words import FUNCTION_WORDS, capitalised, stem, stems, words

BLANK = "_____"
_LONGEST_GAP = 26  # words of a sentence with a gap
_LONGEST_MEANING = 18
_LONGEST_STATEMENT = 20
_LEAST_LEFT = 3  # stems that describe what is looked for
_NEARBY = 150  # years
_ASKED = "Which statement is true?"


@dataclass(frozen=True)
class Item:
    """A question with its right choice among wrong ones; `answers` tells apart what is asked for."""

    kind: str
    sentence: Sentence
    question: str
    choices: tuple[str, ...]
    answer: int

    @property
    def answers(self) -> str:
        """The right choice, however it is inflected."""
        return key(self.choices[self.answer])

    @property
    def stems(self) -> set[str]:
        """Everything its words speak of."""
        return set(stems(" ".join([self.question, *self.choices, self.sentence.text])))

    def asked(self, objective: int, explanation: str, question: str = "") -> dict[str, Any]:
        """As the course's own type has it."""
        return {
            "question": question or self.question,
            "choices": list(self.choices),
            "answer": self.answer,
            "explanation": explanation,
            "objective": objective,
        }


@dataclass(frozen=True)
class Makings:
    """What items of a lesson are made from: what is said, all the material, and the terms to choose among."""

    said: list[Sentence]
    material: Material
    known: list[str]

    @cached_property
    def years(self) -> list[str]:
        """Every year the material names."""
        return years(self.material.sentences)

    @cached_property
    def names(self) -> tuple[list[str], list[str]]:
        """Names of places, and all others."""
        return names(self.material.sentences)


def items(makings: Makings) -> Iterator[Item]:
    """Every item there can be."""
    found = [(sentence, definition) for sentence in makings.said if (definition := define(sentence)) is not None]
    for _, definition in found:
        yield from _term(definition, makings)
        yield from _meaning(definition, makings)
    for sentence in makings.said:
        yield from _gap(sentence, makings)
        yield from _year(sentence, makings)
        yield from _name(sentence, makings)
        yield from _truth(sentence, makings)


def _term(definition: Definition, makings: Makings) -> Iterator[Item]:
    meaning = phrase(definition.meaning, _LONGEST_GAP) or definition.meaning
    wrong = others(definition.term, stems(definition.meaning), makings.material, makings.known, definition.sentence)
    if len(wrong) >= FEWEST:
        question = f"Which term fits this description: “{lowered_first(meaning)}”?"
        yield made("term", definition.sentence, question, definition.term, wrong)


def _meaning(definition: Definition, makings: Makings) -> Iterator[Item]:
    """Of terms of one kind, so that their meanings are."""
    right = phrase(definition.meaning, _LONGEST_MEANING)
    material = makings.material
    about = set(stems(definition.term))
    wrong: list[str] = []
    for other in material.definitions:
        text = phrase(other.meaning, _LONGEST_MEANING)
        fits = text and right and even([right, *wrong, text]) and not about & set(other.sentence.stems)
        if text and fits and not near(other.sentence, definition.sentence) and text not in wrong:
            wrong.append(text)
    if right and len(wrong) >= WRONG:
        yield made(
            "meaning", definition.sentence, f"What does “{lowered_first(definition.term)}” mean?", right, wrong[:WRONG]
        )


def _gap(sentence: Sentence, makings: Makings) -> Iterator[Item]:
    """The sentence with one of its terms left out; a term that only describes the next word is left in."""
    if not sentence.stands_alone or sentence.length > _LONGEST_GAP:
        return
    text = without_leading(sentence.text)
    for term in sorted(makings.known, key=lambda one: (one not in makings.material.terms, -len(one))):
        named = re.compile(rf"(?<![\w-]){re.escape(term)}(?![\w-])", re.IGNORECASE)
        found = list(named.finditer(text))
        if len(found) != 1 or stems(text).count(stem(words(term)[-1])) != 1 or _describes(text, found[0]):
            continue
        rest = [one for one in stems(text) if one not in set(stems(term))]
        wrong = others(term, rest, makings.material, makings.known, sentence)
        # Any noun may fit many a gap: it takes more wrong ones to ask for it than for a term.
        enough = FEWEST if term in makings.material.terms else WRONG
        if len(rest) >= _LEAST_LEFT and len(wrong) >= enough:
            yield made("gap", sentence, _gapped(named.sub(BLANK, text, count=1)), term, wrong)
            return


def _describes(text: str, found: re.Match[str]) -> bool:
    """“the dihybrid cross”, “glucose molecules”: part of a longer name."""
    after = re.match(r"[ -]([A-Za-z’-]+)", text[found.end() :])
    before = re.search(r"([A-Za-z’]+)[ -]$", text[: found.start()])
    goes_on = after is not None and after[1].lower() not in FUNCTION_WORDS and not may_be_finite(after[1].lower())
    began = before is not None and before[1].lower() not in FUNCTION_WORDS and not may_be_finite(before[1].lower())
    return goes_on or (began and text[found.start() - 1] == "-")


def _gapped(text: str) -> str:
    # “an _____” would give away how the answer begins.
    text = re.sub(rf"\b([Aa])n? {BLANK}", rf"\1(n) {BLANK}", text)
    return f"Which choice completes the sentence? “{text}”"


def _year(sentence: Sentence, makings: Makings) -> Iterator[Item]:
    """When something happened, among other years of the material."""
    year = year_of(sentence.text)
    if not year or not sentence.stands_alone or sentence.length > _LONGEST_GAP:
        return
    near_by = [one for one in makings.years if 0 < abs(int(one) - int(year)) <= _NEARBY]
    wrong = sorted(near_by, key=lambda one: abs(int(one) - int(year)))[:WRONG]
    if len(wrong) >= FEWEST and not any(said_of(one, sentence.stems - {year}, makings.material) for one in wrong):
        yield made("year", sentence, _gapped(without_leading(sentence.text).replace(year, BLANK)), year, wrong)


def _name(sentence: Sentence, makings: Makings) -> Iterator[Item]:
    """Who or where it was, among others of the material."""
    if not sentence.stands_alone or sentence.length > _LONGEST_GAP:
        return
    for kind in makings.names:
        for name in kind:
            named = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            if len(named.findall(sentence.text)) != 1 or len(sentence.stems - set(stems(name))) < _LEAST_LEFT:
                continue
            rest = sentence.stems - set(stems(name))
            wrong = [
                one for one in kind if not set(stems(one)) & sentence.stems and not said_of(one, rest, makings.material)
            ]
            wrong = [one for one in wrong if even([name, one])][:WRONG]
            if len(wrong) >= FEWEST and even([name, *wrong]):
                yield made("name", sentence, _gapped(named.sub(BLANK, without_leading(sentence.text))), name, wrong)
                return


def _truth(sentence: Sentence, makings: Makings) -> Iterator[Item]:
    """A point of the lesson among false ones made of others; of few others, of itself."""
    right = _statement(sentence)
    if right is None:
        return
    beside = [one for one in makings.said if one is not sentence and one.section == sentence.section]
    wrong: list[str] = []
    for other in [*beside, sentence]:
        text = _statement(other)
        made_false = falsehoods(text, other, makings.material, makings.known) if text else iter(())
        # Not always the first term: the same wrong word everywhere would be known for wrong.
        false = next(itertools.islice(made_false, len(wrong), None), None)
        if (
            false
            and even([right, *wrong, false])
            and false.casefold() not in {one.casefold() for one in [right, *wrong]}
        ):
            wrong.append(false)
        if len(wrong) == WRONG:
            break
    if len(wrong) >= FEWEST:
        yield made("truth", sentence, _ASKED, right, wrong)


def contraries(makings: Makings) -> Iterator[Item]:
    """Where nothing can be exchanged, what is true among the contraries of other sentences."""
    for sentence in makings.said:
        right = _statement(sentence)
        denied = [text for one in makings.said if one is not sentence and (text := denial(one, makings.material))]
        wrong = [text for text in denied if right and even([right, text])][:WRONG]
        if right and len(wrong) >= FEWEST and even([right, *wrong]):
            yield made("truth", sentence, _ASKED, right, wrong)


def orders(procedure: Procedure) -> Iterator[Item]:
    """What comes after a step, among the steps that do not."""
    steps = [shown_step(step) for step in procedure.steps]
    for place in range(len(steps) - 1):
        right = steps[place + 1]
        wrong = [step for other, step in enumerate(steps) if other not in (place, place + 1) and even([right, step])]
        if len(wrong) >= FEWEST and even([right, *wrong[:WRONG]]):
            told = f"{procedure.steps[place]}. Then, {lowered_first(procedure.steps[place + 1])}."
            sentence = Sentence(told, told, procedure.passage, procedure.heading, stems=frozenset(stems(told)))
            about = f"{procedure.heading}: which" if procedure.heading else "Which"
            yield made("order", sentence, f"{about} step comes right after “{steps[place]}”?", right, wrong[:WRONG])


def _statement(sentence: Sentence) -> str | None:
    text = shown(sentence)
    return text if text and ": " not in text else point(sentence, _LONGEST_STATEMENT)


def made(kind: str, sentence: Sentence, question: str, right: str, wrong: list[str]) -> Item:
    """The right choice at a place that depends on the question only."""
    seed = f"{question}{right}" if question == _ASKED else question
    place = hashlib.sha256(seed.encode()).digest()[0] % (len(wrong) + 1)
    choices = [capitalised(choice) for choice in (*wrong[:place], right, *wrong[place:])]
    return Item(kind, sentence, question, tuple(choices), place)
