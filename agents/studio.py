"""The studio: one turn of an instructor's conversation, from their words to a stream of events.

The director is made anew for each turn from the database: prompt, outline as it is now, memory, tools.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from uuid import UUID

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.messages import (
    BaseChatMessage,
    ModelClientStreamingChunkEvent,
    TextMessage,
    ToolCallRequestEvent,
    ToolCallSummaryMessage,
)
from autogen_core import CancellationToken
from autogen_core.models import AssistantMessage, UserMessage

from agents.attaching import Attached, Received, receive, with_pasted_text
from agents.budget_words import budget_wish
from agents.drafting import Drafting
from agents.events import Event, Failed, Reply, Token
from agents.material import block, outline_text, sources_text
from agents.memory import VERSION, Recollection, restored, stored
from agents.model import Model
from agents.planning import Planning
from agents.prompts import prompt
from agents.tools import TOOLS
from agents.tools.money import told
from agents.turn import Offers, Turn, UseCases
from agents.workbench import SafeWorkbench
from course.conversations import Conversation
from course.errors import LecternError, ModelUnavailable
from course.sources.reading import SIZE_LIMIT_MB
from course.turns import Turns

__all__ = ["Attached", "Studio"]

logger = logging.getLogger(__name__)

_FAULT = "Something went wrong in Lectern itself; it has been noted. Nothing you made is lost. Try again."
_NOTHING_SAID = "Tell me what your course is to be about, or attach a document."
_MOST_TOOLS = 10
# Stop has two seconds: this for the agents to end by themselves, then this for being ended.
_GENTLY, _FIRMLY = 0.8, 0.8


class Studio:
    """Runs turns; one at a time in a conversation, any number of conversations at once."""

    def __init__(
        self,
        model: Model,
        cases: UseCases,
        turns: Turns,
        *,
        lessons_at_once: int = 6,
        ask_above_usd: float = 0.25,
        upload_limit_mb: int = SIZE_LIMIT_MB,
    ) -> None:
        """Writing lessons for more than `ask_above_usd` begins only after the person was told what it costs."""
        self._model = model
        self._cases = cases
        self._turns = turns
        self._ask_above_usd = ask_above_usd
        self._planning = Planning(model)
        self._drafting = Drafting(model, at_once=lessons_at_once)
        self._upload_limit_mb = upload_limit_mb
        self._running: set[asyncio.Task[None]] = set()

    async def turn(
        self, actor: UUID, thread_id: str, message: str, files: Sequence[Attached] = ()
    ) -> AsyncGenerator[Event, None]:
        """What happens in answer to a message, as it happens. Never raises but for being cancelled.

        Cancelling the task that consumes it, or closing it, stops everything within two seconds; what was finished
        is kept and the next message works.
        """
        try:
            async with self._turns.hold(thread_id):
                conversation = await self._cases.conversations.open(actor, thread_id, "studio")
                async with aclosing(self._events(conversation, message, files)) as events:
                    async for event in events:
                        yield event
        except LecternError as problem:
            yield Failed(problem.sentence, problem.retryable)
        except Exception:  # the person gets a sentence whatever happens
            logger.exception("a turn failed")
            yield Failed(_FAULT, retryable=True)

    async def _events(
        self, conversation: Conversation, message: str, files: Sequence[Attached]
    ) -> AsyncGenerator[Event, None]:
        offers = Offers(set((conversation.memory or {}).get("offers", [])), ask_above_usd=self._ask_above_usd)
        turn = Turn(conversation, self._cases, self._planning, self._drafting, offers)
        session = _Session(turn, self._model, conversation, self._upload_limit_mb)
        work = asyncio.create_task(session.run(message, files))
        self._running.add(work)
        work.add_done_callback(self._running.discard)
        try:
            while (event := await turn.events.get()) is not None:
                yield event
        finally:
            await _ended(work, session.token)


class _Session:
    """One turn at work, in a task of its own, so that it can be ended in good order."""

    def __init__(self, turn: Turn, model: Model, conversation: Conversation, upload_limit_mb: int) -> None:
        self.token = CancellationToken()
        self._turn = turn
        self._model = model
        self._before = conversation.memory
        self._upload_limit_mb = upload_limit_mb
        self._memory: Recollection = restored(conversation.memory)
        self._begun_at = len(self._memory.messages)
        self._said: list[str] = []
        self._acted = False

    async def run(self, message: str, files: Sequence[Attached]) -> None:
        """The turn to its end, whatever end that is: the memory is kept and the screen is told."""
        try:
            await self._answer(message, files)
        except asyncio.CancelledError:
            self._break_off()
        except LecternError as problem:
            self._break_off()
            self._turn.emit(Failed(problem.sentence, problem.retryable))
        except Exception:  # the person gets a sentence whatever happens
            logger.exception("a turn failed")
            self._break_off()
            self._turn.emit(Failed(_FAULT, retryable=True))
        finally:
            await self._keep()
            self._turn.events.put_nowait(None)

    async def _answer(self, message: str, files: Sequence[Attached]) -> None:
        self._turn.said = message
        message, files = with_pasted_text(message.strip(), files)
        if not message and not files:
            self._say(_NOTHING_SAID)
            self._turn.emit(Reply(_NOTHING_SAID))
            return
        wish = budget_wish(message) if not files and self._turn.account.course_id else None
        if wish is not None:
            # Without the model, which may not be asked once the budget is used up.
            self._say(told(await self._turn.cases.budgets.set(self._turn.actor, self._turn.outline.id, wish.usd)))
            await self._remember(message)
            self._turn.emit(Reply("".join(self._said)))
            return
        received = await receive(self._turn, files, limit_mb=self._upload_limit_mb)
        if received.sentences:
            self._say("\n\n".join(received.sentences) + "\n\n")
        if received.bad and not received.good and not self._turn.sources:
            # Nothing to work from: asking the model would only make it guess.
            await self._remember(message or "I attached a document.")
        else:
            await self._direct(_told(message, received))
        self._turn.emit(Reply("".join(self._said).strip()))

    async def _direct(self, task: list[BaseChatMessage]) -> None:
        director = AssistantAgent(
            "director",
            self._model.as_role("director", self._turn.account),
            workbench=[SafeWorkbench(TOOLS, self._turn)],
            model_context=self._memory,
            system_message=_instructions(self._turn),
            model_client_stream=True,
            max_tool_iterations=_MOST_TOOLS,
            # Only asked for when the iterations run out: the person is told how far it came.
            reflect_on_tool_use=True,
        )
        new_paragraph = False
        spoken = len(self._said)
        stream = director.run_stream(task=task, cancellation_token=self.token, output_task_messages=False)
        async for event in stream:
            if isinstance(event, ModelClientStreamingChunkEvent) and event.content:
                if new_paragraph and len(self._said) > spoken:
                    self._say("\n\n")
                new_paragraph = False
                self._say(event.content)
            elif isinstance(event, ToolCallRequestEvent):
                self._acted = new_paragraph = True
                self._turn.shown()
            elif isinstance(event, TextMessage | ToolCallSummaryMessage):
                self._finish(event.content, silent=len(self._said) == spoken)

    def _finish(self, text: str, *, silent: bool) -> None:
        """The reply is whole; a model may have ended without a word, or said it all in one piece."""
        if not silent:
            return
        if not text.strip() and not self._acted:
            raise ModelUnavailable("The model gave an empty answer. Try again.")
        self._say(text.strip() or "Done.")

    def _say(self, text: str) -> None:
        self._said.append(text)
        self._turn.emit(Token(text))

    async def _remember(self, message: str) -> None:
        await self._memory.add_message(UserMessage(content=message, source="user"))
        await self._memory.add_message(AssistantMessage(content="".join(self._said).strip(), source="director"))

    def _break_off(self) -> None:
        """Leaves a memory the next turn can go on from; a turn in which nothing came of it leaves none."""
        said = "".join(self._said)
        if not self._acted and not said.strip():
            self._memory.forget_after(self._begun_at)
        else:
            self._memory.conclude(f"{said} …" if said.strip() else "(stopped)")

    async def _keep(self) -> None:
        turn = self._turn
        memory = {
            "version": VERSION,
            "turn": (self._before or {}).get("turn", 0) + 1,
            "messages": stored(self._memory.messages),
            "offers": sorted(turn.offers.before | turn.offers.now),
        }
        try:
            await turn.cases.conversations.save_memory(turn.actor, turn.thread_id, memory, before=self._before)
        except LecternError as problem:
            logger.warning("a conversation's memory was not kept: %s", problem.sentence)
        except Exception:  # the reply is out: only the log is left to tell
            logger.exception("a conversation's memory was not kept")


def _instructions(turn: Turn) -> str:
    director = prompt("director", course=outline_text(turn.now), sources=sources_text(turn.sources))
    return f"{director}\n\n{prompt('review')}" if turn.reviewing else director


def _told(message: str, received: Received) -> list[BaseChatMessage]:
    """What came of the documents, in a message of its own: the person's words stay theirs. Then the words."""
    lines = [*received.good, *(f"{name}: could not be read; the person has been told why" for name in received.bad)]
    words = TextMessage(content=message or "I attached a document.", source="user")
    return [TextMessage(content=block("attached", "\n".join(lines)), source="user"), words] if lines else [words]


async def _ended(work: asyncio.Task[None], token: CancellationToken) -> None:
    """Stops what still runs: first as AutoGen knows it, then as asyncio does."""
    if work.done():
        return
    token.cancel()
    await asyncio.wait({work}, timeout=_GENTLY)
    if not work.done():
        work.cancel()
        await asyncio.wait({work}, timeout=_FIRMLY)
