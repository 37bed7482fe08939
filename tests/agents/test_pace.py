"""A service that wants fewer questions is asked more slowly, by everybody."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import UUID, uuid4

import httpx
import pytest

from agents.events import DraftProgress, DraftState
from agents.model import Account, Model
from agents.pace import Gate, Pace
from agents.roles import ask
from agents.studio import Studio
from agents.turn import UseCases
from course.models.lesson import ReviewDraft
from course.turns import Turns
from tests.agents.conversing import about, every, said
from tests.agents.drafts import sound
from tests.agents.scripted_model import Refuse, Say, ScriptedModel, Use

_ACCEPTED = {"verdict": "accept", "findings": []}
_REQUEST = httpx.Request("POST", "http://127.0.0.1/v1/chat/completions")


async def _waited(pace: Pace) -> float:
    start = time.monotonic()
    await pace.ready(_REQUEST)
    return time.monotonic() - start


@pytest.mark.parametrize(
    ("status", "headers", "least", "most"),
    [
        (200, {}, 0.0, 0.05),
        (500, {}, 0.0, 0.05),
        (429, {"retry-after": "0.4"}, 0.3, 0.7),
        (503, {"retry-after": "0.4"}, 0.3, 0.7),
        (429, {"retry-after": "0"}, 0.0, 0.05),
        (429, {}, 0.9, 1.6),
        (429, {"retry-after": "nonsense"}, 0.9, 1.6),
    ],
)
async def test_a_refusal_holds_back_the_next_request(
    status: int, headers: dict[str, str], least: float, most: float
) -> None:
    """For as long as the service says, or a second when it says nothing; other answers hold back nothing."""
    pace = Pace()
    await pace.heard(httpx.Response(status, headers=headers))
    assert least <= await _waited(pace) <= most


async def test_a_date_is_understood_too() -> None:
    """`Retry-After` may be a date; one in the past is no wait."""
    pace = Pace()
    await pace.heard(httpx.Response(429, headers={"retry-after": format_datetime(datetime(2020, 1, 1, tzinfo=UTC))}))
    assert await _waited(pace) < 0.05
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2))
    await pace.heard(httpx.Response(429, headers={"retry-after": soon}))
    assert 0.5 < await _waited(pace) < 3


async def test_what_one_role_hears_holds_for_all(scripted: ScriptedModel, new_model: Callable[..., Model]) -> None:
    """After a refusal of one call, a call of another role waits as well instead of asking into the wall."""
    model = new_model(scripted.base_url, retries=1)
    scripted.structured = {"ReviewDraft": [Refuse(429, retry_after="0.6"), _ACCEPTED]}
    first = asyncio.create_task(ask(model, "reviewer", Account(uuid4()), ReviewDraft, "One."))
    while not scripted.requests:  # noqa: ASYNC110  # the server is asked in its own time
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    start = time.monotonic()
    await ask(model, "reviewer", Account(uuid4()), ReviewDraft, "Two.")
    assert time.monotonic() - start > 0.35
    assert (await first).verdict == "accept"


async def test_a_gate_narrows_and_widens() -> None:
    """Narrowed, it lets in one less than are inside, and one more again with each that ended well, up to the first."""
    gate, inside, most = Gate(3), 0, 0

    async def one(seconds: float) -> None:
        nonlocal inside, most
        async with gate.entered():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(seconds)
            inside -= 1

    await asyncio.gather(*(one(0.01) for _ in range(9)))
    assert most == 3
    async with gate.entered(), gate.entered():
        assert gate.crowded
        gate.narrow()
    most = 0
    await asyncio.gather(*(one(0.01) for _ in range(4)))
    assert most == 1
    for _ in range(9):
        gate.widen()
    most = 0
    await asyncio.gather(*(one(0.01) for _ in range(9)))
    assert most == 3


async def test_a_course_is_written_though_the_service_puts_it_off(
    scripted: ScriptedModel, new_model: Callable[..., Model], cases: UseCases, turns: Turns, ann: UUID, cells: UUID
) -> None:
    """Refusals for too many questions fail no lesson: it is begun again, with fewer beside it."""
    await about(cases, ann, "t1", cells)
    refused = [Refuse(429, retry_after="0.05")] * 4
    scripted.structured = {"LessonDraft": [*refused, sound("Good")], "ReviewDraft": [_ACCEPTED]}
    scripted.script = [Use("draft_lessons", {"lessons": ["all"]}), Say("Done.")]
    studio = Studio(new_model(scripted.base_url), cases, turns)
    events = every(await said(studio, ann, "t1", "Write it"), DraftProgress)
    assert [event.state for event in events].count(DraftState.DONE) == 3
    assert not [event for event in events if event.state is DraftState.FAILED]
