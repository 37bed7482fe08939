"""What the director may do with the past, through the tools, on the real database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from agents.drafting import Drafting
from agents.events import ChangesShown, CourseChanged, Event
from agents.model import Model
from agents.planning import Planning
from agents.tools import TOOLS
from agents.turn import Offers, Turn, UseCases
from agents.workbench import SafeWorkbench
from course.database import Database
from course.models.revision import Kind
from course.tables import MemberRow, RevisionRow
from tests.agents.conversing import about
from tests.agents.scripted_model import ScriptedModel


class Desk:
    """Ann's turn, its tools by name, and what the screen was told."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self._workbench = SafeWorkbench(TOOLS, turn)

    async def use(self, name: str, **arguments: Any) -> str:
        """The tool's result; the director has seen all results before."""
        self.turn.shown()
        return (await self._workbench.call_tool(name, arguments)).to_text()

    def told(self, kind: type[Event]) -> list[Any]:
        """The events of that kind since the last look."""
        found = []
        while not self.turn.events.empty():
            found.append(self.turn.events.get_nowait())
        return [one for one in found if isinstance(one, kind)]


@pytest.fixture
async def desk(
    cases: UseCases, scripted: ScriptedModel, new_model: Any, database: Database, ann: UUID, eve: UUID, cells: UUID
) -> Desk:
    """Ann's turn on Cells, which Eve edits too: planned 30 hours ago, called Walls by Eve 5 hours ago, Fats by Ann."""
    async with database.transaction() as session:
        session.add(MemberRow(course_id=cells, user_id=eve))
    outline = await cases.authoring.outline(ann, cells)
    module, lesson = outline.modules[0].id, outline.lessons[0].id
    await cases.authoring.rename(eve, cells, Kind.MODULE, module, "Walls", "Renamed module 1 to “Walls”")
    await cases.authoring.rename(ann, cells, Kind.LESSON, lesson, "Fats", "Renamed lesson 1.1 to “Fats”")
    async with database.transaction() as session:
        for number, hours in ((1, 30), (2, 5)):
            row = (RevisionRow.course_id == cells) & (RevisionRow.number == number)
            then = datetime.now(UTC) - timedelta(hours=hours)
            await session.execute(update(RevisionRow).where(row).values(at=then))
    thread = f"t{uuid4()}"
    await about(cases, ann, thread, cells)
    model: Model = new_model(scripted.base_url)
    conversation = await cases.conversations.open(ann, thread, "studio")
    return Desk(Turn(conversation, cases, Planning(model), Drafting(model), Offers()))


async def test_undo_and_redo(desk: Desk) -> None:
    """The last change, the last two, one by its number or its words; each told and shown as a change."""
    assert (await desk.use("undo")).startswith("Took back: Renamed lesson 1.1 to “Fats”.\n\nThe outline now:")
    assert (await desk.use("redo")).startswith("Brought again: Renamed lesson 1.1 to “Fats”.")
    assert "Lesson 1.1: Fats" in await desk.use("undo", about="renaming module 1")
    assert "Module 1: Walls" in await desk.use("redo")
    two = await desk.use("undo", changes=2)
    assert "the last 2 changes" in two
    assert "Module 1: Membranes" in two
    assert [event.revision.number for event in desk.told(CourseChanged)] == [4, 5, 6, 7, 8]
    assert "Took back" not in await desk.use("undo", revision=2)
    assert await desk.use("undo", revision=77) == "There is no revision 77. Ask “what changed” to see the latest ones."


async def test_undo_of_what_others_built_on(desk: Desk, cases: UseCases, ann: UUID, cells: UUID) -> None:
    """Refused with the later changes by name; then done as the person said."""
    refused = await desk.use("undo", revision=1)
    assert "revision 2, “Renamed module 1 to “Walls””" in refused
    assert "undo 1 and what built on it" in refused
    await desk.use("undo", revision=1, later="undo_them_too")
    assert (await cases.authoring.outline(ann, cells)).modules == []


@pytest.mark.parametrize(
    "where",
    [{"revision": 1}, {"moment": "20 hours ago"}, {"before": "renamed the module"}, {"moment": "revision 1"}],
    ids=["a revision", "a moment", "before a change", "a revision in words"],
)
async def test_going_back(desk: Desk, where: dict[str, Any]) -> None:
    """All name the outline as it was planned."""
    result = await desk.use("go_back", **where)
    assert result.startswith("Went back to revision 1 of 1 day ago, “Planned the course”: 2 parts changed.")
    assert "Module 1: Membranes" in result


async def test_going_back_nowhere(desk: Desk) -> None:
    """Words that name no moment, no change or nothing are answered with what can be said."""
    assert "yesterday evening" in await desk.use("go_back", moment="when it was nice")
    assert "No change of this course" in await desk.use("go_back", before="mitochondria")
    assert "Say where to go back to" in await desk.use("go_back")


async def test_what_changed(desk: Desk) -> None:
    """Since a moment, by one author; the screen is given all of it."""
    text = await desk.use("history", action="summary", since="10 hours ago")
    assert text.startswith("2 changes by Ann and Eve, revisions 2 to 3, the last one just now. All in all:")
    assert "- Changed module 1: title from “Membranes” to “Walls”" in text
    assert "- Changed lesson 1.1: title from “Lipids” to “Fats”" in text
    (shown,) = desk.told(ChangesShown)
    assert (shown.span.after, shown.span.until, len(shown.span.changes)) == (1, 3, 2)
    by_eve = await desk.use("history", action="summary", author="Eve")
    assert by_eve.splitlines()[1:] == ["- Changed module 1: title from “Membranes” to “Walls”"]
    assert await desk.use("history", action="summary", since="revision 3") == "Nothing was changed since then."
    assert "Those who have" in await desk.use("history", action="summary", author="Zoe")


async def test_history(desk: Desk) -> None:
    """All of it, or what is about something, with what was undone marked."""
    await desk.use("undo")
    lines = (await desk.use("history", action="steps")).splitlines()
    assert [line.split(": ", 1)[1] for line in lines[:2]] == [
        "Undo: Renamed lesson 1.1 to “Fats”",
        "Renamed lesson 1.1 to “Fats”",
    ]
    assert lines[1].startswith("Revision 3 [undone], just now (")
    assert lines[2].startswith("Revision 2, 5 hours ago (")
    assert (await desk.use("history", action="steps", words="module 1", author="Eve")).count("\n") == 0
    assert await desk.use("history", action="steps", words="osmosis") == "There are no such changes."
