"""What was finished is kept, whatever ends the writing, and “continue” does the rest."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from agents.events import DraftProgress, DraftState, ToolEnded
from agents.model import Model
from agents.studio import Studio
from agents.turn import UseCases
from course.turns import Turns
from tests.agents.conversing import about, every, only, said
from tests.agents.drafts import sound
from tests.agents.scripted_model import Answer, Hang, Refuse, Say, ScriptedModel, Use

_ACCEPTED = {"verdict": "accept", "findings": []}
_ALL = Use("draft_lessons", {"lessons": ["all"]})
_CHECKOUT = Path(__file__).parents[2]


async def _written(cases: UseCases, actor: UUID, course_id: UUID) -> list[str]:
    return [lesson.number for lesson in (await cases.authoring.outline(actor, course_id)).lessons if lesson.drafted]


async def test_a_killed_process_loses_no_finished_lesson(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, postgres_url: str, tmp_path: Path, ann: UUID, cells: UUID
) -> None:
    """`kill -9` in the middle of a draft: what was stored is there, and another process writes the rest, once asked."""
    await about(cases, ann, "t1", cells)
    scripted.structured = {"LessonDraft": [sound("First"), Hang(60)], "ReviewDraft": [_ACCEPTED]}
    scripted.script = [_ALL]
    environment = os.environ | {
        "LECTERN_POSTGRES_URL": postgres_url,
        "OPENAI_BASE_URL": scripted.base_url,
        "OPENAI_API_KEY": "local",
        "LECTERN_CHAT_MODEL": "scripted",
        "LECTERN_QDRANT_FOLDER": str(tmp_path / "other"),
        "LECTERN_STORAGE_ENDPOINT": "http://127.0.0.1:9",
    }
    command = [sys.executable, "-m", "tests.agents.drafting_process", str(ann), "t1", "Write it all"]
    process = await asyncio.create_subprocess_exec(*command, cwd=_CHECKOUT, env=environment)
    try:
        async with asyncio.timeout(60):
            while not await _written(cases, ann, cells):
                assert process.returncode is None
                await asyncio.sleep(0.1)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()
    (first,) = await _written(cases, ann, cells)
    scripted.structured["LessonDraft"] = [sound("Rest")]
    scripted.script = [_ALL, Say("Done.")]
    async with asyncio.timeout(30):
        ended = only(await said(studio, ann, "t1", "Continue"), ToolEnded)
    assert "Wrote 2 of 2 lessons" in ended.result
    assert f"{first}" not in ended.result.splitlines()[0].partition(": ")[2]
    lesson = (await cases.authoring.course(ann, cells)).lesson(first)
    assert lesson is not None
    assert lesson.slides[0].title == "First"


async def test_an_outage_in_the_middle_is_said_lesson_by_lesson_and_kept(
    scripted: ScriptedModel, new_model: Callable[..., Model], cases: UseCases, turns: Turns, ann: UUID, cells: UUID
) -> None:
    """Each lesson that failed says why, also to who looks later; once it is written, or begun anew, no more."""
    await about(cases, ann, "t1", cells)
    studio = Studio(new_model(scripted.base_url), cases, turns, lessons_at_once=1)
    scripted.structured = {"LessonDraft": [sound("First"), Refuse(500)], "ReviewDraft": [_ACCEPTED]}
    scripted.script = [_ALL, Say("One is written.")]
    events = await said(studio, ann, "t1", "Write it all")
    assert await _written(cases, ann, cells) == ["1.1"]
    failed = [event for event in every(events, DraftProgress) if event.state is DraftState.FAILED]
    assert [event.number for event in failed] == ["1.2", "2.1"]
    failures = await cases.drafts.failures(ann, cells)
    assert {one.lesson_id: one.reason for one in failures.values()} == {one.lesson_id: one.reason for one in failed}
    assert all("trouble of its own" in one.reason for one in failed)
    scripted.structured["LessonDraft"] = [sound("Rest")]
    scripted.script = [_ALL, Say("Done.")]
    assert "Wrote 2 of 2 lessons: 1.2, 2.1." in only(await said(studio, ann, "t1", "Continue"), ToolEnded).result
    assert await cases.drafts.failures(ann, cells) == {}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Refuse(500), "trouble of its own"),
        (Refuse(401), "refused our key"),
        (Refuse(429, retry_after="0.01"), "over its limit"),
        (Hang(5), "took too long"),
        ("Purple seven.", "could not be used"),
    ],
)
async def test_each_trouble_of_the_model_is_told_with_the_lesson(
    answer: Answer | str,
    words: str,
    scripted: ScriptedModel,
    new_model: Callable[..., Model],
    cases: UseCases,
    turns: Turns,
    ann: UUID,
    cells: UUID,
) -> None:
    """Down, refusing, over its limit, slow or talking nonsense: the card and the panel say which, in a sentence."""
    await about(cases, ann, "t1", cells)
    scripted.structured = {"LessonDraft": [answer]}
    scripted.script = [Use("draft_lessons", {"lessons": ["1.1"]}), Say("It did not work.")]
    studio = Studio(new_model(scripted.base_url, timeout_seconds=0.7), cases, turns)
    events = every(await said(studio, ann, "t1", "Write 1.1"), DraftProgress)
    assert (events[-1].state, words in events[-1].reason) == (DraftState.FAILED, True)
    (kept,) = (await cases.drafts.failures(ann, cells)).values()
    assert kept.reason == events[-1].reason
