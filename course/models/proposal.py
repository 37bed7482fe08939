"""Changes proposed to a course: what each would change, which of them belong together, and what became of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from course.models.lesson import Part
from course.models.revision import Change, Revision


class State(StrEnum):
    """What was decided. A proposal of which something is applied and the rest declined is accepted."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class ProposedChange(Change):
    """A part's columns as they are and as they would be.

    `parent` is what the part stands in as things are, null for a new one; `revision` is what the change became, null
    until it is applied. `edit` counts the turn's edits from 1 and names the last that touched the part; `told` is
    what the edits that did are called.
    """

    parent: UUID | None = None
    revision: int | None = None
    edit: int = 1
    told: str = ""


class Hunk(Part):
    """Changes that are applied together or not at all. `needs` are the numbers of those it cannot do without.

    `number` counts from 1. `label` is the number people see: where a proposal comes of several edits, each has one,
    and the hunks of an edit are “2.1”, “2.2”, …; `told` is what the edit is called.
    `obstacle` says why it cannot be applied any more; empty when it can.
    """

    number: int
    label: str
    told: str
    changes: list[ProposedChange]
    needs: list[int]
    revision: int | None
    obstacle: str = ""


class Proposal(Part):
    """What a turn in review mode came to. `base` is the revision it was made on, `author` who spoke in that turn."""

    id: UUID
    course_id: UUID
    author: str
    at: datetime
    base: int
    sentence: str
    hunks: list[Hunk]
    state: State

    @property
    def open_hunks(self) -> list[Hunk]:
        """Those that wait to be decided."""
        return [one for one in self.hunks if one.revision is None] if self.state is State.OPEN else []


class Decision(Part):
    """What applying came to: the revision, null when nothing could be applied, and why some hunks were refused."""

    proposal: Proposal
    revision: Revision | None
    applied: list[int]
    refused: dict[int, str]
