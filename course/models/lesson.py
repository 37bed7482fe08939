"""A lesson: objectives, slides with their narration and sources, and a quiz.

Types named `…Draft` are what an agent writes; the plain name adds the identity it gets when stored.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from course.models.text import Line, OptionalLine, OptionalProse, Prose, Title


class Part(BaseModel):
    """A value of the domain: immutable, and closed to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Part):
    """Where a statement comes from: a passage of a source, and the words in it that say so."""

    passage: str = Field(description="the passage's reference as given, like P1.12")
    quote: OptionalLine = Field(description="the exact words of the passage that support the slide")


class TitleSlide(Part):
    """The opening card."""

    layout: Literal["title"]
    subtitle: OptionalLine


class Bullets(Part):
    """Two to six short points."""

    layout: Literal["bullets"]
    points: list[Line]


class Statement(Part):
    """One sentence worth a slide of its own."""

    layout: Literal["statement"]
    text: Line


class Definition(Part):
    """A term and what it means."""

    layout: Literal["definition"]
    term: Line
    meaning: Line


class Column(Part):
    """One side of a comparison."""

    heading: Line
    points: list[Line]


class Comparison(Part):
    """Two things side by side."""

    layout: Literal["comparison"]
    left: Column
    right: Column


class Process(Part):
    """Steps in order."""

    layout: Literal["process"]
    steps: list[Line]


class Question(Part):
    """A question to think about."""

    layout: Literal["question"]
    question: Line


class Recap(Part):
    """What the lesson said, in a few points."""

    layout: Literal["recap"]
    points: list[Line]


# A plain union: strict structured output knows `anyOf` and refuses a discriminator; the layout tells them apart.
SlideBody = TitleSlide | Bullets | Statement | Definition | Comparison | Process | Question | Recap


class SpokenSlide(Part):
    """One picture with the words spoken over it: all the press sees of a slide."""

    title: Title
    body: SlideBody
    narration: OptionalProse = Field(description="what the voice says: plain sentences, no markup")


class SlideDraft(SpokenSlide):
    """A slide and the passages it rests on."""

    citations: list[Citation]


class Slide(SlideDraft):
    """A stored slide."""

    id: UUID


class QuizItemDraft(Part):
    """A question with one right answer."""

    question: Line
    choices: list[Line] = Field(description="two to six choices, one of them right")
    answer: int = Field(description="index of the right choice, from 0")
    explanation: OptionalLine
    objective: int = Field(description="index of the objective it tests, from 0")

    @model_validator(mode="after")
    def _one_right_answer(self) -> "QuizItemDraft":
        if not 2 <= len(self.choices) <= 6:
            raise ValueError("a quiz item has two to six choices")
        if not 0 <= self.answer < len(self.choices):
            raise ValueError("answer must be the index of one of the choices")
        if len({choice.casefold() for choice in self.choices}) != len(self.choices):
            raise ValueError("the choices must differ")
        return self


class QuizItem(QuizItemDraft):
    """A stored quiz item."""

    id: UUID


def _some_slides(slides: list[SlideDraft]) -> list[SlideDraft]:
    if not 1 <= len(slides) <= 60:
        raise ValueError("a lesson has 1 to 60 slides")
    return slides


class LessonDraft(Part):
    """What the writer answers with."""

    objectives: list[Line]
    slides: Annotated[list[SlideDraft], AfterValidator(_some_slides)]
    quiz: list[QuizItemDraft]


class ReviewDraft(Part):
    """What the reviewer answers with."""

    verdict: Literal["accept", "repair"]
    findings: list[Prose] = Field(description="each one thing to mend, naming the slide; empty when accepted")


class Lesson(Part):
    """A lesson as stored. `number` is its place, like 1.2; `revision` is the last that touched it."""

    id: UUID
    number: str
    title: Title
    minutes: int
    sections: list[str]
    objectives: list[Line]
    slides: list[Slide]
    quiz: list[QuizItem]
    revision: int

    @property
    def drafted(self) -> bool:
        """Whether it has been written, not only planned."""
        return bool(self.slides)

    @property
    def words(self) -> int:
        """Words of narration."""
        return sum(len(slide.narration.split()) for slide in self.slides)
