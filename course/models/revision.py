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
    """One step of a course's history.

    `undoes` is the change that an undo takes back, `redoes` the undo that a redo takes back, `back_to` the revision
    whose state going back brought again; all null for any other change. `undone_by` is what took this one back.
    `proposal` is set when nothing was changed: this is only proposed, on revision `number`.
    """

    course_id: UUID
    number: int
    author: str
    at: datetime
    sentence: str
    changes: list[Change]
    undoes: int | None
    redoes: int | None = None
    back_to: int | None = None
    undone_by: int | None = None
    proposal: UUID | None = None


class Step(Part):
    """A revision as a list shows it: what, who and when, without its changes."""

    number: int
    author: str
    at: datetime
    sentence: str
    undone_by: int | None


class Span(Part):
    """What changed from one revision to another, each part once: its columns as they were and as they are.

    `after` and `until` are revision numbers: what came after `after`, up to and with `until`. `author` is null for
    everybody's changes. `steps` are the revisions in between, newest first. `places` says where each part that is
    still there stands now, like “slide 3 of lesson 1.2”.
    """

    course_id: UUID
    after: int
    until: int
    author: str | None
    steps: list[Step]
    changes: list[Change]
    places: dict[UUID, str]
