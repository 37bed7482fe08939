"""The quiz of a lesson: at least one item for each objective, of different kinds, each with one right answer."""

from collections.abc import Sequence
from typing import Any

from course.models.lesson import QuizItemDraft
from course.quality import choices
from local_cloud.openai_api.author.distractors import pool
from local_cloud.openai_api.author.goals import subject, wanted
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.procedures import Procedure
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.quiz_fallback import plain_items
from local_cloud.openai_api.author.quiz_items import Item, Makings, contraries, items, made, orders
from local_cloud.openai_api.author.words import overlap, stems

_TESTED = 0.5  # of an objective's stems
_MOST_BESIDE = 2  # sentences that tie an item to its objective
_MOST_ORDERS = 2
_TOUCHED = 0.25  # enough for a statement that names the objective itself


def quiz(
    said: list[Sentence], material: Material, objectives: list[str], most: int, steps: Sequence[Procedure] = ()
) -> list[dict[str, Any]]:
    """Up to `most` items: one for each objective first, then others, as different as there are."""
    makings = Makings(said, material, pool(material))
    found = [one for procedure in steps for one in orders(procedure)] + list(items(makings))
    found = [one for one in found if _is_sound(one)] or [one for one in contraries(makings) if _is_sound(one)]
    if not found:
        return _plain(said, material, objectives)
    chosen = _Chosen(objectives, material, said)
    for place in range(len(objectives)):
        chosen.test(place, found)
    ranked = sorted(found, key=lambda one: -material.score(one.sentence))
    while len(chosen.asked) < most and chosen.add(ranked):
        pass
    return [one for _, one in sorted(chosen.asked, key=lambda pair: pair[0])]


class _Chosen:
    """The items taken so far, each with its objective; no answer and no sentence is asked for twice."""

    def __init__(self, objectives: list[str], material: Material, said: list[Sentence]) -> None:
        self.asked: list[tuple[int, dict[str, Any]]] = []
        self._objectives = objectives
        self._material = material
        self._said = said
        self._answers: set[str] = set()
        self._sentences: set[str] = set()
        self._statements: set[str] = set()
        self._kinds: dict[str, int] = {}

    def test(self, place: int, found: list[Item]) -> None:
        """Takes the item that fits the objective best; a statement among false ones may name it."""
        about = wanted(self._objectives[place])
        fresh = [one for one in found if self._is_fresh(one)]
        fitting = [one for one in fresh if overlap(about, one.stems) >= _TESTED]
        truths = [one for one in fresh if one.kind == "truth" and overlap(about, one.stems) >= _TOUCHED]
        if fitting:
            best = min(fitting, key=lambda one: (self._kinds.get(one.kind, 0), -self._fit(one, about)))
            self._take(best, place, best.sentence.text)
        elif truths:
            best = max(truths, key=lambda one: self._fit(one, about))
            question = f"Think of {subject(self._objectives[place])}. Which statement is true?"
            self._take(best, place, best.sentence.text, question)
        elif fresh:
            best = max(fresh, key=lambda one: self._fit(one, about))
            self._take(best, place, self._explained(best, about))

    def add(self, ranked: list[Item]) -> bool:
        """Takes one more, of the kind there are fewest of; whether there was one."""
        fresh = [one for one in ranked if self._is_fresh(one)]
        if not fresh:
            return False
        best = min(fresh, key=lambda one: self._kinds.get(one.kind, 0))
        fits = [overlap(wanted(objective), best.stems) for objective in self._objectives]
        self._take(best, fits.index(max(fits)) if fits else 0, best.sentence.text)
        return True

    def _fit(self, one: Item, about: set[str]) -> float:
        return overlap(about, one.stems) + 0.1 * self._material.score(one.sentence)

    def _explained(self, one: Item, about: set[str]) -> str:
        """The sentence, and the one of the lesson that ties it to the objective."""
        told = [one.sentence]
        for _ in range(_MOST_BESIDE):
            missing = about - one.stems - {stem for sentence in told for stem in sentence.stems}
            beside = max(self._said, key=lambda other: len(missing & other.stems), default=one.sentence)
            if beside in told or not missing & beside.stems or len(missing) < len(about) * (1 - _TESTED):
                break
            told.append(beside)
        return " ".join(sentence.text for sentence in told)

    def _is_fresh(self, one: Item) -> bool:
        if one.kind == "order" and self._kinds.get("order", 0) >= _MOST_ORDERS:
            return False
        known = one.answers in self._answers or one.sentence.text in self._sentences
        return not known and not (one.kind == "truth" and self._statements & set(one.choices))

    def _take(self, one: Item, place: int, explanation: str, question: str = "") -> None:
        self._answers.add(one.answers)
        self._sentences.add(one.sentence.text)
        self._statements |= set(one.choices) if one.kind == "truth" else set()
        self._kinds[one.kind] = self._kinds.get(one.kind, 0) + 1
        self.asked.append((place, one.asked(place, explanation, question)))


def _is_sound(one: Item) -> bool:
    """Held against the rules of the quality report itself: distinct choices of one kind, none standing out."""
    draft = QuizItemDraft.model_validate(one.asked(0, ""))
    right = set(stems(one.choices[one.answer]))
    told = choices.told_by_number(draft) or choices.longest_is_right(draft)
    given = one.kind != "truth" and right <= set(stems(one.question))
    return not (choices.flaws(draft) or told or given)


def _plain(said: list[Sentence], material: Material, objectives: list[str]) -> list[dict[str, Any]]:
    """One simple item, when there are too few terms for choices of the same kind."""
    for sentence, question, right, wrong in plain_items(said, material):
        item = made("plain", sentence, question, right, wrong)
        fits = [overlap(wanted(objective), set(sentence.stems)) for objective in objectives]
        return [item.asked(fits.index(max(fits)) if fits else 0, sentence.text)]
    return []
