"""Parts inside lessons as people name them, found in the lesson as it is: slides, sentences, points, questions.

What cannot be told apart is asked about in one sentence; what does not exist is answered with what does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from agents.tools import targets
from agents.turn import Turn
from course import bodies
from course.addresses import Address, Noun, Which, read
from course.errors import Invalid, NotFound
from course.models.lesson import Lesson, QuizItem, Slide
from course.models.outline import LessonLine
from course.models.revision import Kind
from course.sentences import split_sentences

_KINDS = {Noun.SLIDE: Kind.SLIDE, Noun.QUESTION: Kind.QUIZ_ITEM, Noun.OBJECTIVE: Kind.OBJECTIVE}
_OF_A_QUESTION = (Noun.CHOICE, Noun.EXPLANATION, Noun.ANSWER)
_LAYOUT_WORDS = {"opening": "title", "summary": "recap", "steps": "process", "bullet": "bullets"}
_MOST_LISTED = 12
_COMMON = frozenset(
    [
        "the",
        "that",
        "which",
        "with",
        "from",
        "they",
        "their",
        "this",
        "these",
        "are",
        "and",
        "for",
        "its",
        "how",
        "what",
        "when",
        "where",
        "why",
        "about",
    ]
)


@dataclass(frozen=True)
class Place:
    """A part that was named. `leaf` and `index` say which text in it, when it is not the part itself."""

    kind: Kind
    id: UUID
    label: str
    lesson: Lesson | None = None
    slide: Slide | None = None
    item: QuizItem | None = None
    leaf: Noun | None = None
    index: int = 0

    @property
    def within(self) -> tuple[Kind, UUID]:
        """The part as use cases take it."""
        return self.kind, self.id


async def find(turn: Turn, words: str) -> list[Place]:
    """The parts named, each once. Raises `NotFound` with what exists, `Invalid` with the question to ask."""
    ways = read(words)
    inside = [way for way in ways if way[-1][0].depth > 2 and way[-1][0] is not Noun.TITLE]
    if titles := [way for way in ways if way[-1][0] is Noun.TITLE and any(noun.depth == 3 for noun, _ in way)]:
        inside = [way[:-1] for way in titles]
    if not inside:
        return [_whole(turn, one) for one in _outline_words(turn, words, ways)]
    found = [await _inside(turn, way, words) for way in inside]
    return list({(one.id, one.leaf, one.index): one for one in found}.values())


async def one(turn: Turn, words: str) -> Place:
    """The one part named."""
    found = await find(turn, words)
    if len(found) != 1:
        raise Invalid(f"“{words[:80]}” names {len(found)} parts. Name one.")
    return found[0]


async def lesson_at(turn: Turn, words: str) -> Lesson:
    """A lesson with all it says, named by itself or by what is in it."""
    line = _lesson_line(turn, read(words)[0] if read(words) else (), words)
    return await turn.cases.authoring.lesson(turn.actor, turn.outline.id, line.id)


def _outline_words(turn: Turn, words: str, ways: Sequence[Address]) -> list[str]:
    """One wording for each module or lesson named."""
    if not ways or (len(ways) == 1 and (ways[0][-1][1].place or 0) >= 0 and len(ways[0]) == 1):
        return [words]
    return [_outline_name(turn, way) for way in ways]


def _outline_name(turn: Turn, way: Address) -> str:
    """“Last module”, “lesson 2 of module 3” by number."""
    noun, which = way[-1]
    if which.place is None:
        return f"{noun} {which.words}".strip()
    if noun is Noun.MODULE:
        return f"module {which.place if which.place > 0 else len(turn.outline.modules) + 1 + which.place}"
    home = dict(way).get(Noun.MODULE)
    if noun is not Noun.LESSON or home is None or home.place is None:
        every = turn.outline.lessons
        last = every[which.place].number if which.place < 0 and -which.place <= len(every) else which.place
        return f"{noun} {last}"
    module = turn.outline.module(home.place if home.place > 0 else len(turn.outline.modules) + 1 + home.place)
    lessons = module.lessons if module else []
    at = which.place - 1 if which.place > 0 else len(lessons) + which.place
    return f"lesson {lessons[at].number}" if 0 <= at < len(lessons) else f"lesson {home.place}.{which.place}"


def _whole(turn: Turn, words: str) -> Place:
    found = targets.target(turn.outline, words)
    return Place(found.kind, found.id, found.label)


async def _inside(turn: Turn, way: Address, words: str) -> Place:
    lesson = await _lesson(turn, way, words)
    named = dict(way)
    noun, which = way[-1]
    if noun is Noun.QUIZ:
        return Place(Kind.LESSON, lesson.id, f"the quiz of lesson {lesson.number}", lesson, leaf=noun)
    if noun is Noun.OBJECTIVE:
        ids = await turn.cases.quizzes.objectives(turn.actor, turn.outline.id, lesson.id)
        at = _chosen(f"lesson {lesson.number}", noun, which, list(lesson.objectives))
        return Place(Kind.OBJECTIVE, ids[at], f"objective {at + 1} of lesson {lesson.number}", lesson, index=at)
    if noun in (*_OF_A_QUESTION, Noun.QUESTION):
        at = _chosen(f"lesson {lesson.number}", Noun.QUESTION, named.get(Noun.QUESTION, Which()), _questions(lesson))
        return _in_question(lesson, at, noun, which)
    return _on_slide(lesson, noun, which, named.get(Noun.SLIDE))


def _in_question(lesson: Lesson, at: int, noun: Noun, which: Which) -> Place:
    item = lesson.quiz[at]
    label = f"question {at + 1} of lesson {lesson.number}"
    place = Place(Kind.QUIZ_ITEM, item.id, label, lesson, item=item, index=at)
    if noun is Noun.CHOICE:
        index = _chosen(label, noun, which, list(item.choices))
        return replace(place, leaf=noun, index=index, label=f"choice {chr(ord('A') + index)} of {label}")
    if noun is not Noun.QUESTION:
        return replace(place, leaf=noun, label=f"the {noun} of {label}")
    return place


def _on_slide(lesson: Lesson, noun: Noun, which: Which, slide: Which | None) -> Place:
    if not lesson.drafted:
        raise NotFound(f"Lesson {lesson.number} is not written yet, so it has no slides. Write it first.")
    at = _slide_holding(lesson, noun, which) if slide is None and which.words and noun is not Noun.SLIDE else None
    if at is None:
        at = _slide_at(lesson, which if noun is Noun.SLIDE else slide or Which())
    found = lesson.slides[at]
    label = f"slide {at + 1} of lesson {lesson.number}"
    place = Place(Kind.SLIDE, found.id, label, lesson, slide=found, index=at)
    if noun is Noun.SLIDE:
        return place
    if noun in (Noun.SENTENCE, Noun.POINT):
        index = _chosen(label, noun, which, _texts(found, noun))
        return replace(place, leaf=noun, index=index, label=f"{noun} {index + 1} of {label}")
    return replace(place, leaf=noun, label=f"the {noun} of {label}")


def _slide_at(lesson: Lesson, which: Which) -> int:
    holder = f"lesson {lesson.number}"
    if which.words and not _alike(which.words, [slide.title for slide in lesson.slides]):
        kind = _LAYOUT_WORDS.get(which.words.casefold(), which.words.casefold())
        laid = [at for at, slide in enumerate(lesson.slides) if slide.body.layout == kind]
        if len(laid) == 1:
            return laid[0]
        shown = [f"{slide.title} {' '.join(bodies.texts(slide.body))}" for slide in lesson.slides]
        said = shown if _alike(which.words, shown) else [f"{slide.title} {slide.narration}" for slide in lesson.slides]
        return _chosen(holder, Noun.SLIDE, which, said)
    return _chosen(holder, Noun.SLIDE, which, [slide.title for slide in lesson.slides])


def _slide_holding(lesson: Lesson, noun: Noun, which: Which) -> int | None:
    """The one slide with a sentence or point of these words."""
    holding = [at for at, slide in enumerate(lesson.slides) if _alike(which.words, _texts(slide, noun))]
    if len(holding) > 1:
        numbers = ", ".join(str(at + 1) for at in holding)
        raise Invalid(f"Slides {numbers} of lesson {lesson.number} all have that. Which one do you mean?")
    return holding[0] if holding else None


def _texts(slide: Slide, noun: Noun) -> list[str]:
    return split_sentences(slide.narration) if noun is Noun.SENTENCE else bodies.texts(slide.body)


def _questions(lesson: Lesson) -> list[str]:
    return [f"{item.question} {' '.join(item.choices)}" for item in lesson.quiz]


def _chosen(holder: str, noun: Noun, which: Which, texts: Sequence[str]) -> int:
    """The place, from 0, of the one that is meant."""
    count = len(texts)
    if which.words:
        found = _alike(which.words, texts)
        if len(found) == 1:
            return found[0]
        if found:
            numbers = " and ".join(str(at + 1) for at in found[:_MOST_LISTED])
            raise Invalid(
                f"{noun.capitalize()}s {numbers} of {holder} both fit “{which.words}”. Which one do you mean?"
            )
        raise NotFound(f"No {noun} of {holder} speaks of “{which.words}”. {_there_is(noun, texts)}")
    if which.place is None:
        if count == 1:
            return 0
        raise Invalid(f"Which {noun} of {holder}? {_there_is(noun, texts)}")
    at = which.place - 1 if which.place > 0 else count + which.place
    if not 0 <= at < count:
        raise NotFound(f"There is no {noun} {which.place} in {holder}. {_there_is(noun, texts)}")
    return at


def _there_is(noun: Noun, texts: Sequence[str]) -> str:
    if not texts:
        return f"There are no {noun}s."
    listed = "; ".join(f"{at}. {' '.join(text.split())[:60]}" for at, text in enumerate(texts[:_MOST_LISTED], start=1))
    return f"There {'is 1' if len(texts) == 1 else f'are {len(texts)}'}: {listed}."


def _alike(words: str, texts: Sequence[str]) -> list[int]:
    """Those equal to the words, else those that hold them, else those that hold the beginnings of each."""
    plain = words.casefold().strip(" .")
    folded = [text.casefold() for text in texts]
    equal = [at for at, text in enumerate(folded) if text.strip(" .") == plain]
    holding = [at for at, text in enumerate(folded) if re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", text)]
    telling = [word for word in plain.split() if len(word) > 2 and word not in _COMMON]
    begun = [re.compile(rf"(?<!\w){re.escape(word[:5])}") for word in telling]
    return (
        equal or holding or [at for at, text in enumerate(folded) if begun and all(one.search(text) for one in begun)]
    )


async def _lesson(turn: Turn, way: Address, words: str) -> Lesson:
    noun, which = next((step for step in way if step[0].depth == 3), way[-1])
    if _names_lesson(turn, way, words) or not which.words:
        line = _lesson_line(turn, way, words)
        return await turn.cases.authoring.lesson(turn.actor, turn.outline.id, line.id)
    course = await turn.cases.authoring.course(turn.actor, turn.outline.id)
    found = [lesson for lesson in course.lessons if _alike(which.words, _searched(lesson, noun))]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(lesson.number for lesson in found[:_MOST_LISTED])
        raise Invalid(f"There is such a {noun} in lessons {numbers}. Which one do you mean?")
    raise NotFound(f"No {noun} of this course speaks of “{which.words}”.")


def _searched(lesson: Lesson, noun: Noun) -> Sequence[str]:
    if noun is Noun.SLIDE:
        return [slide.title for slide in lesson.slides]
    if noun is Noun.OBJECTIVE:
        return lesson.objectives
    if noun is Noun.QUESTION:
        return _questions(lesson)
    return [text for slide in lesson.slides for text in _texts(slide, noun)]


def _names_lesson(turn: Turn, way: Address, words: str) -> bool:
    return any(noun in (Noun.LESSON, Noun.MODULE) for noun, _ in way) or _titled(turn, words) is not None


def _lesson_line(turn: Turn, way: Address, words: str) -> LessonLine:
    named = dict(way)
    lesson, module = named.get(Noun.LESSON), named.get(Noun.MODULE)
    if lesson is not None and lesson.place is not None and module is not None and module.place is not None:
        return targets.lesson(turn.outline, f"{module.place}.{lesson.place}")
    if lesson is not None and not lesson.open:
        return targets.lesson(turn.outline, lesson.words or f"lesson {lesson.place}")
    if (line := _titled(turn, words)) is not None:
        return line
    if module is not None and not module.open:
        return targets.lesson(turn.outline, f"module {module.words or module.place}")
    if len(turn.outline.lessons) == 1:
        return turn.outline.lessons[0]
    raise Invalid(f"Which lesson is it in? {targets.what_exists(turn.outline)}")


def _titled(turn: Turn, words: str) -> LessonLine | None:
    """The lesson whose title stands in the words."""
    plain = words.casefold()
    by_length = sorted(turn.outline.lessons, key=lambda line: -len(line.title))
    return next((line for line in by_length if len(line.title) > 3 and line.title.casefold() in plain), None)
