"""Quiz items from what the lesson says: each has one right answer, and it was heard."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.prose import Sentence, without_leading
from local_cloud.openai_api.author.quiz_fallback import plain_items
from local_cloud.openai_api.author.terms import Definition, bare, define, key, lowered_first
from local_cloud.openai_api.author.words import capitalised, overlap, stem, stems, topic_stems, words

_CHOICES = 4
_FEWEST = 3
_SUBJECT = re.compile(
    r"^((?:an? |the )?[\w’-]+(?: [\w’-]+){0,2}?) (?:is|are|can|have|has|contain|contains)\b", re.IGNORECASE
)
_BLANK = "_____"


def quiz(said: list[Sentence], material: Material, objectives: list[str], wanted: int) -> list[dict[str, Any]]:
    """Up to `wanted` items, spread over the objectives."""
    pool = _pool(material)
    items: list[dict[str, Any]] = []
    asked: set[str] = set()
    for sentence, item in _candidates(said, material, pool):
        answer = key(item["choices"][item["answer"]])
        if answer in asked:
            continue
        asked.add(answer)
        items.append({**item, "explanation": sentence.text, "objective": _objective(sentence, objectives)})
    return _spread(items or _plain(said, material, objectives), wanted)


def _plain(said: list[Sentence], material: Material, objectives: list[str]) -> list[dict[str, Any]]:
    """One simple item, when there are too few terms for choices of the same kind."""
    for sentence, question, right, wrong in plain_items(said, material):
        item = _item(question, right, wrong)
        return [{**item, "explanation": sentence.text, "objective": _objective(sentence, objectives)}]
    return []


def _candidates(said: list[Sentence], material: Material, pool: list[str]) -> Iterator[tuple[Sentence, dict[str, Any]]]:
    """Definitions first: they make the clearest questions."""
    for sentence in said:
        definition = define(sentence)
        if definition is not None and (item := _by_meaning(definition, material, pool)):
            yield sentence, item
    for sentence in sorted(said, key=lambda one: -material.score(one)):
        if item := _by_gap(sentence, material, pool):
            yield sentence, item


def _by_meaning(definition: Definition, material: Material, pool: list[str]) -> dict[str, Any] | None:
    wrong = _distractors(definition.term, stems(definition.meaning), material, pool, definition.sentence)
    if len(wrong) < _FEWEST - 1:
        return None
    question = f"Which term fits this description: “{lowered_first(definition.meaning)}”?"
    return _item(question, definition.term, wrong)


def _by_gap(sentence: Sentence, material: Material, pool: list[str]) -> dict[str, Any] | None:
    """The sentence with one of its terms left out."""
    if not sentence.stands_alone or sentence.length > 26:
        return None
    text = without_leading(sentence.text)
    for term in sorted(pool, key=lambda one: -len(one)):
        found = re.findall(rf"(?<![\w-]){re.escape(term)}(?![\w-])", text, re.IGNORECASE)
        if len(found) != 1 or stems(text).count(stem(words(term)[-1])) != 1:
            continue
        rest = [one for one in stems(text) if one not in set(stems(term))]
        wrong = _distractors(term, rest, material, pool, sentence)
        if len(rest) >= 3 and len(wrong) >= _FEWEST - 1:
            gapped = re.sub(rf"(?<![\w-]){re.escape(term)}(?![\w-])", _BLANK, text, count=1, flags=re.IGNORECASE)
            gapped = re.sub(rf"\b([Aa])n? {_BLANK}", rf"\1(n) {_BLANK}", gapped)
            return _item(f"Which choice completes the sentence? “{gapped}”", term, wrong)
    return None


def _pool(material: Material) -> list[str]:
    """Terms to choose among: those in bold or defined, then what sentences are about."""
    seen = {key(term): term for term in material.terms}
    for sentence in material.sentences:
        match = _SUBJECT.match(sentence.text) if sentence.stands_alone else None
        subject = capitalised(bare(match[1])) if match else ""
        counts = sum(topic_stems(subject) <= other.stems for other in material.sentences) if subject else 0
        if (
            counts >= (3 if len(seen) > 6 else 2)
            and len(subject) > 3
            and len(topic_stems(subject)) == len(words(subject))
        ):
            seen.setdefault(key(subject), subject)
    return list(seen.values())


def _distractors(term: str, described: list[str], material: Material, pool: list[str], sentence: Sentence) -> list[str]:
    """Three terms of the same kind that the material does not say the same of."""
    fitting = [
        other
        for other in pool
        if not _same(other, term)
        and not set(stems(other)) & set(sentence.stems)
        and not _also_fits(other, described, material)
    ]
    ranked = sorted(fitting, key=lambda other: (-_alike(other, term, material), pool.index(other)))
    alike: list[str] = []
    for other in ranked:
        if not any(_same(other, taken) for taken in alike):
            alike.append(other)
    return [_number_of(other, term, material) for other in alike[: _CHOICES - 1]]


def _same(one: str, other: str) -> bool:
    """The same word, or one inside the other: “fat” would be half right for “saturated fat”."""
    first, second = set(key(one).split()), set(key(other).split())
    return first <= second or second <= first


def _also_fits(term: str, described: list[str], material: Material) -> bool:
    wanted = set(stems(term))
    about = [one for one in material.sentences if wanted <= one.stems]
    return any(overlap(described, set(one.stems)) > 0.5 for one in about)


def _alike(one: str, other: str, material: Material) -> float:
    """How much two terms look of a kind: both set as terms, number, length, ending, capitals."""
    score = 2.0 * (one in material.terms) + (_plural(one) == _plural(other)) + (len(words(one)) == len(words(other)))
    score += (one.isupper() == other.isupper()) + 1.5 * (stem(one)[-3:] == stem(other)[-3:])
    return score + 0.5 * (one[-3:] == other[-3:])


def _plural(term: str) -> bool:
    return term.lower().endswith("s") and not term.lower().endswith(("ss", "is", "us", "sis"))


def _number_of(term: str, like: str, material: Material) -> str:
    """Singular or plural as the answer is, where the material has that form: grammar must not give it away."""
    if _plural(term) == _plural(like):
        return term
    other = term[:-1] if _plural(term) else f"{term}s"
    written = re.compile(rf"\b{re.escape(other)}\b", re.IGNORECASE)
    return other if any(written.search(sentence.text) for sentence in material.sentences) else term


def _item(question: str, right: str, wrong: list[str]) -> dict[str, Any]:
    """The right choice at a place that depends on the question only."""
    place = hashlib.sha256(question.encode()).digest()[0] % (len(wrong) + 1)
    choices = [*wrong[:place], right, *wrong[place:]]
    return {"question": question, "choices": [capitalised(choice) for choice in choices], "answer": place}


def _objective(sentence: Sentence, objectives: list[str]) -> int:
    fits = [overlap(topic_stems(objective), set(sentence.stems)) for objective in objectives]
    return fits.index(max(fits)) if fits else 0


def _spread(items: list[dict[str, Any]], wanted: int) -> list[dict[str, Any]]:
    """Round by round one item of each objective, and then in the order they were made."""
    rounds: dict[int, int] = {}
    ordered: list[tuple[int, int]] = []
    for place, item in enumerate(items):
        rounds[item["objective"]] = rounds.get(item["objective"], 0) + 1
        ordered.append((rounds[item["objective"]], place))
    return [items[place] for place in sorted(place for _, place in sorted(ordered)[:wanted])]
