"""What a turn tells the screen: a few plain events, in the order they happen. No AutoGen type leaves `agents/`."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from course.models.export import Export
from course.models.rendering import Estimate
from course.models.revision import Revision, Span


@dataclass(frozen=True)
class Token:
    """The next piece of the reply, in Markdown."""

    text: str


@dataclass(frozen=True)
class Reply:
    """The reply is whole. Follows its tokens; `text` is all of it, and replaces what was streamed."""

    text: str


@dataclass(frozen=True)
class ToolStarted:
    """An agent uses a tool. `label` says it in words a teacher knows."""

    id: str
    name: str
    label: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class ToolEnded:
    """The tool is done; `result` is what the agent was told."""

    id: str
    result: str
    failed: bool


@dataclass(frozen=True)
class CourseOpened:
    """From now on the conversation is about this course."""

    course_id: UUID


@dataclass(frozen=True)
class CourseChanged:
    """A revision was made."""

    revision: Revision


@dataclass(frozen=True)
class ChangeProposed:
    """Nothing was changed yet: the person is asked to apply or decline."""

    course_id: UUID
    proposal_id: UUID


@dataclass(frozen=True)
class ReviewSwitched:
    """From now on changes are proposed in this conversation, or made at once."""

    on: bool


@dataclass(frozen=True)
class ChangesShown:
    """The person asked what changed: show it, each part once."""

    span: Span


class DraftState(StrEnum):
    """How far a lesson is while a course is drafted."""

    WAITING = "waiting"
    WRITING = "writing"
    REVIEWING = "reviewing"
    REPAIRING = "repairing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class DraftProgress:
    """One lesson of a running draft moved on. `done` of `total` lessons are written; `reason` says why one failed.

    `usd` is what it has cost, once it ended; None when the model's price is not known.
    """

    lesson_id: UUID
    number: str
    title: str
    state: DraftState
    done: int
    total: int
    reason: str = ""
    usd: Decimal | None = None


@dataclass(frozen=True)
class RenderOffered:
    """An estimate to say yes or no to."""

    course_id: UUID
    estimate: Estimate


@dataclass(frozen=True)
class RenderStarted:
    """A job was queued (or already is, or is done): show its card."""

    course_id: UUID
    job_id: UUID


@dataclass(frozen=True)
class ExportProgress:
    """A file of the course is being made; `share` of it, 0 to 1, is done."""

    label: str
    share: float


@dataclass(frozen=True)
class ExportMade:
    """The file is ready; `notes` are sentences on what is not in it."""

    export: Export
    notes: list[str]


@dataclass(frozen=True)
class CitedPassage:
    """A place in a course that an answer rests on: `number` is what the answer calls it; `slide` counts from 1."""

    number: int
    lesson_id: UUID
    lesson_number: str
    lesson_title: str
    slide: int
    slide_title: str
    text: str


@dataclass(frozen=True)
class Cited:
    """The passages the reply cites as [1], [2], …"""

    passages: list[CitedPassage] = field(default_factory=list)


@dataclass(frozen=True)
class Failed:
    """The turn could not go on. `sentence` is for the person; `retryable` offers to try again."""

    sentence: str
    retryable: bool


Event = (
    Token
    | Reply
    | ToolStarted
    | ToolEnded
    | CourseOpened
    | CourseChanged
    | ChangeProposed
    | ReviewSwitched
    | ChangesShown
    | DraftProgress
    | RenderOffered
    | RenderStarted
    | ExportProgress
    | ExportMade
    | Cited
    | Failed
)
