"""A turn's events, shown as they happen."""

from uuid import UUID

import chainlit as cl
from chainlit.session import WebsocketSession

from agents.events import (
    ChangeProposed,
    ChangesShown,
    Cited,
    CitedPassage,
    CourseChanged,
    CourseOpened,
    DraftProgress,
    Event,
    ExportMade,
    ExportProgress,
    Failed,
    RenderOffered,
    RenderStarted,
    Reply,
    ReviewSwitched,
    Token,
    ToolEnded,
    ToolStarted,
)
from chat_app import panel, review_switch
from chat_app.chainlit_calls import now, remove, send, session, update
from chat_app.draft_card import DraftCard
from chat_app.export_card import ExportCard
from chat_app.streaming import Streaming
from chat_app.view import cards
from chat_app.view.tools import answered, asked

_STOPPED = "*Stopped.*"


class Screen:
    """Of one turn: the reply being written, the steps being taken, the cards to add at its end."""

    def __init__(self, message: str, *, course_id: UUID | None = None, learn: bool = False) -> None:
        self._said = message
        self._course_id = course_id
        self._learn = learn
        self.opened: UUID | None = None
        """The course the conversation came to be about in this turn."""
        self._open: Streaming | None = None
        self._last: cl.Message | None = None
        self._shown = ""
        """The text of the messages that are closed: a reply goes on below the steps taken in the middle of it."""
        self._steps: dict[str, cl.Step] = {}
        self._drafts = DraftCard()
        self._drafting = False
        self._exports = ExportCard()
        self._changes: list[int] = []
        self._later: list[cl.CustomElement] = []
        """Cards that stand below the reply that speaks of them."""

    async def show(self, event: Event) -> None:  # noqa: C901 - one case for each event
        """Shows one event."""
        match event:
            case Token(text):
                await self._stream(text)
            case Reply(text):
                await self._reply(text)
            case ToolStarted():
                await self._begin(event)
            case ToolEnded():
                await self._end(event)
            case CourseOpened(course_id):
                self._course_id = self.opened = course_id
                await panel.show(course_id, learn=self._learn)
            case CourseChanged(revision):
                await self._note(revision.course_id, revision.number)
            case ChangeProposed(course_id, proposal_id):
                self._later.append(cards.proposal_card(course_id, proposal_id))
            case ReviewSwitched(on):
                await review_switch.show(on=on)
            case ChangesShown(span):
                self._later.append(cards.span_card(span))
            case DraftProgress():
                self._drafting = True
                await self._drafts.show(event)
            case RenderOffered(course_id, estimate):
                self._later.append(cards.render_offer(course_id, estimate))
            case RenderStarted(_, job_id):
                self._later.append(cards.render_card(job_id))
            case ExportProgress():
                await self._exports.show(event)
            case ExportMade():
                self._later += await self._exports.made(event)
            case Cited(passages):
                await self._cite(passages)
            case Failed(sentence, retryable):
                await self._fail(sentence, retryable=retryable)

    async def finish(self, *, stopped: bool = False) -> None:
        """Closes what is open and adds what the turn changed. The partial reply of a stopped turn stays."""
        for step in self._steps.values():
            step.output = "Stopped." if stopped else ""
            await self._put_away(step)
        self._steps.clear()
        await self._drafts.end()
        await self._exports.end()
        if stopped:
            await self._close(f"{self._open.end().content.rstrip()}\n\n{_STOPPED}" if self._open else _STOPPED)
        else:
            await self._close()
        await self._show_cards()

    async def _stream(self, text: str) -> None:
        if self._open is None:
            self._open = Streaming(cl.Message("", author=cards.AUTHOR))
        await self._open.add(text)

    async def _reply(self, whole: str) -> None:
        """The reply is whole: what is not yet shown of it is the message being written."""
        shown = self._shown.strip()
        if not whole.startswith(shown):
            await self._close()
            return
        await self._close(whole[len(shown) :].strip())

    async def _close(self, text: str | None = None) -> None:
        """Ends the message being written; `text` is all of it."""
        if self._open is None and not text:
            return
        message = self._open.end() if self._open else cl.Message("", author=cards.AUTHOR)
        self._open = None
        self._shown += message.content
        message.content = (message.content if text is None else text).strip()
        if message.content:
            self._last = message
            await send(message)
        else:
            await remove(message)

    async def _begin(self, tool: ToolStarted) -> None:
        await self._close()
        run = cl.context.current_step
        step = cl.Step(
            name=tool.label,
            type="tool",
            show_input=True,
            parent_id=run.id if run else None,
            metadata={"avatarName": cards.AUTHOR},
        )
        step.input = asked(tool.arguments)
        step.start = now()
        self._steps[tool.id] = step
        await send(step)

    async def _end(self, tool: ToolEnded) -> None:
        step = self._steps.pop(tool.id, None)
        if step is None:
            return
        step.output = answered(tool.result)
        step.is_error = tool.failed
        await self._put_away(step)

    async def _put_away(self, step: cl.Step) -> None:
        step.end = now()
        await update(step)

    async def _note(self, course_id: UUID, number: int) -> None:
        self._course_id = course_id
        self._changes.append(number)
        live = session()
        if isinstance(live, WebsocketSession):
            await panel.announce(live, course_id)

    async def _cite(self, passages: list[CitedPassage]) -> None:
        if passages and self._last is not None:
            await cards.citations(self._course_id, passages).send(for_id=self._last.id)

    async def _fail(self, sentence: str, *, retryable: bool) -> None:
        await self._close()
        elements = [cards.try_again(self._said)] if retryable and self._said.strip() else []
        await send(cl.Message(sentence, author=cards.AUTHOR, elements=elements, metadata={"failed": True}))

    async def _show_cards(self) -> None:
        """Below the last reply, or alone when there was none."""
        if self._changes and self._course_id is not None:
            self._later.append(cards.change_card(self._course_id, self._changes))
        if self._last is None and self._later:
            await send(cl.Message("", author=cards.AUTHOR, elements=self._later))
            return
        for element in self._later:
            await element.send(for_id=self._last.id if self._last else "")
