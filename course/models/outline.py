"""A course seen from above: its outline as planned by an agent, and as stored."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from course.models.lesson import Lesson, Part
from course.models.text import Line, OptionalProse, Title


def _minutes(value: int) -> int:
    if not 1 <= value <= 60:
        raise ValueError("a lesson takes 1 to 60 minutes")
    return value


Minutes = Annotated[int, AfterValidator(_minutes)]


class LessonPlan(Part):
    """A lesson before it is written."""

    title: Title
    objectives: list[Line] = Field(description="what the learner can do afterwards, each beginning with a verb")
    minutes: Minutes
    sections: list[str] = Field(description="references of the source sections it rests on, like S1.3; may be empty")


class ModulePlan(Part):
    """A module before it is written."""

    title: Title
    lessons: list[LessonPlan]


def _bounded_outline(modules: list[ModulePlan]) -> list[ModulePlan]:
    if not 1 <= len(modules) <= 40:
        raise ValueError("a course has 1 to 40 modules")
    if not 1 <= sum(len(module.lessons) for module in modules) <= 400:
        raise ValueError("a course has 1 to 400 lessons")
    return modules


class OutlineDraft(Part):
    """What the outliner answers with."""

    title: Title
    summary: OptionalProse = Field(description="one or two sentences for the learner")
    audience: Line
    language: Line = Field(description="BCP 47 tag, like en")
    modules: Annotated[list[ModulePlan], AfterValidator(_bounded_outline)]


class Module(Part):
    """A module as stored; `number` is its place, from 1."""

    id: UUID
    number: int
    title: Title
    lessons: list[Lesson]


class CourseHead(Part):
    """What is said of a course itself, at one revision."""

    id: UUID
    title: Title
    summary: OptionalProse
    audience: str
    language: str
    tone: str
    revision: int
    published_revision: int | None


class Course(CourseHead):
    """A course as stored, whole."""

    modules: list[Module]

    @property
    def lessons(self) -> list[Lesson]:
        """All lessons in order."""
        return [lesson for module in self.modules for lesson in module.lessons]

    def lesson(self, number: str) -> Lesson | None:
        """The lesson at that place, like 1.2."""
        return next((lesson for lesson in self.lessons if lesson.number == number.strip()), None)


class LessonLine(Part):
    """A lesson as the outline shows it: its plan, and how much of it is written."""

    id: UUID
    number: str
    title: Title
    minutes: int
    sections: list[str]
    objectives: list[Line]
    slides: int
    quiz: int
    revision: int

    @property
    def drafted(self) -> bool:
        """Whether it has been written, not only planned."""
        return self.slides > 0


class ModuleLine(Part):
    """A module as the outline shows it."""

    id: UUID
    number: int
    title: Title
    lessons: list[LessonLine]


class Outline(CourseHead):
    """A course without what its lessons say: what panels show and agents see at the start of a turn."""

    modules: list[ModuleLine]

    @property
    def lessons(self) -> list[LessonLine]:
        """All lessons in order."""
        return [lesson for module in self.modules for lesson in module.lessons]

    @property
    def minutes(self) -> int:
        """Minutes of all lessons together."""
        return sum(lesson.minutes for lesson in self.lessons)

    def lesson(self, number: str) -> LessonLine | None:
        """The lesson at that place, like 1.2."""
        return next((lesson for lesson in self.lessons if lesson.number == number.strip()), None)

    def module(self, number: int) -> ModuleLine | None:
        """The module at that place, from 1."""
        return self.modules[number - 1] if 1 <= number <= len(self.modules) else None


class CourseCard(Part):
    """A course in a list; `owner` is the name of whose it is, null for one's own."""

    id: UUID
    title: Title
    audience: str
    lessons: int
    minutes: int
    published: bool
    owner: str | None = None
