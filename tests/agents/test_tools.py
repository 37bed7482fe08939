"""Each tool does one use case, under the person's rights, and tells the director what came of it."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from agents.drafting import Drafting
from agents.events import CourseChanged, CourseOpened, Event, RenderOffered, RenderStarted
from agents.model import Model
from agents.planning import Planning
from agents.tools import TOOLS
from agents.turn import Offers, Turn, UseCases
from agents.workbench import AgentTool, SafeWorkbench
from course.lessons import Lessons
from tests.agents.conversing import about
from tests.agents.scripted_model import ScriptedModel
from tests.fixtures.course import lesson_draft, outline_draft

_ACCEPTED = {"verdict": "accept", "findings": []}


class Desk:
    """A turn in hand, and its tools by name."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self._workbench = SafeWorkbench(TOOLS, turn)

    async def use(self, name: str, **arguments: Any) -> str:
        """The tool's result; the director has seen all results before."""
        self.turn.shown()
        result = await self._workbench.call_tool(name, arguments)
        return result.to_text()

    def events(self) -> list[Event]:
        """What the screen was told since the last look."""
        found = []
        while not self.turn.events.empty():
            event = self.turn.events.get_nowait()
            assert event is not None
            found.append(event)
        return found


async def _desk(
    cases: UseCases, model: Model, actor: UUID, course_id: UUID | None, offers: Offers | None = None
) -> Desk:
    thread = f"t{uuid4()}"
    if course_id is not None:
        await about(cases, actor, thread, course_id)
    conversation = await cases.conversations.open(actor, thread, "studio")
    return Desk(Turn(conversation, cases, Planning(model), Drafting(model), offers or Offers()))


@pytest.fixture
def model(scripted: ScriptedModel, new_model: Any) -> Model:
    """The scripted model's client."""
    made: Model = new_model(scripted.base_url)
    return made


@pytest.fixture
async def desk(cases: UseCases, model: Model, ann: UUID, cells: UUID) -> Desk:
    """Ann's turn on her course Cells."""
    return await _desk(cases, model, ann, cells)


async def _titles(cases: UseCases, ann: UUID, course_id: UUID) -> dict[str, list[str]]:
    outline = await cases.authoring.outline(ann, course_id)
    return {module.title: [lesson.title for lesson in module.lessons] for module in outline.modules}


async def test_outline_course_makes_a_course(cases: UseCases, model: Model, scripted: ScriptedModel, ann: UUID) -> None:
    """Without a course, one is made, opened and planned; the result says what writing it takes."""
    scripted.structured = {"OutlineDraft": [outline_draft("Volcanoes", Magma=["Heat", "Rise"]).model_dump()]}
    desk = await _desk(cases, model, ann, None)
    result = await desk.use("outline_course", brief="Volcanoes", modules=1, audience="nurses")
    assert "Planned “Volcanoes”: 1 module, 2 lessons, 12 minutes." in result
    assert "Writing the 2 planned lessons takes about a minute" in result
    asked = scripted.requests[0]["messages"][1]["content"]
    assert "Make exactly 1 modules." in asked
    assert "Audience: nurses" in asked
    opened = [event for event in desk.events() if isinstance(event, CourseOpened)]
    assert await _titles(cases, ann, opened[0].course_id) == {"Magma": ["Heat", "Rise"]}


async def test_outline_course_does_not_replace_written_lessons(
    desk: Desk, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """A course with written lessons is revised, not planned anew."""
    lesson = (await cases.authoring.outline(ann, cells)).lessons[0]
    await cases.lessons.write(ann, cells, lesson.id, lesson_draft("Fats"), "Wrote it")
    await desk.turn.look_again()
    assert "written already" in await desk.use("outline_course", brief="Something else")


async def test_revise_outline_keeps_what_stays(
    desk: Desk, cases: UseCases, scripted: ScriptedModel, ann: UUID, cells: UUID
) -> None:
    """Lessons that keep their title keep what is written, their sections and objectives; lost ones are named."""
    lessons = (await cases.authoring.outline(ann, cells)).lessons
    for lesson in lessons[:2]:
        await cases.lessons.write(ann, cells, lesson.id, lesson_draft(lesson.title), "Wrote it")
    await desk.turn.look_again()
    draft = outline_draft("Cells", All=["Proteins", "Diffusion"]).model_dump()
    draft["modules"][0]["lessons"][0]["objectives"] = []
    scripted.structured = {"OutlineDraft": [draft]}
    result = await desk.use("revise_outline", instruction="One module, without lipids")
    assert result.startswith("This removed written lessons: “Lipids”. Undo brings them back.")
    asked = scripted.requests[0]["messages"][1]["content"]
    assert "<instruction>\nOne module, without lipids\n</instruction>" in asked
    assert "    Objective: Explain diffusion." in asked
    outline = await cases.authoring.outline(ann, cells)
    assert [(lesson.title, lesson.drafted) for lesson in outline.lessons] == [("Proteins", True), ("Diffusion", False)]
    assert outline.lessons[0].objectives == ["Explain what a cell is."]


async def test_made_up_sections_are_left_out(
    cases: UseCases, model: Model, scripted: ScriptedModel, ann: UUID, cells: UUID
) -> None:
    """A lesson rests only on sections that exist."""
    text = "# Cells\n\n## Walls\n\n" + "Walls hold cells together in plants and fungi. " * 30
    await cases.sources.attach(ann, cells, "cells.md", text.encode())
    desk = await _desk(cases, model, ann, cells)
    draft = outline_draft("Cells", Walls=["Why walls"]).model_dump()
    refs = [section.ref for section in await cases.sources.sections(ann, cells)]
    draft["modules"][0]["lessons"][0]["sections"] = [refs[-1], "S9.9", "nonsense"]
    scripted.structured = {"OutlineDraft": [draft]}
    await desk.use("outline_course", brief="Walls")
    assert (await cases.authoring.outline(ann, cells)).lessons[0].sections == [refs[-1]]
    assert 'title="Walls"' in scripted.requests[0]["messages"][1]["content"]


async def test_changes_of_the_outline(desk: Desk, cases: UseCases, ann: UUID, cells: UUID) -> None:
    """Rename, add, move, set minutes and remove, one after another, and the outline is told when numbers change."""
    assert await desk.use("rename", target="module 1", title="Walls") == "Renamed module 1, “Membranes” to “Walls”."
    assert await desk.use("rename", target="course", title="All cells") == "Renamed the course to “All cells”."
    assert "Module 2: Energy" in await desk.use("add_module", title="Energy", after="module 1")
    added = await desk.use("add_lesson", module="Energy", title="ATP", objectives=["Explain ATP."], minutes=4)
    assert "  Lesson 2.1: ATP (4 min) [planned]" in added
    assert "Lesson 2.2: Lipids" in await desk.use("move", target="lesson 1.1", position="into module 2")
    assert await desk.use("set_minutes", lesson="2.1", minutes=9) == "Set lesson 2.1, “ATP”, to 9 minutes."
    assert "Removed module 3, “Transport”." in await desk.use("remove", target="module 3")
    assert await _titles(cases, ann, cells) == {"Walls": ["Proteins"], "Energy": ["ATP", "Lipids"]}
    assert sum(isinstance(event, CourseChanged) for event in desk.events()) == 7


async def test_a_change_that_changes_nothing_is_no_revision(
    desk: Desk, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Renaming to the same title is told as such and leaves no trace in the history."""
    assert "already" in await desk.use("rename", target="1.1", title="Lipids")
    assert (await cases.authoring.outline(ann, cells)).revision == 1


async def test_describe_course(desk: Desk, cases: UseCases, ann: UUID, cells: UUID) -> None:
    """Tone and audience are kept for the writer."""
    assert "the tone to “warm”" in await desk.use("describe_course", tone="warm", audience="nurses")
    outline = await cases.authoring.outline(ann, cells)
    assert (outline.tone, outline.audience, outline.language) == ("warm", "nurses", "en")


async def test_rewrite_lesson_changes_only_what_differs(
    desk: Desk, cases: UseCases, scripted: ScriptedModel, ann: UUID, cells: UUID
) -> None:
    """The writer is given the lesson and the instruction; slides that stay the same are not touched."""
    lesson = (await cases.authoring.outline(ann, cells)).lessons[0]
    before = lesson_draft("Fats", "Oils")
    await cases.lessons.write(ann, cells, lesson.id, before, "Wrote it")
    await desk.turn.look_again()
    after = before.model_dump()
    after["slides"][1]["narration"] = "Oils are fats that flow."
    scripted.structured = {"LessonDraft": [after], "ReviewDraft": [_ACCEPTED]}
    result = await desk.use("rewrite_lesson", lesson="1.1", instruction="Say slide 2 shorter")
    assert result == "Rewrote lesson 1.1, “Lipids”: 1 part changed. Undo takes it back."
    asked = scripted.requests[0]["messages"][1]["content"]
    assert "<instruction>\nSay slide 2 shorter\n</instruction>" in asked
    assert '"title":"Oils"' in asked
    assert (await cases.authoring.lesson(ann, cells, lesson.id)).slides[1].narration == "Oils are fats that flow."


async def test_only_written_lessons_are_rewritten(desk: Desk) -> None:
    """Rewriting a planned lesson is answered with what to do first."""
    assert "not written yet" in await desk.use("rewrite_lesson", lesson="1.1", instruction="simpler")


async def test_reading_and_replacing(desk: Desk, cases: UseCases, ann: UUID, cells: UUID, lessons: Lessons) -> None:
    """A lesson can be read whole, and a word replaced throughout."""
    assert "Not written yet." in await desk.use("show_lesson", lesson="1.1")
    lesson = (await cases.authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("Fats"), "Wrote it")
    await desk.turn.look_again()
    shown = await desk.use("show_lesson", lesson="1.1")
    assert "Slide 1: Fats [bullets]" in shown
    assert "✓ The cell" in shown
    result = await desk.use("replace_text", find="fats", replace="lipids", where="1.1")
    assert result == "Replaced “fats” by “lipids” in lesson 1.1, “Lipids”: 1 part changed."
    assert "does not stand anywhere" in await desk.use("replace_text", find="quark", replace="x")


async def test_rendering_needs_an_estimate_and_a_later_yes(
    cases: UseCases, model: Model, ann: UUID, cells: UUID, lessons: Lessons
) -> None:
    """No video is started that the person has not seen the price of in an earlier turn."""
    lesson = (await cases.authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("Fats"), "Wrote it")
    desk = await _desk(cases, model, ann, cells)
    assert "has not seen what it costs" in await desk.use("render_lesson", lesson="1.1")
    assert "Ask the person whether to make it." in await desk.use("estimate_render", lesson="1.1")
    (offered,) = [event for event in desk.events() if isinstance(event, RenderOffered)]
    assert offered.estimate.lesson_number == "1.1"
    assert "yes comes next" in await desk.use("render_lesson", lesson="1.1")
    assert "No video" in await desk.use("render_status")

    later = await _desk(cases, model, ann, cells, Offers(before=desk.turn.offers.now))
    assert "is being made" in await later.use("render_lesson", lesson="1.1")
    (started,) = [event for event in later.events() if isinstance(event, RenderStarted)]
    (job,) = await cases.renders.jobs(ann, cells)
    assert job.id == started.job_id
    assert await later.use("render_status") == "Lesson 1.1, “Lipids”: waiting for its turn."


async def test_an_empty_lesson_is_not_rendered(desk: Desk) -> None:
    """A planned lesson has no price yet; the sentence says so."""
    result = await desk.use("estimate_render", lesson="1.1")
    assert not [event for event in desk.events() if isinstance(event, RenderOffered)]
    assert result.endswith(".")
    assert "Lipids" in result or "1.1" in result


async def test_publishing_undo_and_history(
    desk: Desk, cases: UseCases, ann: UUID, cells: UUID, lessons: Lessons
) -> None:
    """A course is published as far as it is written; the last change can be taken back and is in the history."""
    assert "no lesson is written" in await desk.use("publish_course")
    lesson = (await cases.authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("Fats"), "Wrote it")
    await desk.turn.look_again()
    published = await desk.use("publish_course")
    assert "with 1 lesson." in published
    assert "1.2, 2.1" in published
    assert "Took back: Wrote it." in await desk.use("undo")
    history = await desk.use("history", action="steps")
    assert [line.split(": ", 1)[1] for line in history.splitlines()] == [
        "Undo: Wrote it",
        "Wrote it",
        "Planned the course",
    ]


async def test_other_courses_of_ones_own(cases: UseCases, model: Model, ann: UUID, eve: UUID, cells: UUID) -> None:
    """One's own courses are listed and opened by title or number; those of others do not exist."""
    other = await cases.authoring.create(ann, "Genes")
    await cases.authoring.create(eve, "Eve's own")
    desk = await _desk(cases, model, ann, None)
    assert await desk.use("courses", action="list") == "1. Genes (0 lessons, 0 min)\n2. Cells (3 lessons, 18 min)"
    assert "Lesson 2.1: Diffusion" in await desk.use("courses", action="open", course="cells")
    assert await desk.use("courses", action="open", course="1")
    assert desk.turn.account.course_id == other
    assert "No course of yours is called that" in await desk.use("courses", action="open", course="Eve's own")


async def test_a_tool_that_breaks_says_nothing_of_the_inside(desk: Desk, cases: UseCases, monkeypatch: Any) -> None:
    """A fault of ours reaches the director as a sentence, never as an exception's text."""

    async def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("password=hunter2 at /srv/secret.py")

    monkeypatch.setattr(cases.revisions, "undo", broken)
    result = await desk.use("undo")
    assert "fault in Lectern itself" in result
    assert "hunter2" not in result


@pytest.mark.parametrize("one", TOOLS, ids=lambda one: one.name)
def test_schemas_are_strict_and_bare(one: AgentTool) -> None:
    """Every argument is required and described by a type; no defaults, which services refuse, and no titles."""
    schema: Any = one.schema["parameters"]
    assert schema["required"] == list(schema["properties"])
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(one.arguments.model_fields)
    assert not {"title", "default"} & {key for part in schema["properties"].values() for key in part}
    assert one.schema["description"]
