"""Passages and an edition about three things that have nothing to do with each other."""

from uuid import UUID, uuid4

from course.models.outline import Course
from course.models.source import Passage

BREAD = "Bakers keep a little sourdough of each day to leaven the next day's loaves with its wild yeast."
BRIDGES = "A suspension bridge hangs its deck from cables that run over towers to anchors in the rock."
BEES = "Honeybees tell their sisters the way to flowers by a dance on the comb."
SUBJECTS = {"Bread": BREAD, "Bridges": BRIDGES, "Bees": BEES}


def passages(number: int = 1, **texts: str) -> list[Passage]:
    """A passage for each subject, or for each of the texts given by heading."""
    return [
        Passage(ref=f"P{number}.{place}", section=f"S{number}.{place}", heading=heading, page=None, text=text)
        for place, (heading, text) in enumerate((texts or SUBJECTS).items(), 1)
    ]


def edition(course_id: UUID, **texts: str) -> Course:
    """A course of one lesson with a slide for each subject, or for each of the texts given by title."""
    slides = [
        {
            "id": str(uuid4()),
            "title": title,
            "body": {"layout": "statement", "text": f"About {title.lower()}."},
            "narration": text,
            "citations": [],
        }
        for title, text in (texts or SUBJECTS).items()
    ]
    lesson = {
        "id": str(uuid4()),
        "number": "1.1",
        "title": "Three crafts",
        "minutes": 5,
        "sections": [],
        "objectives": ["Tell the crafts apart."],
        "slides": slides,
        "quiz": [],
        "revision": 1,
    }
    return Course.model_validate(
        {
            "id": str(course_id),
            "title": "Crafts",
            "summary": "",
            "audience": "everybody",
            "language": "en",
            "tone": "",
            "revision": 1,
            "published_revision": 1,
            "modules": [{"id": str(uuid4()), "number": 1, "title": "All", "lessons": [lesson]}],
        },
    )
