"""What calls to the model take: money set aside before each, and what it took recorded after, by role and course."""

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from autogen_core.models import CreateResult, RequestUsage

from course.budget import Budgets
from course.usage import Usage

logger = logging.getLogger(__name__)

_DOING = {
    "director": "answering you",
    "outliner": "planning the outline",
    "writer": "writing a lesson",
    "reviewer": "reviewing a lesson",
    "tutor": "answering a question",
}
# The most a role may answer where a budget must be kept, in tokens: several times what it usually does.
_MOST_OUT = {"director": 2_000, "outliner": 12_000, "writer": 8_000, "reviewer": 1_500, "tutor": 800}
_MOST_OUT_OF_OTHERS = 4_000
# No usual text has fewer bytes a token, whatever its language; in English there are more than four.
_LEAST_BYTES_A_TOKEN = 3
_USUAL_CHARACTERS_A_TOKEN = 4


@dataclass
class Bill:
    """What some piece of work took; a part of a larger one is on both bills."""

    whole: "Bill | None" = None
    usd: Decimal = Decimal(0)
    unpriced: bool = False
    tokens_in: int = 0
    tokens_out: int = 0

    def add(self, usd: Decimal | None, tokens_in: int, tokens_out: int) -> None:
        """One call; None is a price that is not known."""
        self.usd += usd or 0
        self.unpriced |= usd is None
        self.tokens_in += tokens_in
        self.tokens_out += tokens_out
        if self.whole is not None:
            self.whole.add(usd, tokens_in, tokens_out)

    @property
    def cost(self) -> Decimal | None:
        """In all; None when it is not known."""
        return None if self.unpriced else self.usd


@dataclass
class Account:
    """On whose behalf a model is used; the course may become known in the middle of a turn."""

    user_id: UUID
    course_id: UUID | None = None
    lesson_id: UUID | None = None
    bill: Bill = field(default_factory=Bill)


@dataclass(frozen=True)
class Allowance:
    """Leave to make one call. `most_out` bounds the answer's tokens where money was set aside for it."""

    sent: int
    hold: UUID | None = None
    most_out: int | None = None


class Ledger:
    """Notes the calls to one model. Recording goes on in the background; its failure never fails an answer."""

    def __init__(self, model: str, usage: Usage | None, budgets: Budgets | None, *, longest_seconds: float) -> None:
        """No call, with all its tries, takes longer than `longest_seconds`."""
        self._model = model
        self._usage = usage
        self._budgets = budgets
        self._longest_seconds = longest_seconds
        self._recording: set[asyncio.Task[None]] = set()

    async def allow(self, role: str, account: Account, body: Mapping[str, Any]) -> Allowance:
        """Leave to send that body. Raises `OverBudget` when the course may not spend what it can take."""
        sent = sum(len(str(message.get("content") or "")) for message in body.get("messages", []))
        if self._budgets is None or account.course_id is None or self._budgets.prices.is_free(self._model):
            return Allowance(sent)
        most_out = _MOST_OUT.get(role, _MOST_OUT_OF_OTHERS)
        most_in = len(json.dumps(body, ensure_ascii=False, default=str).encode()) // _LEAST_BYTES_A_TOKEN
        doing, longest = _DOING.get(role, "that"), self._longest_seconds
        hold = await self._budgets.hold(account.course_id, self._model, most_in, most_out, doing, seconds=longest)
        return Allowance(sent, hold, most_out if hold else None)

    def took(self, role: str, account: Account, allowance: Allowance, result: CreateResult) -> None:
        """The answer came: what it took by the service's count, or by ours where the service does not count."""
        used = result.usage
        if not (used.prompt_tokens or used.completion_tokens):
            self.broke_off(role, account, allowance, len(str(result.content)))
            return
        self._note(role, account, allowance, used)

    def broke_off(self, role: str, account: Account, allowance: Allowance, characters: int) -> None:
        """The answer ended after so many characters without a count: it is estimated. Of none nothing is charged."""
        if characters:
            tokens_in, tokens_out = (each // _USUAL_CHARACTERS_A_TOKEN + 1 for each in (allowance.sent, characters))
            self._note(role, account, allowance, RequestUsage(tokens_in, tokens_out))
        elif allowance.hold is not None and self._budgets is not None:
            self._in_background(self._budgets.release(allowance.hold))

    async def close(self) -> None:
        """Waits for what is still to be recorded."""
        await asyncio.gather(*self._recording)

    def _note(self, role: str, account: Account, allowance: Allowance, used: RequestUsage) -> None:
        if self._usage is None:
            return
        cost = self._usage.prices.cost(self._model, used.prompt_tokens, used.completion_tokens)
        account.bill.add(cost, used.prompt_tokens, used.completion_tokens)
        self._in_background(
            self._usage.record(
                role,
                self._model,
                used.prompt_tokens,
                used.completion_tokens,
                course_id=account.course_id,
                lesson_id=account.lesson_id,
                user_id=account.user_id,
                hold=allowance.hold,
            )
        )

    def _in_background(self, work: Any) -> None:
        task = asyncio.create_task(_quietly(work))
        self._recording.add(task)
        task.add_done_callback(self._recording.discard)


async def _quietly(work: Any) -> None:
    try:
        await work
    except Exception:  # what was used must not fail the work it was used for
        logger.exception("usage was not recorded")
