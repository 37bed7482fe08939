"""A course saved as Markdown comes back as it was, and a file that cannot be read says where."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from course.errors import UnreadableDocument
from course.exports.markdown import course_markdown
from course.imports.markdown import is_course_file, read_course
from course.models.outline import Course
from tests.fixtures.courses import courses

_FILE = """---
lectern: 1
audience: nurses
language: en
---

# Cells

> All about cells.

## Module 1: Membranes

### Lesson 1.1: Lipids

Minutes: 7
Sections: S1.1, S1.2

#### Objectives

- Explain lipids.

#### Slide 1: What lipids are

Layout: comparison

Left: Fats

- solid

Right: Oils

- liquid

> Fats are solid.
>
> Oils are not.

Source P1.3: Fats are solid

#### Quiz 1: Which is liquid?

- [ ] Fat
- [x] Oil

Explanation: Oil is.
Objective: 1
"""


def _content(course: Course) -> dict[str, Any]:
    """All a course says, without identities and revisions."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: bare(one) for name, one in value.items() if name not in ("id", "revision")}
        return [bare(one) for one in value] if isinstance(value, list) else value

    return dict(bare(course.model_dump(mode="json")))


@given(courses())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_was_saved_comes_back(course: Course) -> None:
    """Whatever stands in a course, exporting and importing gives the same course."""
    text = course_markdown(course)
    assert is_course_file(text.encode())
    assert _content(read_course(text)) == _content(course)


def test_a_file_written_by_hand_is_read() -> None:
    """Every kind of part finds its place, also with other line ends, and is written again as it was."""
    course = read_course(_FILE.replace("\n", "\r\n"))
    lesson = course.modules[0].lessons[0]
    assert (course.audience, course.language, course.summary) == ("nurses", "en", "All about cells.")
    assert (lesson.minutes, lesson.sections, lesson.objectives) == (7, ["S1.1", "S1.2"], ["Explain lipids."])
    assert lesson.slides[0].narration == "Fats are solid.\n\nOils are not."
    assert lesson.quiz[0].choices[lesson.quiz[0].answer] == "Oil"
    assert course_markdown(course) == _FILE


@pytest.mark.parametrize(
    ("line", "instead", "where", "why"),
    [
        ("Layout: comparison", "Layout: mosaic", 22, "no layout"),
        ("- [ ] Fat", "- [x] Fat", 40, "exactly one right choice"),
        ("- [ ] Fat", "- Fat", 40, "begins with - [ ]"),
        ("Minutes: 7", "Minutes: 700", 13, "1 to 60"),
        ("Minutes: 7", "Minutes: soon", 13, "valid integer"),
        ("- solid", "solid", 28, "no mark I know"),
        ("Explanation: Oil is.", "Reason: Oil is.", 40, "no place"),
        ("Sections: S1.1, S1.2", 'Sections: S1.1, "S', 13, "separated by commas"),
        ("#### Objectives", "#### Aims", 18, "#### Objectives"),
        ("## Module 1: Membranes", "", 13, "a module"),
        ("# Cells", "", 9, "title of the course"),
        ("language: en", "language", 4, "a colon"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(line: str, instead: str, where: int, why: str) -> None:
    """One sentence names the line and what was expected there."""
    with pytest.raises(UnreadableDocument, match=re.escape(why)) as refusal:
        read_course(_FILE.replace(line, instead, 1))
    assert refusal.value.sentence.startswith(f"Line {where} of this file cannot be read: ")


def test_other_files_are_no_courses() -> None:
    """A document that is not one of ours is told apart by its first lines."""
    assert not is_course_file(b"# Cells\n\nlectern: 1")
    assert not is_course_file(b"---\ntitle: Cells\n---\n")
    with pytest.raises(UnreadableDocument, match="no course saved by Lectern"):
        read_course("# Cells")
    with pytest.raises(UnreadableDocument, match="newer Lectern"):
        read_course(_FILE.replace("lectern: 1", "lectern: 2"))
