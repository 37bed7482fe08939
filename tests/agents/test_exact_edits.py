"""Through the tools to Postgres and back: each changes exactly what was named, and nothing else."""

import copy
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from agents.drafting import Drafting
from agents.model import Model
from agents.planning import Planning
from agents.tools import TOOLS
from agents.turn import Offers, Turn, UseCases
from agents.workbench import SafeWorkbench
from course.models.lesson import LessonDraft
from tests.agents.conversing import about
from tests.agents.scripted_model import ScriptedModel

Words = dict[str, Any]
_TITLES = ["Wings", "Queen", "Flowers", "Recap"]


def bees() -> LessonDraft:
    """Four slides of two sentences and three points, three objectives, two questions."""
    return LessonDraft.model_validate(
        {
            "objectives": ["Explain flight.", "Describe the queen.", "Name flowers."],
            "slides": [
                {
                    "title": title,
                    "body": {"layout": "bullets", "points": [f"{title} {one}" for one in ("one", "two", "three")]},
                    "narration": f"{title} come first.  Then more of {title.lower()} follows.",
                    "citations": [{"passage": "P1.1", "quote": title}],
                }
                for title in _TITLES[:3]
            ]
            + [
                {"title": "Recap", "body": {"layout": "recap", "points": ["Fly"]}, "narration": "Bye.", "citations": []}
            ],
            "quiz": [
                {
                    "question": "What lifts bees by osmosis?",
                    "choices": ["Wings", "Legs", "Hope"],
                    "answer": 0,
                    "explanation": "They flap.",
                    "objective": 0,
                },
                {
                    "question": "Who lays eggs?",
                    "choices": ["Drones", "The queen"],
                    "answer": 1,
                    "explanation": "",
                    "objective": 1,
                },
            ],
        },
    )


def _slide(place: int, **new: Any) -> Callable[[Words], None]:
    return lambda lesson: lesson["slides"][place].update(new)


def _points(place: int, *points: str) -> Callable[[Words], None]:
    return lambda lesson: lesson["slides"][place]["body"].update(points=list(points))


def _quiz(place: int, **new: Any) -> Callable[[Words], None]:
    return lambda lesson: lesson["quiz"][place].update(new)


def _order(kind: str, *places: int) -> Callable[[Words], None]:
    return lambda lesson: lesson.update({kind: [lesson[kind][place] for place in places]})


def _goals(*goals: str, aims: tuple[int, int]) -> Callable[[Words], None]:
    def change(lesson: Words) -> None:
        lesson["objectives"] = list(goals)
        for item, aim in zip(lesson["quiz"], aims, strict=True):
            item["objective"] = aim

    return change


_EDITS: list[tuple[str, Words, Callable[[Words], None]]] = [
    ("rename", {"target": "slide 2 of 1.1", "title": "Her majesty"}, _slide(1, title="Her majesty")),
    ("rename", {"target": "the slide about flowers in 1.1", "title": "Blossom"}, _slide(2, title="Blossom")),
    (
        "change_text",
        {"target": "sentence 2 of slide 1 of 1.1", "text": "More follows"},
        _slide(0, narration="Wings come first.  More follows."),
    ),
    (
        "change_text",
        {"target": "the sentence “queen follows” of lesson 1.1", "text": "She reigns!"},
        _slide(1, narration="Queen come first.  She reigns!"),
    ),
    (
        "change_text",
        {"target": "the narration of the last slide of 1.1", "text": "See you."},
        _slide(3, narration="See you."),
    ),
    (
        "change_text",
        {"target": "bullet 2 of slide 3 of 1.1", "text": "X"},
        _points(2, "Flowers one", "X", "Flowers three"),
    ),
    ("change_text", {"target": "question 2 of 1.1", "text": "Who rules?"}, _quiz(1, question="Who rules?")),
    (
        "change_text",
        {"target": "choice B of question 1 of 1.1", "text": "Feet"},
        _quiz(0, choices=["Wings", "Feet", "Hope"]),
    ),
    ("change_text", {"target": "right answer of question 1 of 1.1", "text": "B"}, _quiz(0, answer=1)),
    ("change_text", {"target": "right answer of question 1 of 1.1", "text": "hope"}, _quiz(0, answer=2)),
    (
        "change_text",
        {"target": "the right answer of question 2 of 1.1", "text": "A big queen"},
        _quiz(1, choices=["Drones", "A big queen"]),
    ),
    (
        "change_text",
        {"target": "explanation of question 2 of 1.1", "text": "Only she does."},
        _quiz(1, explanation="Only she does."),
    ),
    (
        "change_text",
        {"target": "objective 2 of 1.1", "text": "Draw the queen."},
        _goals("Explain flight.", "Draw the queen.", "Name flowers.", aims=(0, 1)),
    ),
    ("remove", {"target": "slides 1 and 3 of 1.1"}, _order("slides", 1, 3)),
    ("remove", {"target": "the first two bullets of slide 2 of 1.1"}, _points(1, "Queen three")),
    (
        "remove",
        {"target": "the last sentence of the narration of slide 2 of 1.1"},
        _slide(1, narration="Queen come first."),
    ),
    ("remove", {"target": "the question about osmosis"}, _order("quiz", 1)),
    ("remove", {"target": "choice C of question 1 of 1.1"}, _quiz(0, choices=["Wings", "Legs"])),
    ("remove", {"target": "objective 1 of 1.1"}, _goals("Describe the queen.", "Name flowers.", aims=(0, 0))),
    ("move", {"target": "slide 3 of 1.1", "position": "first"}, _order("slides", 2, 0, 1, 3)),
    ("move", {"target": "slide 1 of 1.1", "position": "after slide 3"}, _order("slides", 1, 2, 0, 3)),
    ("move", {"target": "slide 4 of 1.1", "position": "before slide 2"}, _order("slides", 0, 3, 1, 2)),
    ("move", {"target": "slide 1 of 1.1", "position": "to place 3"}, _order("slides", 1, 2, 0, 3)),
    ("move", {"target": "question 2 of 1.1", "position": "up"}, _order("quiz", 1, 0)),
    (
        "move",
        {"target": "bullet 3 of slide 1 of 1.1", "position": "first"},
        _points(0, "Wings three", "Wings one", "Wings two"),
    ),
    (
        "move",
        {"target": "sentence 2 of slide 1 of 1.1", "position": "first"},
        _slide(0, narration="Then more of wings follows. Wings come first."),
    ),
    (
        "move",
        {"target": "objective 3 of 1.1", "position": "first"},
        _goals("Name flowers.", "Explain flight.", "Describe the queen.", aims=(1, 2)),
    ),
    ("arrange", {"operation": "swap", "target": "slides 1 and 3 of 1.1"}, _order("slides", 2, 1, 0, 3)),
    ("arrange", {"operation": "swap", "target": "questions 1 and 2 of 1.1"}, _order("quiz", 1, 0)),
    ("arrange", {"operation": "duplicate", "target": "slide 2 of 1.1"}, _order("slides", 0, 1, 1, 2, 3)),
    (
        "insert_text",
        {"kind": "bullet", "into": "slide 1 of 1.1", "text": "New", "position": "after 1"},
        _points(0, "Wings one", "New", "Wings two", "Wings three"),
    ),
    (
        "insert_text",
        {"kind": "sentence", "into": "slide 4 of 1.1", "text": "Well done", "position": "first"},
        _slide(3, narration="Well done. Bye."),
    ),
    (
        "insert_text",
        {"kind": "choice", "into": "question 1 of 1.1", "text": "Luck", "position": "first"},
        _quiz(0, choices=["Luck", "Wings", "Legs", "Hope"], answer=1),
    ),
    (
        "insert_text",
        {"kind": "objective", "into": "lesson 1.1", "text": "Hum.", "position": "before 1"},
        _goals("Hum.", "Explain flight.", "Describe the queen.", "Name flowers.", aims=(1, 2)),
    ),
    (
        "change_layout",
        {"slide": "slide 2 of 1.1", "layout": "process"},
        _slide(1, body={"layout": "process", "steps": ["Queen one", "Queen two", "Queen three"]}),
    ),
    (
        "replace_text",
        {"find": "first", "replace": "now", "where": "slide 1 of 1.1", "only": "narration"},
        _slide(0, narration="Wings come now.  Then more of wings follows."),
    ),
]


@pytest.fixture
async def desk(cases: UseCases, scripted: ScriptedModel, new_model: Any, ann: UUID, cells: UUID) -> SafeWorkbench:
    """Ann's tools on a course in which 1.1 is written."""
    model: Model = new_model(scripted.base_url)
    line = (await cases.authoring.outline(ann, cells)).lessons[0]
    await cases.lessons.write(ann, cells, line.id, bees(), "Wrote it")
    thread = f"t{uuid4()}"
    await about(cases, ann, thread, cells)
    conversation = await cases.conversations.open(ann, thread, "studio")
    return SafeWorkbench(TOOLS, Turn(conversation, cases, Planning(model), Drafting(model), Offers()))


async def _said(cases: UseCases, ann: UUID, cells: UUID) -> Words:
    whole = (await cases.authoring.course(ann, cells)).model_dump(mode="json")
    for lesson in (one for module in whole["modules"] for one in module["lessons"]):
        lesson.pop("revision")
        for part in (*lesson["slides"], *lesson["quiz"]):
            part.pop("id")
    whole.pop("revision")
    return whole


async def test_each_edit_changes_exactly_what_was_named(
    desk: SafeWorkbench, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """One revision each; the rest of the course stays word for word, and undo gives back the whole of it."""
    before = await _said(cases, ann, cells)
    for name, arguments, change in _EDITS:
        desk._turn.shown()
        result = await desk.call_tool(name, arguments)
        expected = _changed(before, change)
        assert await _said(cases, ann, cells) == expected, f"{name} {arguments}: {result.to_text()}"
        await cases.revisions.undo(ann, cells)
        await desk._turn.look_again()
        assert await _said(cases, ann, cells) == before


def _changed(before: Words, change: Callable[[Words], None]) -> Words:
    expected = copy.deepcopy(before)
    change(expected["modules"][0]["lessons"][0])
    return expected
