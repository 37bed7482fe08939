"""A lesson on membranes with nothing to find fault with, to be spoilt one part at a time."""

from typing import Any
from uuid import UUID, uuid5

from course.models.lesson import Lesson
from course.models.source import Passage
from course.quality.examined import Examined

NAMES = UUID("6b1a6d6e-0000-4000-8000-000000000000")
PASSAGES = {
    "P1.1": Passage(
        ref="P1.1",
        section="S1.1",
        heading="Membranes",
        page=None,
        text=(
            "The **plasma membrane** surrounds every cell. It is made of phospholipids that form two layers. Water "
            "crosses the membrane by osmosis, for example in the roots of plants. Osmosis is the diffusion of water."
        ),
    ),
    "P1.2": Passage(
        ref="P1.2",
        section="S1.2",
        heading="Transport",
        page=None,
        text="Active transport moves ions against their gradient. It costs the cell energy, which ATP delivers.",
    ),
}


def slide(title: str, body: dict[str, Any], narration: str, *quotes: tuple[str, str]) -> dict[str, Any]:
    """A slide that cites these passages with these quotes."""
    return {
        "id": uuid5(NAMES, title),
        "title": title,
        "body": body,
        "narration": narration,
        "citations": [{"passage": ref, "quote": quote} for ref, quote in quotes],
    }


def question(text: str, *choices: str, answer: int = 0, objective: int = 0, why: str = "") -> dict[str, Any]:
    """A quiz item."""
    return {
        "id": uuid5(NAMES, text),
        "question": text,
        "choices": list(choices),
        "answer": answer,
        "explanation": why,
        "objective": objective,
    }


SLIDES = [
    slide(
        "Membranes",
        {"layout": "title", "subtitle": ""},
        "Why does no cell live without a membrane? Remember what you have learned about cells.",
    ),
    slide(
        "Two layers of phospholipids",
        {"layout": "bullets", "points": ["The plasma membrane surrounds every cell", "Phospholipids form two layers"]},
        "Around every cell lies its plasma membrane. Two layers of phospholipids make it up.",
        ("P1.1", "The plasma membrane surrounds every cell."),
    ),
    slide(
        "Osmosis",
        {"layout": "definition", "term": "Osmosis", "meaning": "The diffusion of water"},
        "Water crosses membranes by diffusion, and that is called osmosis. Roots of plants are an example.",
        ("P1.1", "Osmosis is the diffusion of water."),
    ),
    slide(
        "Membranes in short",
        {"layout": "recap", "points": ["Phospholipids form the membrane", "Water crosses by osmosis"]},
        "Every cell has a membrane of phospholipids, which water crosses. In the next lesson you will see more.",
        ("P1.1", "phospholipids that form two layers"),
    ),
]
QUIZ = [
    question(
        "What are the layers of the plasma membrane made of?",
        "Phospholipids",
        "Proteins",
        "Sugars",
        why="The plasma membrane is made of two layers of phospholipids.",
    ),
    question(
        "Which term fits the diffusion of water?",
        "Transport",
        "Osmosis",
        "Digestion",
        answer=1,
        objective=1,
        why="Osmosis is the diffusion of water.",
    ),
]


def lesson(**changed: Any) -> Lesson:
    """The lesson, with other values where given."""
    values: dict[str, Any] = {
        "id": uuid5(NAMES, "lesson"),
        "number": "1.2",
        "title": "Membranes",
        "minutes": 1,
        "sections": ["S1.1"],
        "objectives": ["Describe the layers of the plasma membrane", "Define osmosis"],
        "slides": SLIDES,
        "quiz": QUIZ,
        "revision": 3,
    }
    return Lesson.model_validate(values | changed)


def examined(language: str = "en", *, sourced: bool = True, **changed: Any) -> Examined:
    """The lesson as checks look at it, with other values where given."""
    return Examined(
        lesson=lesson(**changed),
        course_title="Cells",
        audience="first-year students",
        language=language,
        passages=PASSAGES,
        sourced=sourced,
        before="What cells are",
        after="Transport",
    )


def with_slide(place: int, **changed: Any) -> list[dict[str, Any]]:
    """All slides, that one with other values."""
    return [value | changed if at == place else value for at, value in enumerate(SLIDES)]
