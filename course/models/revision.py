"""A change to a course, as recorded: enough to show it, to take it back and to find what it clashes with."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from course.models.lesson import Part


class Kind(StrEnum):
    """The parts a course is made of."""

    COURSE = "course"
    MODULE = "module"
    LESSON = "lesson"
    OBJECTIVE = "objective"
    SLIDE = "slide"
    QUIZ_ITEM = "quiz_item"


class Change(Part):
    """One part's columns before and after. `before` is null for a new part, `after` for a removed one.

    For a part that stays, both hold only the columns that changed.
    """

    kind: Kind
    id: UUID
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Revision(Part):
    """One step of a course's history. `undoes` is the revision it takes back, if it is an undo."""

    course_id: UUID
    number: int
    author: str
    at: datetime
    sentence: str
    changes: list[Change]
    undoes: int | None
