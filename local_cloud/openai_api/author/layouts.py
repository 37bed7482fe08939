"""What a slide shows for the sentences it says: a definition, a comparison, steps, points or a statement."""

import re
from typing import Any

from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.points import READABLE, phrase, point
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.terms import define, key, lowered_first
from local_cloud.openai_api.author.words import capitalised, is_content, overlap, stems, topic_stems, words

STATEMENT = 25  # words of a sentence that has a slide to itself
_MOST_POINTS = 5
LETTERS = 340  # of all points together; more are set too small to be read
_MOST_OF_A_SIDE = 3
_FEWEST_STEPS = 3
_STEP = re.compile(
    r"^(?:first|second|third|fourth|next|then|after (?:this|that|which)|finally|lastly|last|at "
    r"the end)\b,?\s*",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"^(?P<left>[\w’'-]+(?: [\w’'-]+){0,3}?) (?P<left_says>(?:is|are|has|have|can|contains?|"
    r"ha[sd]|\w+s?|help|contribute)\b[^,;]{8,110})"
    r"(?:, whereas| whereas|, while|; however,|, but) (?:the )?"
    r"(?P<right>[\w’'-]+(?: [\w’'-]+){0,3}?) (?P<right_says>(?:is|are|has|have|do(?:es)?|"
    r"can(?:not)?|contains?|\w+s?)\b[^,;]{8,110})\.$"
)


def body(title: str, sentences: list[Sentence], material: Material, wanted: set[str] | None = None) -> dict[str, Any]:
    """The richest layout these sentences allow, as the course's own type; `wanted` are stems it should show."""
    for layout in (_steps, _comparison):
        found = layout(sentences, material)
        if found is not None:
            return found
    points = _points(sentences, material, wanted or set())
    defined = _definition(title, sentences)
    if defined is not None and len(points) < 3:
        return defined
    if len(points) >= 2:
        return {"layout": "bullets", "points": points}
    return defined or _any_definition(sentences, material) or _statement(points, sentences, material)


def _points(sentences: list[Sentence], material: Material, wanted: set[str]) -> list[str]:
    """The best points, in the order they are said; what is wanted and not shown yet comes first."""
    found = {short: sentence for sentence in sentences if (short := shown(sentence))}
    missing = set(wanted)
    kept: set[str] = set()
    room = {short for short in found if len(short) <= LETTERS}
    while room and len(kept) < _MOST_POINTS:
        best = max(
            sorted(room),
            key=lambda short: (len(missing & set(stems(short))), weight(short, found[short], material)),
        )
        kept.add(best)
        missing -= set(stems(best))
        left = LETTERS - sum(map(len, kept))
        room = {short for short in room - kept if len(short) <= left}
    return [short for short in found if short in kept]


def weight(short: str, sentence: Sentence, material: Material) -> float:
    """How much a point deserves to be shown: as its sentence, less for what was cut off."""
    left = overlap(sentence.stems, set(stems(short)))
    return material.score(sentence) * (0.5 + 0.5 * left)


def shown(sentence: Sentence) -> str | None:
    """The sentence as a point; a definition too long for one as “term: meaning”."""
    if short := point(sentence):
        return short
    defined = define(sentence)
    meaning = phrase(defined.meaning, READABLE - len(defined.term.split())) if defined else None
    return f"{defined.term}: {lowered_first(meaning)}" if defined and meaning else None


def _statement(points: list[str], sentences: list[Sentence], material: Material) -> dict[str, Any]:
    """One point, or the weightiest sentence that can be short enough."""
    if points:
        return {"layout": "statement", "text": points[0]}
    ranked = sorted(sentences, key=material.score, reverse=True)
    brief = next((short for one in ranked if (short := point(one, STATEMENT))), None)
    whole = next((one.text for one in ranked if one.stands_alone and one.length <= STATEMENT), None)
    text = brief or whole or min(ranked, key=lambda one: one.length).text
    return {"layout": "statement", "text": text if len(text.split()) <= STATEMENT else first_words(text, STATEMENT)}


def first_words(text: str, most: int) -> str:
    """Its beginning, plainly cut off: the last resort for what no rule can shorten."""
    return " ".join(text.split()[: most - 1]).rstrip(" ,;:–—") + " …"


def _any_definition(sentences: list[Sentence], material: Material) -> dict[str, Any] | None:
    """The weightiest term that is defined here, whatever the slide is called."""
    for sentence in sorted(sentences, key=material.score, reverse=True):
        if (found := _as_definition(sentence)) is not None:
            return found
    return None


def _as_definition(sentence: Sentence) -> dict[str, Any] | None:
    found = define(sentence)
    meaning = phrase(found.meaning, STATEMENT) if found else None
    return {"layout": "definition", "term": found.term, "meaning": meaning} if found and meaning else None


def _definition(title: str, sentences: list[Sentence]) -> dict[str, Any] | None:
    """When the slide's own title is a term that is defined here."""
    for sentence in sentences:
        found = define(sentence)
        if found is not None and (key(found.term) == key(title) or topic_stems(title) == topic_stems(found.term)):
            return _as_definition(sentence)
    return None


def _steps(sentences: list[Sentence], _: Material) -> dict[str, Any] | None:
    """Three or more sentences that say themselves that they come one after the other."""
    marked = [sentence for sentence in sentences if _STEP.match(sentence.text)]
    steps = [step for one in marked if (step := phrase(capitalised(_STEP.sub("", one.text)), READABLE, loosely=True))]
    return {"layout": "process", "steps": steps[:6]} if len(steps) == len(marked) >= _FEWEST_STEPS else None


def _comparison(sentences: list[Sentence], material: Material) -> dict[str, Any] | None:
    """“A is …, whereas B is …”, with what else is said of each."""
    for sentence in sentences:
        match = _AGAINST.match(sentence.text)
        if match is None or not sentence.stands_alone or not (_names(match["left"]) and _names(match["right"])):
            continue
        sides = [_side(match[side], match[f"{side}_says"], sentences, sentence, material) for side in ("left", "right")]
        fit = all(side["points"] for side in sides)
        if fit and key(sides[0]["heading"]) != key(sides[1]["heading"]):
            return {"layout": "comparison", "left": sides[0], "right": sides[1]}
    return None


def _names(subject: str) -> bool:
    """“The” and “it” head no column."""
    return any(is_content(word) for word in words(subject))


def _side(subject: str, says: str, sentences: list[Sentence], own: Sentence, material: Material) -> dict[str, Any]:
    first = phrase(capitalised(says.strip()), READABLE)
    points = [first] if first else []
    for sentence in sorted(sentences, key=lambda one: -material.score(one)):
        rest = re.match(rf"^(?:an? |the )?{re.escape(subject)} (.+)$", point(sentence) or "", re.IGNORECASE)
        if rest and points and sentence is not own and len(points) < _MOST_OF_A_SIDE:
            points.append(capitalised(rest[1]))
    return {"heading": capitalised(subject), "points": points}
