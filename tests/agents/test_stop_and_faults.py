"""Stop in the middle of anything, and a model that misbehaves: a sentence, and the next message works."""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from typing import Any
from uuid import UUID

import httpx
import pytest

from agents.events import Event, Failed, Reply, Token, ToolEnded, ToolStarted
from agents.model import Model
from agents.studio import Studio
from agents.turn import UseCases
from course.turns import Turns
from tests.agents.conversing import about, every, only, said
from tests.agents.drafts import sound
from tests.agents.scripted_model import Answer, Hang, Refuse, Say, ScriptedModel, Use
from tests.fixtures.course import outline_draft
from tests.fixtures.models import ModelServer

_ACCEPTED = {"verdict": "accept", "findings": []}


async def _stopped_at(studio: Studio, actor: UUID, message: str, moment: type[Event]) -> tuple[list[Event], float]:
    """Consumes a turn in a task that is cancelled at the first event of that kind; the seconds that took."""
    events: list[Event] = []
    reached = asyncio.Event()

    async def consume() -> None:
        async with aclosing(studio.turn(actor, "t1", message)) as turn:
            async for event in turn:
                events.append(event)
                if isinstance(event, moment):
                    reached.set()

    task = asyncio.create_task(consume())
    await asyncio.wait_for(reached.wait(), 10)
    await asyncio.sleep(0.2)
    start = time.monotonic()
    task.cancel()
    await asyncio.wait({task}, timeout=5)
    return events, time.monotonic() - start


async def test_stop_while_it_speaks(studio: Studio, scripted: ScriptedModel, ann: UUID) -> None:
    """Stop ends a reply within two seconds, hangs up on the model, and what was said is remembered."""
    scripted.script = [Say("one two three four five six seven eight", pause=0.3), Say("Of course.")]
    _, seconds = await _stopped_at(studio, ann, "Count", Token)
    assert seconds < 2
    await asyncio.wait_for(scripted.hung_up.wait(), 2)
    assert only(await said(studio, ann, "t1", "Go on"), Reply).text == "Of course."
    remembered = scripted.requests[-1]["messages"]
    assert [message["role"] for message in remembered] == ["system", "user", "assistant", "user"]
    assert remembered[2]["content"].startswith("one")


async def test_stop_before_it_speaks(studio: Studio, scripted: ScriptedModel, ann: UUID) -> None:
    """Stop while the model is silent leaves nothing behind, and the next message works."""
    scripted.script = [Hang(30), Say("Yes?")]
    task = asyncio.create_task(said(studio, ann, "t1", "Hello"))
    await asyncio.sleep(0.5)
    start = time.monotonic()
    task.cancel()
    await asyncio.wait({task}, timeout=5)
    assert time.monotonic() - start < 2
    assert only(await said(studio, ann, "t1", "Are you there?"), Reply).text == "Yes?"
    assert len(scripted.requests[-1]["messages"]) == 2


async def test_stop_while_a_tool_works(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Stop in the middle of a tool ends it within two seconds; the memory stays one the model accepts."""
    await about(cases, ann, "t1", cells)
    scripted.structured = {"LessonDraft": [Hang(30)]}
    scripted.script = [Use("draft_lessons", {"lessons": ["all"]}), Say("Nothing is written yet.")]
    events, seconds = await _stopped_at(studio, ann, "Write it", ToolStarted)
    assert seconds < 2
    assert not every(events, Reply)
    await asyncio.wait_for(scripted.hung_up.wait(), 2)
    assert only(await said(studio, ann, "t1", "And?"), Reply).text == "Nothing is written yet."
    messages = scripted.requests[-1]["messages"]
    calls = [call["id"] for message in messages for call in message.get("tool_calls", [])]
    assert [message["tool_call_id"] for message in messages if message["role"] == "tool"] == calls


async def test_finished_lessons_survive_stop_and_the_rest_is_written_later(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """What was stored before Stop stays; asking again writes only what is missing."""
    await about(cases, ann, "t1", cells)
    whole = sound("What lipids are")
    scripted.structured = {"LessonDraft": [whole, Hang(30)], "ReviewDraft": [_ACCEPTED]}
    scripted.script = [Use("draft_lessons", {"lessons": ["all"]})]
    task = asyncio.create_task(said(studio, ann, "t1", "Write it"))
    for _ in range(100):
        await asyncio.sleep(0.05)
        if any(lesson.drafted for lesson in (await cases.authoring.outline(ann, cells)).lessons):
            break
    task.cancel()
    await asyncio.wait({task}, timeout=5)
    assert sum(lesson.drafted for lesson in (await cases.authoring.outline(ann, cells)).lessons) == 1
    scripted.structured["LessonDraft"] = [whole]
    scripted.requests.clear()
    scripted.script = [Use("draft_lessons", {"lessons": ["all"]}), Say("Done.")]
    ended = only(await said(studio, ann, "t1", "Go on"), ToolEnded)
    assert "Wrote 2 of 2 lessons" in ended.result
    assert all(lesson.drafted for lesson in (await cases.authoring.outline(ann, cells)).lessons)
    drafts = [one for one in scripted.requests if "LessonDraft" in str(one.get("response_format"))]
    assert len(drafts) == 2


@pytest.mark.parametrize(
    ("answers", "words", "retryable"),
    [
        ([Refuse(429, retry_after="0")], "over its limit", True),
        ([Refuse(429, code="insufficient_quota")], "no credit", False),
        ([Refuse(500)], "trouble of its own", True),
        ([Refuse(401)], "refused our key", False),
        ([Refuse(404)], "does not know the model", False),
        ([Refuse(400, code="context_length_exceeded")], "more text than", False),
        ([Hang(10)], "too long", True),
        ([Say("It begins well but", end=False)], "broke off", True),
        ([Say("")], "empty answer", True),
    ],
)
async def test_a_failing_model_is_a_sentence(
    answers: list[Answer],
    words: str,
    retryable: bool,
    scripted: ScriptedModel,
    new_model: Callable[..., Model],
    cases: UseCases,
    turns: Turns,
    ann: UUID,
) -> None:
    """Each fault of the model is said in a sentence, whether to retry is right, and the next message works."""
    studio = Studio(new_model(scripted.base_url, timeout_seconds=1), cases, turns)
    scripted.script = [*answers, Say("Here I am.")]
    failed = only(await said(studio, ann, "t1", "Hello"), Failed)
    assert words in failed.sentence
    assert failed.retryable is retryable
    assert only(await said(studio, ann, "t1", "Hello"), Reply).text == "Here I am."


async def test_a_passing_fault_is_not_even_seen(
    scripted: ScriptedModel, new_model: Callable[..., Model], cases: UseCases, turns: Turns, ann: UUID
) -> None:
    """A rate limit that passes is waited out."""
    studio = Studio(new_model(scripted.base_url, retries=2), cases, turns)
    scripted.script = [Refuse(429, retry_after="0.1"), Refuse(503), Say("Here I am.")]
    assert only(await said(studio, ann, "t1", "Hello"), Reply).text == "Here I am."


async def test_a_model_that_is_not_there(
    new_model: Callable[..., Model], cases: UseCases, turns: Turns, ann: UUID
) -> None:
    """An address where nothing listens is a sentence too."""
    failed = only(await said(Studio(new_model("http://127.0.0.1:9/v1"), cases, turns), ann, "t1", "Hi"), Failed)
    assert "cannot be reached" in failed.sentence


async def test_a_failure_after_a_change_keeps_the_change_and_the_words(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """When the model fails after a tool, what the tool did stands, and the next turn knows of it."""
    await about(cases, ann, "t1", cells)
    scripted.script = [Use("rename", {"target": "1.1", "title": "Fats"}, first="Gladly."), Refuse(500), Say("Yes.")]
    events = await said(studio, ann, "t1", "Call 1.1 Fats")
    assert only(events, Failed).retryable
    assert [token.text for token in every(events, Token)] == ["Gladly."]
    await said(studio, ann, "t1", "Did you?")
    messages = scripted.requests[-1]["messages"]
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "tool", "assistant", "user"]
    assert "Fats" in messages[0]["content"]


@pytest.mark.parametrize(
    ("use", "told"),
    [
        (Use("rename", raw='{"target": "1.1", "title": '), "Error"),
        (Use("rename", {"target": "1.1"}), "title: Field required"),
        (Use("set_minutes", {"lesson": "1.1", "minutes": 600}), "1 to 60 minutes"),
        (Use("delete_everything", {}), "not found"),
        (Use("rename", {"target": "lesson 7.3", "title": "X"}), "There is module 1 with lessons 1.1 to 1.2; module 2"),
    ],
)
async def test_a_bad_call_is_told_to_the_model(
    use: Use, told: str, studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Broken, incomplete or impossible calls change nothing, and the model learns why and can go on."""
    await about(cases, ann, "t1", cells)
    scripted.script = [use, Say("That does not exist.")]
    events = await said(studio, ann, "t1", "Do it")
    assert only(events, Reply).text == "That does not exist."
    assert told in scripted.requests[1]["messages"][-1]["content"]
    assert (await cases.authoring.outline(ann, cells)).revision == 1


async def test_the_wrong_schema_is_sent_back_once(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID
) -> None:
    """An outline that cannot be used is returned with what is wrong; the second try counts."""
    good = outline_draft("Volcanoes", Magma=["What magma is"]).model_dump()
    scripted.structured = {"OutlineDraft": [good | {"modules": []}, good]}
    scripted.script = [Use("outline_course", {"brief": "Volcanoes"}), Say("Planned.")]
    events = await said(studio, ann, "t1", "A course on volcanoes")
    assert not only(events, ToolEnded).failed
    repair = next(one for one in scripted.requests if len(one["messages"]) == 4)
    assert "a course has 1 to 40 modules" in repair["messages"][-1]["content"]
    (course,) = await cases.authoring.courses(ann)
    assert (course.title, course.lessons) == ("Volcanoes", 1)


@pytest.mark.parametrize("nonsense", ["Purple seven.", '{"unexpected": true}', ""])
async def test_nonsense_twice_makes_no_course(
    nonsense: str, studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID
) -> None:
    """Nothing half-parsed is stored, and no empty course is left behind."""
    scripted.structured = {"OutlineDraft": [nonsense]}
    scripted.script = [Use("outline_course", {"brief": "Volcanoes"}), Say("It did not work; try again.")]
    events = await said(studio, ann, "t1", "A course on volcanoes")
    assert "could not be used" in only(events, ToolEnded).result
    assert await cases.authoring.courses(ann) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 429, "retry_after": 0},
        {"kind": "status", "status": 500},
        {"kind": "truncate", "after": 5},
        {"kind": "reset", "after": 3},
        {"kind": "stall", "after": 3, "seconds": 20},
        {"kind": "empty"},
    ],
)
async def test_the_local_servers_faults_end_in_a_sentence(
    fault: dict[str, Any],
    model_server: ModelServer,
    new_model: Callable[..., Model],
    cases: UseCases,
    turns: Turns,
    ann: UUID,
) -> None:
    """The faults of the OpenAI-compatible server come through the whole real path as one sentence."""
    studio = Studio(new_model(model_server.base_url, timeout_seconds=2), cases, turns)
    async with httpx.AsyncClient(base_url=model_server.url) as control:
        await control.put("/faults", json={"rules": [fault | {"path": "chat", "match": "Hello 4711"}]})
        try:
            failed = only(await said(studio, ann, "t1", "Hello 4711"), Failed)
        finally:
            await control.delete("/faults")
    assert failed.retryable
    assert failed.sentence.endswith((".", "again."))
