"""What one turn of the studio knows and has done so far; tools are given it."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from agents.events import ChangeProposed, CourseChanged, CourseOpened, Event
from agents.model import Account
from course.arranging import Arranging
from course.authoring import Authoring
from course.budget import Budgets
from course.coauthors import Coauthors
from course.comparing import Comparing
from course.conversations import Conversation, Conversations
from course.drafts import Drafts
from course.duplicates import Duplicates
from course.errors import Invalid
from course.exports.exports import Exports
from course.history import History
from course.imports.imports import Imports
from course.lessons import Lessons
from course.lifecycle import Lifecycle
from course.models.outline import Outline
from course.models.revision import Revision
from course.models.source import SourceLine
from course.proposals import Proposals
from course.proposing import Proposing
from course.publishing import Publishing
from course.quality.reports import Quality
from course.quizzes import Quizzes
from course.rendering.requests import RenderRequests
from course.revisions import Revisions
from course.slides import Slides
from course.sources.attached import Sources
from course.sources.changes import SourceChanges
from course.usage import Usage

if TYPE_CHECKING:
    from agents.drafting import Drafting
    from agents.planning import Planning


@dataclass(frozen=True)
class UseCases:
    """What may be done to a course, as `course/` offers it."""

    conversations: Conversations
    authoring: Authoring
    lessons: Lessons
    slides: Slides
    quizzes: Quizzes
    arranging: Arranging
    revisions: Revisions
    history: History
    comparing: Comparing
    proposals: Proposals
    publishing: Publishing
    sources: Sources
    source_changes: SourceChanges
    coauthors: Coauthors
    duplicates: Duplicates
    lifecycle: Lifecycle
    renders: RenderRequests
    quality: Quality
    exports: Exports
    imports: Imports
    drafts: Drafts
    usage: Usage
    budgets: Budgets

    def reviewed(self, proposing: Proposing) -> "UseCases":
        """The same in review mode: edits become one proposal, and the course is read as it would be."""
        return replace(
            self,
            authoring=proposing.authoring(),
            lessons=Lessons(proposing),
            slides=Slides(proposing),
            quizzes=Quizzes(proposing),
            arranging=Arranging(proposing),
            imports=self.imports.on(proposing),
        )


@dataclass
class Offers:
    """What the person was told the cost of, before this turn and in it: videos, by lesson id, and writing lessons.

    Only those from before can have been answered with yes.
    """

    before: set[str] = field(default_factory=set)
    now: set[str] = field(default_factory=set)
    ask_above_usd: float = 0.0

    def writing(self, lessons: Iterable[UUID]) -> None:
        """The person is told what writing these lessons takes."""
        self.now |= {f"write {one}" for one in lessons}

    def told_of_writing(self, lesson: UUID) -> bool:
        """Whether they knew before this turn what writing it takes."""
        return f"write {lesson}" in self.before


class Turn:
    """One turn, under the rights of the person who spoke."""

    def __init__(
        self,
        conversation: Conversation,
        cases: UseCases,
        planning: "Planning",
        drafting: "Drafting",
        offers: Offers,
    ) -> None:
        self.actor: UUID = conversation.person.id
        self.email = conversation.person.email
        self.said = ""
        """The person's own words in this turn: what only they may decide is looked up in them."""
        self.thread_id = conversation.thread_id
        self.stored = cases
        """What changes the course at once, also in review mode."""
        self.cases = cases
        self.planning = planning
        self.drafting = drafting
        self.offers = offers
        self.account = Account(self.actor, conversation.course_id)
        self.events: asyncio.Queue[Event | None] = asyncio.Queue()
        self.sources: Sequence[SourceLine] = conversation.sources
        self.courses_brought: dict[str, bytes] = {}
        """Files that came with the message and are courses saved by Lectern, by name."""
        self._seen = conversation.outline
        self._now = conversation.outline
        self._made: set[int] = set()
        self.proposed: list[UUID] = []
        """What this turn proposed."""
        self._untold = False
        self._as_proposed = False
        """Whether the outline at hand is one as it would be: what is stored cannot be told from it."""
        self.review(on=conversation.review)

    def emit(self, event: Event) -> None:
        """Tells the screen."""
        self.events.put_nowait(event)

    @property
    def seen(self) -> Outline | None:
        """The outline as the director saw it when it asked for what is done now: words are resolved against it."""
        return self._seen

    @property
    def now(self) -> Outline | None:
        """The outline after what this turn changed."""
        return self._now

    def shown(self) -> None:
        """The director has been told of everything until now."""
        self._seen = self._now

    @property
    def outline(self) -> Outline:
        """The outline seen. Raises `Invalid` when the conversation has no course yet."""
        if self._seen is None:
            raise Invalid(
                "There is no course in this conversation yet. Say what it should be about, or attach a document."
            )
        return self._seen

    @property
    def base(self) -> int:
        """The revision changes are made on: the one seen, and what this turn made directly on it."""
        base = self.outline.revision
        while base + 1 in self._made:
            base += 1
        return base

    def review(self, *, on: bool) -> None:
        """From now on agents' edits are proposed; or made."""
        self.reviewing = on
        proposing = self.stored.proposals.proposing(self.thread_id)
        self.cases = self.stored.reviewed(proposing) if on else self.stored

    def take_proposal(self) -> UUID | None:
        """The proposal that grew since this was asked last."""
        grown, self._untold = self._untold, False
        return self.proposed[-1] if grown else None

    async def open_course(self, course_id: UUID) -> None:
        """The conversation is about this course from now on."""
        await self.cases.conversations.set_course(self.actor, self.thread_id, course_id)
        self.account.course_id = course_id
        self._made.clear()
        self.offers = Offers(ask_above_usd=self.offers.ask_above_usd)
        await self.look_again()
        await self.look_at_sources()
        self._seen = self._now
        self.emit(CourseOpened(course_id))

    def close_course(self) -> None:
        """The course of this conversation is no more."""
        self.account.course_id = None
        self._seen = self._now = None
        self.sources = ()
        self._made.clear()

    async def look_again(self) -> None:
        """Reads the outline as it is now."""
        if self.account.course_id is not None:
            known = None if self._as_proposed else self._now
            self._now = await self.cases.authoring.outline(self.actor, self.account.course_id, known=known)
            self._as_proposed = self.reviewing

    async def look_at_sources(self) -> None:
        """Reads which documents the course has."""
        if self.account.course_id is None:
            return
        sources = await self.cases.sources.list(self.actor, self.account.course_id)
        self.sources = [
            SourceLine(number=one.number, title=one.title, filename=one.filename, words=one.words) for one in sources
        ]

    def note(self, revision: Revision) -> None:
        """This turn made that revision, or proposed it: the screen is told."""
        if revision.proposal is not None:
            self._untold = True
            if revision.proposal not in self.proposed:
                self.proposed.append(revision.proposal)
                self.emit(ChangeProposed(revision.course_id, revision.proposal))
            return
        self._made.add(revision.number)
        self.emit(CourseChanged(revision))

    async def changed(self, revision: Revision | None) -> bool:
        """After a change: the screen is told and the outline read again. False when nothing had to change."""
        if revision is None:
            return False
        self.note(revision)
        await self.look_again()
        return True
