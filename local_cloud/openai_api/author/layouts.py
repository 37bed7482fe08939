"""What a slide shows for the sentences it says: a definition, a comparison, steps, points or a statement."""

import re
from typing import Any

from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.points import READABLE, point
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.terms import define, key
from local_cloud.openai_api.author.words import capitalised, is_content, topic_stems, words

_MOST_POINTS = 5
_FEW_POINTS = 2
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


def body(title: str, sentences: list[Sentence], material: Material) -> dict[str, Any]:
    """The richest layout these sentences allow, as the course's own type."""
    for layout in (_steps, _comparison):
        found = layout(sentences, material)
        if found is not None:
            return found
    points = _points(sentences, material)
    defined = _definition(title, sentences)
    if defined is not None and len(points) < 3:
        return defined
    if len(points) >= 2:
        return {"layout": "bullets", "points": points}
    if defined is not None:
        return defined
    best = max(sentences, key=material.score)
    return {"layout": "statement", "text": points[0] if points else best.text}


def _points(sentences: list[Sentence], material: Material) -> list[str]:
    """The best points, in the order they are said; longer ones only where short ones are few."""
    candidates = [(sentence, short) for sentence in sentences if (short := point(sentence))]
    ranked = sorted(candidates, key=lambda pair: -material.score(pair[0]))
    readable = [short for _, short in ranked if len(short.split()) <= READABLE]
    longer = [short for _, short in ranked if len(short.split()) > READABLE]
    kept = {*readable[:_MOST_POINTS], *longer[: max(0, _FEW_POINTS - len(set(readable)))]}
    return list(dict.fromkeys(short for _, short in candidates if short in kept))


def _definition(title: str, sentences: list[Sentence]) -> dict[str, Any] | None:
    """When the slide's own title is a term that is defined here."""
    for sentence in sentences:
        found = define(sentence)
        if found is not None and (key(found.term) == key(title) or topic_stems(title) == topic_stems(found.term)):
            return {"layout": "definition", "term": found.term, "meaning": found.meaning}
    return None


def _steps(sentences: list[Sentence], _: Material) -> dict[str, Any] | None:
    """Three or more sentences that say themselves that they come one after the other."""
    marked = [sentence for sentence in sentences if _STEP.match(sentence.text) and sentence.length <= 22]
    if len(marked) < 3:
        return None
    steps = [capitalised(_STEP.sub("", sentence.text).rstrip(".")) for sentence in marked]
    return {"layout": "process", "steps": steps[:6]}


def _comparison(sentences: list[Sentence], material: Material) -> dict[str, Any] | None:
    """“A is …, whereas B is …”, with what else is said of each."""
    for sentence in sentences:
        match = _AGAINST.match(sentence.text)
        if match is None or not sentence.stands_alone or not (_names(match["left"]) and _names(match["right"])):
            continue
        sides = [_side(match[side], match[f"{side}_says"], sentences, sentence, material) for side in ("left", "right")]
        if key(sides[0]["heading"]) != key(sides[1]["heading"]):
            return {"layout": "comparison", "left": sides[0], "right": sides[1]}
    return None


def _names(subject: str) -> bool:
    """“The” and “it” head no column."""
    return any(is_content(word) for word in words(subject))


def _side(subject: str, says: str, sentences: list[Sentence], own: Sentence, material: Material) -> dict[str, Any]:
    points = [capitalised(says.strip())]
    for sentence in sorted(sentences, key=lambda one: -material.score(one)):
        rest = re.match(rf"^(?:an? |the )?{re.escape(subject)} (.+)$", point(sentence) or "", re.IGNORECASE)
        if rest and sentence is not own and len(points) < 3:
            points.append(capitalised(rest[1]))
    return {"heading": capitalised(subject), "points": points}
