"""What counted against a chapter, in words: the sentences, objectives, slides and quiz items to look at."""

import random
from collections.abc import Iterator

from course.quality import citations, limits, objectives, quiz
from course.quality.examined import Examined, lines


def worst(lessons: list[Examined], most: int) -> Iterator[str]:
    """For each figure up to `most` lines, the worst first."""
    for title, of_lesson in (
        ("not cited", _uncited),
        ("objective not covered", _uncovered),
        ("outside the limits", _outside),
        ("quiz item not valid", _invalid),
    ):
        found = sorted((score, f"{one.lesson.number} {text}") for one in lessons for score, text in of_lesson(one))
        if found:
            yield f"  {title}: {len(found)}"
            yield from (f"    {text}" for _, text in found[:most])


def sample(lessons: list[Examined], most: int, seed: int = 1) -> Iterator[str]:
    """A random few of the sentences and quiz items with the check's verdict, to judge the check itself by eye."""
    chance = random.Random(seed)
    for title, of_lesson in (("sentences", _claims), ("sentences exempt", _exempt), ("quiz items", _items)):
        found = [f"{one.lesson.number} {text}" for one in lessons for text in of_lesson(one)]
        yield f"  {title}"
        yield from (f"    {text}" for text in chance.sample(found, min(most, len(found))))


def _uncited(one: Examined) -> Iterator[tuple[float, str]]:
    for claim in citations.claims(one):
        if not claim.cited:
            why = f"{claim.support:.0%} said by what is quoted" if claim.quoted else "nothing quoted"
            place = f"slide {claim.number} {'narration' if claim.spoken else claim.slide.body.layout}"
            yield (claim.support if claim.quoted else 0.0, f"{place} ({why}): {claim.text}")


def _uncovered(one: Examined) -> Iterator[tuple[float, str]]:
    for item in objectives.coverage(one):
        if item.missing:
            figures = f"slide {item.shown:.0%}, narration {item.spoken:.0%}, quiz {item.tested:.0%}"
            yield (item.shown + item.spoken + item.tested, f"objective {item.number} ({figures}): {item.text}")


def _outside(one: Examined) -> Iterator[tuple[float, str]]:
    for number, slide in one.slides():
        for excess in limits.excesses(slide):
            text = (
                f"slide {number}: {excess.what} of {excess.size}, at most {excess.most}: {excess.text or slide.title}"
            )
            yield (-excess.size / excess.most, text)
        for sentence in one.drawn(slide):
            yield (0.0, f"slide {number}: {sentence}")


def _invalid(one: Examined) -> Iterator[tuple[float, str]]:
    for verdict in quiz.verdicts(one):
        if verdict.flaws:
            yield (-len(verdict.flaws), f"question {verdict.number}: {'; '.join(verdict.flaws)} | {_quiz(verdict)}")


def _claims(one: Examined) -> Iterator[str]:
    for claim in citations.claims(one):
        passages = " ".join(cited.passage for cited in claim.slide.citations)
        yield f"slide {claim.number} [{'ok' if claim.cited else 'NO'} {claim.support:.0%} {passages}] {claim.text}"


def _exempt(one: Examined) -> Iterator[str]:
    """What was taken for needing no citation."""
    needing = {(claim.number, claim.text) for claim in citations.claims(one)}
    for number, slide in one.slides():
        for text in [*one.sentences[number - 1], *lines(slide.body)]:
            if (number, text) not in needing:
                yield f"slide {number} {text}"


def _items(one: Examined) -> Iterator[str]:
    for verdict in quiz.verdicts(one):
        yield f"[{'; '.join(verdict.flaws) or 'ok'}] {_quiz(verdict)}"


def _quiz(verdict: quiz.Verdict) -> str:
    item = verdict.item
    choices = " / ".join(f"*{text}*" if place == item.answer else text for place, text in enumerate(item.choices))
    return f"{item.question} -> {choices}"
