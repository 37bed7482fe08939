"""The outline as prompts have it: whole in few words, however large the course is."""

from uuid import UUID

import pytest

from agents.material import outline_text
from course.models.outline import LessonLine, ModuleLine, Outline
from local_cloud.openai_api.author.director.outline import read_outline


def _outline(lessons: int) -> Outline:
    """Five lessons a module; every seventh is longer, every ninth only planned."""
    lines = [
        LessonLine(
            id=UUID(int=place + 1),
            number=f"{place // 5 + 1}.{place % 5 + 1}",
            title=f"Cells: part {place} (of many)",
            minutes=6 + 2 * (place % 7 == 6),
            sections=["S1.2"],
            objectives=["Explain what a cell is made of."],
            slides=0 if place % 9 == 8 else 7,
            quiz=3,
            revision=1,
        )
        for place in range(lessons)
    ]
    modules = [
        ModuleLine(id=UUID(int=1000 + at), number=at + 1, title=f"Module of {at}", lessons=lines[5 * at : 5 * at + 5])
        for at in range(lessons // 5)
    ]
    head = {"title": "Life", "summary": "", "audience": "nurses", "language": "en", "tone": "", "revision": 3}
    return Outline(id=UUID(int=9999), published_revision=None, modules=modules, **head)


@pytest.mark.parametrize("lessons", [10, 60, 65, 200, 400])
def test_nothing_a_director_needs_is_lost(lessons: int) -> None:
    """Numbers, titles, minutes and what is written can be read from it, in a small course and a large one."""
    outline = _outline(lessons)
    read = read_outline(f"<course>\n{outline_text(outline)}\n</course>")
    assert read.title == "Life"
    assert [(one.number, one.title) for one in read.modules] == [(one.number, one.title) for one in outline.modules]
    assert [(one.number, one.title, one.minutes, one.drafted) for one in read.lessons] == [
        (one.number, one.title, one.minutes, one.drafted) for one in outline.lessons
    ]


def test_a_large_course_is_told_briefly() -> None:
    """A lesson takes little more than its title; the whole with objectives is kept for planning."""
    large = _outline(200)
    titles = sum(len(line.title) for line in large.lessons)
    assert len(outline_text(large)) < titles + 12 * 200 + 1_500
    assert outline_text(large, full=True).count("Objective: ") == 200
