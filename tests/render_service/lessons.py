"""Orders for the tests: one lesson with every layout, and building blocks for others."""

from typing import Any

from course.models.lesson import SpokenSlide
from course.models.rendering import RenderOrder

EVERY_LAYOUT: list[dict[str, Any]] = [
    {
        "title": "The Cell Membrane",
        "body": {"layout": "title", "subtitle": "How a cell decides what comes in and what goes out"},
        "narration": "Every cell has a border. This lesson shows how it works.",
    },
    {
        "title": "What the membrane is made of",
        "body": {
            "layout": "bullets",
            "points": [
                "Phospholipids form a bilayer: heads outside, tails inside.",
                "Cholesterol keeps it fluid when it is cold and firm when it is warm.",
                "Proteins carry, receive and recognise.",
                "Carbohydrates on the outside mark the cell as one’s own.",
            ],
        },
        "narration": "Two layers of phospholipids make up the membrane. Cholesterol steadies it. Proteins do the work.",
    },
    {
        "title": "In one sentence",
        "body": {"layout": "statement", "text": "A membrane is a fluid mosaic: nothing in it stays where it is."},
        "narration": "A membrane is a fluid mosaic.",
    },
    {
        "title": "A word to keep",
        "body": {
            "layout": "definition",
            "term": "Selective permeability",
            "meaning": "Some substances pass through the membrane freely, others only with help, and some not at all.",
        },
        "narration": "Selective permeability means that some substances pass and others do not.",
    },
    {
        "title": "Passive and active transport",
        "body": {
            "layout": "comparison",
            "left": {
                "heading": "Passive",
                "points": ["Down the gradient", "Costs no energy", "Diffusion, osmosis, channels"],
            },
            "right": {
                "heading": "Active",
                "points": ["Against the gradient", "Costs ATP", "Pumps, such as the Na⁺/K⁺ pump"],
            },
        },
        "narration": "Passive transport costs nothing. Active transport costs energy.",
    },
    {
        "title": "The sodium–potassium pump, step by step",
        "body": {
            "layout": "process",
            "steps": [
                "Three sodium ions bind on the inside.",
                "ATP hands over a phosphate; the pump changes shape.",
                "The sodium ions leave on the outside, two potassium ions bind.",
                "The phosphate falls off and the potassium ions are let in.",
            ],
        },
        "narration": "Three sodium ions bind. The pump changes shape. Potassium comes in.",
    },
    {
        "title": "Think about it",
        "body": {"layout": "question", "question": "Why does a red blood cell burst in pure water?"},
        "narration": "Why does a red blood cell burst in pure water?",
    },
    {
        "title": "What to remember",
        "body": {
            "layout": "recap",
            "points": [
                "The membrane is a fluid mosaic of lipids and proteins.",
                "Passive transport follows the gradient; active transport pays to go against it.",
                "Water moves by osmosis: H₂O follows the solute.",
            ],
        },
        "narration": "You now know what the membrane is made of, and how things cross it.",
    },
]


def order(slides: list[dict[str, Any]] | None = None, **changes: object) -> RenderOrder:
    """A render order; without slides, the lesson with every layout."""
    values: dict[str, object] = {
        "course_title": "Biology for First-Year Students",
        "module_title": "Cells",
        "lesson_number": "1.2",
        "lesson_title": "The Cell Membrane",
        "language": "en",
        "slides": [SpokenSlide.model_validate(slide) for slide in (slides or EVERY_LAYOUT)],
        "speech_model": "piper",
        "voice": "joe",
    }
    return RenderOrder.model_validate(values | changes)
