"""Coverage of the sources: sections that no lesson uses."""

from collections.abc import Sequence
from dataclasses import dataclass

from course.models.outline import Course
from course.models.quality import Check, Finding, Tally
from course.models.revision import Kind

_WORTH_TEACHING = 40
_MOST_NAMED = 12


@dataclass(frozen=True)
class SectionUse:
    """A section of a source by its reference; `words` are those of its passages, `cited` says a slide cites one."""

    ref: str
    title: str
    words: int
    cited: bool


def unused(course: Course, sections: Sequence[SectionUse]) -> list[SectionUse]:
    """Sections with something to teach that no lesson is planned from and no slide cites."""
    planned = {ref for lesson in course.lessons for ref in lesson.sections}
    return [one for one in _teaching(sections) if not one.cited and one.ref not in planned]


def tally(course: Course, sections: Sequence[SectionUse]) -> Tally:
    """Sections used, of those with something to teach."""
    of = len(_teaching(sections))
    return Tally(good=of - len(unused(course, sections)), of=of)


def findings(course: Course, sections: Sequence[SectionUse]) -> list[Finding]:
    """A hint for each section left out, the first dozen; leaving one out may well be meant."""
    left = unused(course, sections)
    found = [
        Finding(
            check=Check.SOURCES,
            severity="hint",
            lesson_id=None,
            lesson_number="",
            kind=Kind.COURSE,
            part_id=course.id,
            sentence=f"No lesson uses the section “{one.title}” ({one.ref}, {one.words} words).",
            remedy=f"Add a lesson on “{one.title}”.",
        )
        for one in left[:_MOST_NAMED]
    ]
    if len(left) > _MOST_NAMED:
        more = f"{len(left) - _MOST_NAMED} more sections of the sources are used by no lesson."
        found.append(found[-1].model_copy(update={"sentence": more, "remedy": ""}))
    return found


def _teaching(sections: Sequence[SectionUse]) -> list[SectionUse]:
    return [one for one in sections if one.words >= _WORTH_TEACHING]
