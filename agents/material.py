"""What agents are given to read, in the tagged blocks their prompts speak of."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from course.models.lesson import Lesson
from course.models.outline import LessonLine, Outline
from course.models.source import Passage, Section, SourceLine

_TAGS = (
    "course|sources?|attached|section|passages?|lesson|brief|instruction|current|draft|findings|measured|question|"
    "problem"
)
_OWN_TAG = re.compile(rf"<(?=/?(?:{_TAGS})\b)", re.IGNORECASE)
_LEAST_OF_A_SECTION = 240
_MOST_HEADINGS = 600
_MOST_AT_LENGTH = 60


def block(tag: str, text: str) -> str:
    """The text in its tag; what looks like one of our tags inside it is disarmed, so that no text can end its block."""
    return f"<{tag}>\n{disarmed(text)}\n</{tag}>"


def disarmed(text: str) -> str:
    """The text with a look-alike for the bracket of whatever could pass for one of our tags."""
    return _OWN_TAG.sub("‹", text)


def outline_text(outline: Outline | None, *, full: bool = False) -> str:
    """The outline, a line for each part; `full` adds objectives and sections.

    Of a large course minutes and state are told only of lessons in which they are not the usual ones: the outline is
    in every prompt.
    """
    if outline is None:
        return "none"
    lines = [f"Course: {outline.title} (audience: {outline.audience or 'not said'}, revision {outline.revision})"]
    if not full and len(outline.lessons) > _MOST_AT_LENGTH:
        return "\n".join([*lines, *_briefly(outline)])
    for module in outline.modules:
        lines.append(f"Module {module.number}: {module.title}")
        for lesson in module.lessons:
            lines.append(lesson_line(lesson))
            if full:
                lines += [f"    Objective: {objective}" for objective in lesson.objectives]
                lines += [f"    Sections: {', '.join(lesson.sections)}"] if lesson.sections else []
    return "\n".join(lines)


def lesson_line(lesson: LessonLine) -> str:
    """A lesson as the outline shows it."""
    return f"  Lesson {lesson.number}: {lesson.title} ({lesson.minutes} min) [{_state(lesson)}]"


def _briefly(outline: Outline) -> Iterator[str]:
    minutes = Counter(lesson.minutes for lesson in outline.lessons).most_common(1)[0][0]
    state = Counter(_state(lesson) for lesson in outline.lessons).most_common(1)[0][0]
    yield f"Lessons take {minutes} min and are {state} where nothing else is said."
    for module in outline.modules:
        yield f"Module {module.number}: {module.title}"
        for lesson in module.lessons:
            takes = f" ({lesson.minutes} min)" if lesson.minutes != minutes else ""
            yield f"{lesson.number}: {lesson.title}{takes}{f' [{_state(lesson)}]' if _state(lesson) != state else ''}"


def _state(lesson: LessonLine) -> str:
    return "drafted" if lesson.drafted else "planned"


def sources_text(sources: Sequence[SourceLine]) -> str:
    """The attached documents, a line each."""
    lines = [f"S{one.number}: {one.title} ({one.filename}, {one.words:,} words)" for one in sources]
    return "\n".join(lines) or "none"


def source_blocks(sources: Sequence[SourceLine], sections: Sequence[Section], budget: int) -> str:
    """The documents with all headings, and their texts shortened alike until they fit `budget` characters."""
    sections = sections[:_MOST_HEADINGS]
    total = sum(len(section.text) for section in sections)
    share = min(1.0, budget / total) if total else 1.0
    blocks = []
    for source in sources:
        inside = [_section_block(one, share) for one in sections if one.ref.startswith(f"S{source.number}.")]
        blocks.append(
            f'<source id="S{source.number}" title="{attribute(source.title)}">\n' + "\n".join(inside) + "\n</source>"
        )
    return "\n".join(blocks)


def passages_block(passages: Iterable[Passage]) -> str:
    """The passages a lesson is written from."""
    lines = [
        f'<passage id="{one.ref}" section="{attribute(one.heading)}">{disarmed(one.text)}</passage>' for one in passages
    ]
    return "\n".join(["<passages>", *lines, "</passages>"])


def lesson_block(
    lesson: LessonLine | Lesson, outline: Outline, *, before: str | None = None, after: str | None = None
) -> str:
    """What the lesson is to be; `before` and `after` are the titles of the lessons beside it."""
    lines = ["Title: " + lesson.title, "Objectives:", *(f"- {objective}" for objective in lesson.objectives)]
    lines += [f"Minutes: {lesson.minutes}", f"Audience: {outline.audience}", f"Language: {outline.language}"]
    lines += [f"Tone: {outline.tone or 'clear and friendly'}", f"Course: {outline.title}"]
    lines += [f"Previous lesson: {before}"] if before else []
    lines += [f"Next lesson: {after}"] if after else []
    return block("lesson", "\n".join(lines))


def _section_block(section: Section, share: float) -> str:
    room = max(_LEAST_OF_A_SECTION, int(len(section.text) * share))
    text = disarmed(_shortened(section.text, room))
    words = len(section.text.split())
    head = f'id="{section.ref}" title="{attribute(section.title)}" level="{section.level}" words="{words}"'
    return f"<section {head}>{text}</section>"


def _shortened(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[:room].rsplit(" ", 1)[0].rstrip() + " …"


def attribute(text: str) -> str:
    """The text as the value of a tag's attribute."""
    return disarmed(" ".join(text.replace('"', "'").split()))
