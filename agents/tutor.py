"""The tutor: a learner's question answered from the course alone, each sentence with its place in the course."""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.messages import ModelClientStreamingChunkEvent, TextMessage
from autogen_core.model_context import UnboundedChatCompletionContext
from autogen_core.models import AssistantMessage, LLMMessage, UserMessage

from agents.cited_sentences import CitedSentences
from agents.events import Cited, CitedPassage, Event, Failed, Reply, Token
from agents.material import attribute, block, disarmed
from agents.model import Account, Model
from agents.prompts import prompt
from course.conversations import Conversation, Conversations
from course.errors import LecternError, OverBudget
from course.learning import Learning
from course.models.learning import Evidence, SlideEvidence
from course.turns import Turns

logger = logging.getLogger(__name__)

VERSION = 1
_FAULT = "Something went wrong in Lectern itself; it has been noted. Ask again."
_PAUSED = "Questions on this course cannot be answered at the moment. Ask your teacher to open them again."
_LONGEST_QUESTION = 2_000
_NO_QUESTION = "Ask me anything about this course, and I will answer from its lessons."
# Words that point back at what was said before; a question of nothing else does too.
_POINTING = re.compile(r"\b(?:it|its|this|that|these|those|they|them|their|he|she|former|latter)\b", re.IGNORECASE)
_OPENING = re.compile(r"^(?:and|but|so|then|why|how so|what about|how about|really)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"an?|the|and|but|so|then|what|why|how|who|when|where|which|is|are|was|do|does|did|can|could|you|me|i|to|of|for|in"
    r"|on|about|more|please|really|explain|tell|give|show|examples?|means?|simpler|again|exactly",
)


@dataclass(frozen=True)
class _Exchange:
    """The question before and its answer."""

    question: str
    answer: str


class Tutor:
    """Answers learners; one question at a time in a conversation."""

    def __init__(self, model: Model, conversations: Conversations, learning: Learning, turns: Turns) -> None:
        self._model = model
        self._conversations = conversations
        self._learning = learning
        self._turns = turns

    async def turn(self, actor: UUID, thread_id: str, course_id: UUID, question: str) -> AsyncGenerator[Event, None]:
        """The answer as it is written, then where it rests. Never raises but for being cancelled.

        What the course does not cover is not asked of the model at all.
        """
        try:
            async with self._turns.hold(thread_id):
                conversation = await self._conversations.open(actor, thread_id, "learn")
                if conversation.course_id != course_id:
                    await self._conversations.set_course(actor, thread_id, course_id)
                async with aclosing(self._answer(conversation, course_id, question.strip())) as events:
                    async for event in events:
                        yield event
        except OverBudget as problem:
            # What a course costs is its author's business.
            logger.warning("a question was not answered: %s", problem.sentence)
            yield Failed(_PAUSED, retryable=False)
        except LecternError as problem:
            yield Failed(problem.sentence, problem.retryable)
        except Exception:  # the person gets a sentence whatever happens
            logger.exception("an answer failed")
            yield Failed(_FAULT, retryable=True)

    async def _answer(self, conversation: Conversation, course_id: UUID, question: str) -> AsyncGenerator[Event, None]:
        if not question:
            yield Token(_NO_QUESTION)
            yield Reply(_NO_QUESTION)
            return
        question = question[:_LONGEST_QUESTION]
        before = _last(conversation, course_id)
        evidence = await self._evidence(conversation.person.id, course_id, question, before)
        sentences = CitedSentences(set(range(1, len(evidence.slides) + 1)))
        said: list[str] = []
        if evidence.covered:
            account = Account(conversation.person.id, course_id)
            async with aclosing(self._sentences(account, evidence, question, before, sentences)) as stream:
                async for sentence in stream:
                    piece = f" {sentence}" if said else sentence
                    said.append(piece)
                    yield Token(piece)
        if not said:
            said = [_not_covered(evidence)]
            yield Token(said[0])
        answer = "".join(said)
        yield Reply(answer)
        if sentences.used:
            yield Cited([_passage(number, evidence.slides[number - 1]) for number in sorted(sentences.used)])
        await self._remember(conversation, course_id, question, answer, covered=bool(sentences.used))

    async def _evidence(self, actor: UUID, course_id: UUID, question: str, before: _Exchange | None) -> Evidence:
        """What the course has on it; a question that leans on the one before is looked up together with it."""
        if before is not None and _leans(question):
            return await self._learning.evidence(actor, course_id, f"{before.question} {question}")
        evidence = await self._learning.evidence(actor, course_id, question)
        if evidence.covered or before is None or not _POINTING.search(question):
            return evidence
        return await self._learning.evidence(actor, course_id, f"{before.question} {question}")

    async def _sentences(
        self,
        account: Account,
        evidence: Evidence,
        question: str,
        before: _Exchange | None,
        sentences: CitedSentences,
    ) -> AsyncGenerator[str, None]:
        history: list[LLMMessage] = []
        if before is not None:
            history = [
                UserMessage(content=block("question", before.question), source="user"),
                AssistantMessage(content=before.answer, source="tutor"),
            ]
        tutor = AssistantAgent(
            "tutor",
            self._model.as_role("tutor", account),
            system_message=prompt("tutor"),
            model_context=UnboundedChatCompletionContext(history),
            model_client_stream=True,
        )
        streamed = False
        task = f"{_passages(evidence.slides)}\n\n{block('question', question)}"
        async with aclosing(tutor.run_stream(task=task, output_task_messages=False)) as stream:
            async for event in stream:
                if isinstance(event, ModelClientStreamingChunkEvent):
                    streamed = True
                    for sentence in sentences.feed(event.content):
                        yield sentence
                elif isinstance(event, TextMessage) and not streamed:
                    for sentence in sentences.feed(event.content):
                        yield sentence
        for sentence in sentences.rest():
            yield sentence

    async def _remember(
        self, conversation: Conversation, course_id: UUID, question: str, answer: str, *, covered: bool
    ) -> None:
        before: dict[str, Any] | None = conversation.memory
        memory = {
            "version": VERSION,
            "turn": (before or {}).get("turn", 0) + 1,
            "course_id": str(course_id),
            # What was not covered is nothing to build on.
            "question": question if covered else "",
            "answer": answer,
        }
        try:
            await asyncio.shield(
                self._conversations.save_memory(conversation.person.id, conversation.thread_id, memory, before=before),
            )
        except LecternError as problem:
            logger.warning("a conversation's memory was not kept: %s", problem.sentence)


def _last(conversation: Conversation, course_id: UUID) -> _Exchange | None:
    memory = conversation.memory or {}
    if memory.get("version") != VERSION or memory.get("course_id") != str(course_id) or not memory.get("question"):
        return None
    return _Exchange(str(memory["question"]), str(memory.get("answer", "")))


def _sentences(text: str) -> str:
    """A slide's points have no full stops; as sentences they can be told apart and quoted."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(line if line.endswith((".", "!", "?", "…", ":", "”")) else f"{line}." for line in lines)


def _leans(question: str) -> bool:
    """Whether it says nothing without the question before, like “and why?” or “what about them?”."""
    words = re.findall(r"\w+", question.casefold())
    if _OPENING.match(question) and _POINTING.search(question):
        return True
    return all(_ASKING.fullmatch(word) or _POINTING.fullmatch(word) for word in words)


def _passages(slides: list[SlideEvidence]) -> str:
    lines = [
        f'<passage id="{number}" lesson="{one.lesson_number}" slide="{one.slide + 1}" '
        f'title="{attribute(one.slide_title)}">{disarmed(_sentences(one.text))}</passage>'
        for number, one in enumerate(slides, start=1)
    ]
    return "\n".join(["<passages>", *lines, "</passages>"])


def _not_covered(evidence: Evidence) -> str:
    names = [f"lesson {one.number}, “{one.title}”" for one in evidence.nearest]
    if not names:
        names = list(dict.fromkeys(f"lesson {one.lesson_number}, “{one.lesson_title}”" for one in evidence.slides[:3]))
    if not names:
        return "This course does not cover that."
    return f"This course does not cover that. The nearest it has: {'; '.join(names)}."


def _passage(number: int, slide: SlideEvidence) -> CitedPassage:
    return CitedPassage(
        number=number,
        lesson_id=slide.lesson_id,
        lesson_number=slide.lesson_number,
        lesson_title=slide.lesson_title,
        slide=slide.slide + 1,
        slide_title=slide.slide_title,
        text=_sentences(slide.text),
    )
