"""A revision in words: which parts it touched, and what stood there before and after."""

from collections.abc import Iterable
from typing import Any

from course.models.revision import Change, Kind, Revision

_SHOWN = 24
_LONGEST = 600
_NAMES = {
    "title": "Title",
    "summary": "Summary",
    "audience": "Audience",
    "language": "Language",
    "tone": "Tone",
    "minutes": "Minutes",
    "text": "Objective",
    "body": "On the slide",
    "narration": "Narration",
    "citations": "Sources",
    "question": "Question",
    "choices": "Choices",
    "answer": "Right answer",
    "explanation": "Explanation",
}
"""The columns a reader knows; places and references are not shown."""
_WORDS = {
    Kind.COURSE: "Course",
    Kind.MODULE: "Module",
    Kind.LESSON: "Lesson",
    Kind.OBJECTIVE: "Objective",
    Kind.SLIDE: "Slide",
    Kind.QUIZ_ITEM: "Quiz question",
}
# The parts a reader thinks in come first.
_ORDER = list(_WORDS)


def revision_json(revision: Revision, *, undone: bool) -> dict[str, Any]:
    """The change as its card shows it; `more` counts the parts that are not listed."""
    rows = [row for change in _sorted(revision.changes) if (row := _row(change))]
    return {
        "courseId": str(revision.course_id),
        "number": revision.number,
        "sentence": revision.sentence,
        "author": revision.author,
        "at": revision.at.isoformat(),
        "undoes": revision.undoes,
        "undone": undone,
        "rows": rows[:_SHOWN],
        "more": max(0, len(rows) - _SHOWN),
    }


def _sorted(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: _ORDER.index(change.kind))


def _row(change: Change) -> dict[str, Any] | None:
    label = _label(change)
    if change.before is None:
        return {"what": label, "how": "added", "fields": []}
    if change.after is None:
        return {"what": label, "how": "removed", "fields": []}
    fields = [
        {"name": name, "before": _readable(column, change.before[column]), "after": _readable(column, value)}
        for column, name in _NAMES.items()
        if (value := change.after.get(column)) is not None and column in change.before
    ]
    if fields:
        return {"what": label, "how": "changed", "fields": fields}
    moved = "rank" in change.after or any(column.endswith("_id") for column in change.after)
    return {"what": label, "how": "moved", "fields": []} if moved else None


def _label(change: Change) -> str:
    word = _WORDS[change.kind]
    values = (change.after or {}) | (change.before or {})
    name = values.get("title") or values.get("text") or values.get("question")
    return f"{word} “{_cut(str(name), 90)}”" if name else word


def _readable(column: str, value: Any) -> str:
    if column == "answer":
        return chr(ord("A") + value) if isinstance(value, int) and 0 <= value < 26 else str(value)
    if column == "citations":
        return ", ".join(one["passage"] for one in value) or "none"
    return _cut("\n".join(_lines(value)), _LONGEST)


def _lines(value: Any) -> list[str]:
    """The text of a slide's body, whatever its layout."""
    if isinstance(value, dict):
        return [line for key, one in value.items() if key != "layout" for line in _lines(one)]
    if isinstance(value, list):
        return [line for one in value for line in _lines(one)]
    return [str(value)] if value not in (None, "") else []


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
