"""A lesson changed as a teacher asks; what the request does not concern stays word for word."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course.sentences import split_sentences
from local_cloud.openai_api.author import narration
from local_cloud.openai_api.author.brief import NUMBERS
from local_cloud.openai_api.author.citing import citations
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.order import Order
from local_cloud.openai_api.author.points import point
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.quiz import quiz
from local_cloud.openai_api.author.words import capitalised, clipped, overlap, stems, topic_stems
from local_cloud.openai_api.author.writer import draft, slide

Lesson = dict[str, Any]

_SLIDE = re.compile(
    rf"\bslides?\s+(\d+|{'|'.join(NUMBERS)})\b|\b(first|second|third|fourth|fifth|last)\s+slide\b", re.IGNORECASE
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_EXAMPLE = re.compile(r"\b(?:for example|for instance|such as|examples? of|example)\b", re.IGNORECASE)
_ANEW = re.compile(r"\b(?:re-?write|re-?draft|redo|again|anew|afresh|improve|focus\w*|emphasi[sz]e)\b", re.IGNORECASE)
_NEW_SLIDE = re.compile(r"^Add one new slide as slide (\d+);", re.MULTILINE)
_ONE_SENTENCE = re.compile(r"^Change only sentence (\d+) of the narration of slide (\d+);", re.MULTILINE)
_ASIDE = re.compile(r",?\s+(?:because|although|whereas|while|since|so that|which|who|and thus)\b", re.IGNORECASE)
_SIMPLE_WORDS = 20
_LEAST_LEFT = 5


@dataclass(frozen=True)
class Request:
    """The lesson as it stands, what to change, what it is for, and what it may say."""

    current: Lesson
    instruction: str
    order: Order
    material: Material


def revised(current: Lesson, instruction: str, order: Order, material: Material) -> Lesson:
    """The lesson after the instruction: anew only when that is asked for, and unchanged when it is not understood."""
    for pattern, change in _CHANGES:
        if re.search(pattern, instruction, re.IGNORECASE | re.MULTILINE):
            return change(Request(current, instruction, order, material))
    if not _ANEW.search(instruction):
        return current
    focused = material.focused([order.title, *order.objectives, instruction])
    return draft(order, focused)


def understands(instruction: str) -> bool:
    """Whether it asks for a kind of change that is known here; what it asks for may still not be found."""
    known = any(re.search(pattern, instruction, re.IGNORECASE | re.MULTILINE) for pattern, _ in _CHANGES)
    return known or _ANEW.search(instruction) is not None


def _slide_at(current: Lesson, instruction: str) -> int | None:
    """The index of the slide spoken of."""
    match = _SLIDE.search(instruction)
    if match is None:
        return None
    word = (match[1] or match[2]).lower()
    number = len(current["slides"]) if word == "last" else _ORDINALS.get(word) or NUMBERS.get(word) or int(word)
    return number - 1 if 1 <= number <= len(current["slides"]) else None


def _retitle(ask: Request) -> Lesson:
    current, instruction = ask.current, ask.instruction
    place = _slide_at(current, instruction)
    match = re.search(r"[\"“]([^\"”]+)[\"”]", instruction) or re.search(r"\b(?:to|as)\s+(.+?)\.?$", instruction)
    if place is None or match is None:
        return current
    title = clipped(match[1].strip(), 150)
    return _with(current, place, {**current["slides"][place], "title": title})


def _remove(ask: Request) -> Lesson:
    current, instruction = ask.current, ask.instruction
    place = _slide_at(current, instruction)
    if place is None or len(current["slides"]) < 2:
        return current
    return {**current, "slides": [one for index, one in enumerate(current["slides"]) if index != place]}


def _simpler(ask: Request) -> Lesson:
    """Shorter sentences and fewer of them: what is long is said by its own short beginning or left out."""
    current, instruction, material = ask.current, ask.instruction, ask.material
    place = _slide_at(current, instruction)
    known = {sentence.text: sentence for sentence in material.sentences}
    slides = [
        _simplified(one, known) if index == place or (place is None and _is_content(one)) else one
        for index, one in enumerate(current["slides"])
    ]
    # Where nothing was long, what is least needed goes.
    less = any(new["narration"] != old["narration"] for new, old in zip(slides, current["slides"], strict=True))
    return {**current, "slides": slides} if less else _shorter(ask)


def _simplified(content: Lesson, known: dict[str, Sentence]) -> Lesson:
    said = split_sentences(content["narration"])
    spoken = [short for text in said if (short := _simple(text, known))]
    body = content["body"]
    if body["layout"] == "bullets":
        shortest = sorted(body["points"], key=lambda one: len(one.split()))[:3]
        body = {**body, "points": [one for one in body["points"] if one in shortest]}
    return {**content, "body": body, "narration": " ".join(spoken) or content["narration"]}


def _simple(text: str, known: dict[str, Sentence]) -> str:
    """A long sentence by its main clause; empty when it cannot be said shorter."""
    if len(text.split()) <= _SIMPLE_WORDS:
        return text
    short = point(known[text], _SIMPLE_WORDS) if text in known else None
    if short:
        return f"{short}."
    aside = _ASIDE.search(text)
    head = text[: aside.start()].split() if aside else []
    return f"{' '.join(head)}." if len(head) >= _LEAST_LEFT else ""


def _one_sentence(ask: Request) -> Lesson:
    """A single sentence of the narration said more shortly; the others are not looked at."""
    match = _ONE_SENTENCE.search(ask.instruction)
    place = int(match[2]) - 1 if match else 0
    content = ask.current["slides"][place]
    said = split_sentences(content["narration"])
    number = int(match[1]) - 1 if match else 0
    text = said[number]
    aside = _ASIDE.search(text)
    head = text[: aside.start()] if aside else ""
    short = _simple(text, {one.text: one for one in ask.material.sentences})
    if short in ("", text) and len(head.split()) >= _LEAST_LEFT:
        short = f"{head}."
    narrated = content["narration"].replace(text, short or text, 1)
    return _with(ask.current, place, {**content, "narration": narrated})


def _new_slide(ask: Request) -> Lesson:
    """A slide of its own in the place asked for: an example of what the slide before it tells, or what is named."""
    match = _NEW_SLIDE.search(ask.instruction)
    if match is None or not re.search(r"\bexamples?\b", ask.instruction, re.IGNORECASE):
        return _add_slide(ask)
    at = int(match[1]) - 1
    before = ask.current["slides"][max(0, at - 1)]
    about = set(stems(f"{before['title']} {before['narration']}"))
    fresh = [one for one in _unsaid(ask.current, ask.material, None) if _EXAMPLE.search(one.text)]
    if not fresh:
        return ask.current
    best = max(fresh, key=lambda one: len(one.stems & about))
    slides = list(ask.current["slides"])
    slides.insert(at, slide(clipped(f"An example: {before['title']}", 100), [best], ask.material, at))
    return {**ask.current, "slides": slides}


def _shorter(ask: Request) -> Lesson:
    """About a third less is said, the weakest sentences first."""
    current, instruction, material = ask.current, ask.instruction, ask.material
    place = _slide_at(current, instruction)
    known = {sentence.text: material.score(sentence) for sentence in material.sentences}
    slides = []
    for index, one in enumerate(current["slides"]):
        concerned = index == place or (place is None and _is_content(one))
        slides.append({**one, "narration": _condensed(one["narration"], known)} if concerned else one)
    return {**current, "slides": slides}


def _condensed(words: str, known: dict[str, float]) -> str:
    said = split_sentences(words)
    keep = max(1, round(len(said) * 0.65))
    best = sorted(range(len(said)), key=lambda index: -known.get(said[index], 0.5))[:keep]
    return " ".join(said[index] for index in sorted(best))


def _longer(ask: Request) -> Lesson:
    """More of what the passages say, on the slide spoken of or on all."""
    current, instruction, material = ask.current, ask.instruction, ask.material
    place = _slide_at(current, instruction)
    for index, one in enumerate(current["slides"]):
        if index == place or (place is None and _is_content(one)):
            about = set(stems(f"{one['title']} {one['narration']}"))
            more = _unsaid(current, material, about)
            if not more and place is not None:
                # The slide was named: what is nearest to it, then, of what the passages still hold.
                near = [fresh for fresh in _unsaid(current, material, None) if fresh.stems & about]
                more = sorted(near, key=lambda fresh: -len(fresh.stems & about))[:2]
            if more:
                current = _with(current, index, _extended(one, narration.chosen(tuple(more), material, 45), material))
    return current


def _example(ask: Request) -> Lesson:
    """A sentence of the passages that gives an example of what the slide speaks of."""
    current, instruction, material = ask.current, ask.instruction, ask.material
    place = _slide_at(current, instruction)
    places = [place] if place is not None else [i for i, one in enumerate(current["slides"]) if _is_content(one)]
    for index in places:
        one = current["slides"][index]
        about = set(stems(f"{one['title']} {one['narration']}"))
        fresh = [sentence for sentence in _unsaid(current, material, None) if sentence.stems & about]
        examples = [sentence for sentence in fresh if _EXAMPLE.search(sentence.text)]
        if examples:
            best = max(examples, key=lambda one: (one.text.startswith("For "), len(one.stems & about)))
            return _with(current, index, _extended(one, [best], material))
    return _longer(ask) if place is not None else current


def _add_slide(ask: Request) -> Lesson:
    current, instruction, order, material = ask.current, ask.instruction, ask.order, ask.material
    match = re.search(
        r"\b(?:about|on|for|covering|explaining|with)\s+(.+?)"
        r"(?:\s+(?:(?:after|before)\s+(?:the\s+)?(?:\w+\s+)?slide|(?:to|in|of)\s+(?:the\s+)?(?:lesson|\d)).*)?\.?$",
        instruction.partition("\n")[0],
        re.IGNORECASE,
    )
    subject = match[1].strip(' “”"') if match else order.title
    fitting = [one for one in _unsaid(current, material, None) if overlap(topic_stems(subject), set(one.stems)) >= 0.5]
    sentences = narration.chosen(tuple(fitting), material.focused([subject]), 70)
    if not sentences:
        return current
    named = _NEW_SLIDE.search(instruction)
    place = int(named[1]) - 2 if named else _slide_at(current, instruction)
    slides = list(current["slides"])
    at = len(slides) - 1 if place is None else place + 1
    slides.insert(max(1, at), slide(clipped(capitalised(subject), 100), sentences, material, at))
    return {**current, "slides": slides}


def _more_quiz(ask: Request) -> Lesson:
    current, instruction, material = ask.current, ask.instruction, ask.material
    spoken = " ".join(one["narration"] for one in current["slides"])
    said = [sentence for sentence in material.sentences if sentence.text in spoken]
    items = quiz(said, material, current["objectives"], 12)
    asked = {item["question"] for item in current["quiz"]}
    fresh = [item for item in items if item["question"] not in asked]
    match = re.search(rf"\b(\d+|{'|'.join(NUMBERS)})\b", instruction, re.IGNORECASE)
    count = (NUMBERS.get(match[1].lower()) or int(match[1])) if match else 2
    return {**current, "quiz": [*current["quiz"], *fresh[:count]]}


def _unsaid(current: Lesson, material: Material, about: set[str] | None) -> list[Sentence]:
    """Sentences the lesson does not say yet, near a subject if one is given."""
    spoken = " ".join(one["narration"] for one in current["slides"])
    fresh = [sentence for sentence in material.sentences if sentence.text not in spoken]
    return [one for one in fresh if about is None or len(one.stems & about) >= min(3, len(one.stems))]


def _extended(content: Lesson, sentences: list[Sentence], material: Material) -> Lesson:
    added = [short for sentence in sentences if (short := point(sentence))]
    body = content["body"]
    if body["layout"] == "bullets" and added:
        body = {**body, "points": [*body["points"], *added][:6]}
    cited = {citation["passage"] for citation in content["citations"]}
    new = [citation for citation in citations(sentences, material) if citation["passage"] not in cited]
    words = f"{content['narration']} {narration.said(sentences)}".strip()
    return {**content, "body": body, "narration": words, "citations": [*content["citations"], *new]}


def _with(current: Lesson, place: int, content: Lesson) -> Lesson:
    slides = list(current["slides"])
    slides[place] = content
    return {**current, "slides": slides}


def _is_content(content: Lesson) -> bool:
    return content["body"]["layout"] not in ("title", "recap", "question")


_CHANGES: tuple[tuple[str, Callable[[Request], Lesson]], ...] = (
    (r"(?m)^Add one new slide as slide \d+;", _new_slide),
    (
        r"(?s)\b(?:simpl|short|eas|plain|brief|concise|clear)\w*.*^Change only sentence \d+ of the narration",
        _one_sentence,
    ),
    (r"\b(?:more|another|add|extra|additional)\b.*\b(?:quiz|questions?)\b", _more_quiz),
    (r"\b(?:rename|retitle|call)\b|\btitle of\b", _retitle),
    (r"\b(?:add|insert|new)\b(?:(?!example).)*\bslide (?:on|about|for|covering|explaining|with)\b", _add_slide),
    (r"\bexamples?\b", _example),
    (r"\b(?:remove|delete|drop|leave out|get rid of)\b.*\bslide\b", _remove),
    (
        r"\b(?:simpl\w+|easier|plain(?:er)?|less (?:complex|technical)|beginner|child|kid|year-old|younger|jargon)",
        _simpler,
    ),
    (r"\b(?:short\w*|brief\w*|concise|condense|trim|cut|tighten|less text)\b", _shorter),
    (r"\b(?:long\w*|detail\w*|expand\w*|deep\w*|elaborate|more (?:on|about)|extend)\b", _longer),
)
