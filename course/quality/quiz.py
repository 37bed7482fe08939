"""Quiz items: one right answer, which the lesson gave, among wrong ones of the same kind.

That a wrong choice is wrong cannot be proved by comparing words. What is looked for is a sentence of the cited
passages that says of a wrong choice what the question asks: it holds the choice and nearly all of the question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from course.models.lesson import QuizItem
from course.models.quality import Check, Finding, Severity, Tally
from course.models.revision import Kind
from course.quality import choices
from course.quality.examined import Examined, clipped
from course.quality.words import Words, plain_words, share
from course.sentences import split_sentences

FOUND = 0.75
_SAID_OF = 0.75
_LEAST_ASKED = 3
_NOT = re.compile(r"\b(?:not|no|never|none|nor|neither|cannot)\b|n[’']t\b", re.IGNORECASE)
_LIST_ITEM = re.compile(r"\n\s*(?:[-*•]|\d+[.)])\s+|\n\s*\n")
_ASKING_TEXT = """
choice choices complete completes sentence description describe describes described best term fits fit statement true
correct correctly name blank following define defined definition describing
"""
_ASKING = frozenset(_ASKING_TEXT.split())


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a quiz item, each in a few words; nothing when it is valid. `hints` count for nothing."""

    number: int
    item: QuizItem
    flaws: list[str]
    hints: list[str]


def verdicts(examined: Examined) -> list[Verdict]:
    """On every item, in order."""
    passages = _passages(examined)
    return [
        Verdict(number, item, _flaws(examined, item, passages), _hints(examined, item))
        for number, item in enumerate(examined.lesson.quiz, start=1)
    ]


def tally(examined: Examined) -> Tally:
    """Valid items, of all."""
    found = verdicts(examined)
    return Tally(good=sum(not one.flaws for one in found), of=len(found))


def findings(examined: Examined) -> list[Finding]:
    """What is wrong with the quiz, item by item; a lesson without one."""
    if not examined.lesson.quiz:
        remedy = f"Add a quiz with three questions to {examined.name}."
        return [examined.finding(Check.QUIZ, "problem", "The lesson has no quiz.", remedy)]
    found = []
    for one in verdicts(examined):
        found += [_finding(examined, one, "problem", text) for text in one.flaws]
        found += [_finding(examined, one, "hint", text) for text in one.hints]
    return found


def _finding(examined: Examined, one: Verdict, severity: Severity, text: str) -> Finding:
    sentence = f"Quiz question {one.number}, {clipped(one.item.question, 60)}: {text}."
    remedy = f"Rewrite quiz question {one.number} of {examined.name}, because {text.partition(': ')[0]}."
    return examined.finding(Check.QUIZ, severity, sentence, remedy, kind=Kind.QUIZ_ITEM, part_id=one.item.id)


def _flaws(examined: Examined, item: QuizItem, passages: list[str]) -> list[str]:
    found = choices.flaws(item)
    right = item.choices[item.answer]
    if share(examined.words.topic(right), examined.said) < FOUND:
        found.append(f"the lesson never says {clipped(right, 60)}")
    wrong = [choice for place, choice in enumerate(item.choices) if place != item.answer]
    found += [
        f"{clipped(choice, 60)} is right as well: {clipped(sentence, 160)}"
        for choice in wrong
        if (sentence := _said_of(examined.words, item.question, choice, right, passages)) is not None
    ]
    return found


def _hints(examined: Examined, item: QuizItem) -> list[str]:
    found = []
    if choices.longest_is_right(item):
        found.append("its right choice stands out by its length")
    if choices.told_by_number(item):
        found.append("its right choice stands out as the only singular or plural one")
    asked = examined.words.topic(item.question)
    named = [examined.words.topic(choice) <= asked for choice in item.choices if examined.words.topic(choice)]
    right = examined.words.topic(item.choices[item.answer])
    if right and right <= asked and sum(named) == 1:
        found.append("the question itself names its answer")
    if item.objective >= len(examined.lesson.objectives):
        found.append("it tests no objective of the lesson")
    return found


def _said_of(words: Words, question: str, choice: str, right: str, passages: Iterable[str]) -> str | None:
    """A sentence of the passages that says of the choice what the question asks; of a statement, that says it."""
    said, answer = words.topic(choice), words.topic(right)
    asked = words.topic(question) - words.topic(" ".join(_ASKING)) - said
    statement = not asked and len(said) >= _LEAST_ASKED
    if not said or (len(asked) < _LEAST_ASKED and not statement):
        return None
    for passage in passages:
        for sentence, stems in _sentences(words, passage):
            if not said <= stems:
                continue
            if statement and _negated(choice) == _negated(sentence):
                return sentence
            # Beside the answer it is mostly mentioned to be told apart.
            if asked and _named(choice, sentence) and not answer <= stems and share(asked, stems) >= _SAID_OF:
                return sentence
    return None


def _named(choice: str, sentence: str) -> bool:
    """Whether the sentence says the choice in these words: “observe” is not “observation”."""
    wanted = " ".join(plain_words(choice)).removesuffix("s")
    return f" {wanted}" in f" {' '.join(plain_words(sentence))}"


def _negated(sentence: str) -> bool:
    return len(_NOT.findall(sentence)) % 2 == 1


@lru_cache(maxsize=2_048)
def _sentences(words: Words, passage: str) -> list[tuple[str, frozenset[str]]]:
    """Items of a list are sentences of their own: glued together they would seem to say everything."""
    pieces = [" ".join(piece.split()) for piece in _LIST_ITEM.split(passage)]
    return [(sentence, words.topic(sentence)) for piece in pieces for sentence in split_sentences(piece)]


def _passages(examined: Examined) -> list[str]:
    """The texts the lesson cites."""
    refs = dict.fromkeys(one.passage for slide in examined.lesson.slides for one in slide.citations)
    return [examined.passages[ref].text for ref in refs if ref in examined.passages]
