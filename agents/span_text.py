"""What changed over a span of a course's history, in words: each part once."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from course.models.revision import Change, Span
from course.moments import ago

_GROUPS = ("Added", "Removed", "Moved", "Changed")
_MOST_LINES = 12
_LONGEST = 80
_NAMES = {"body": "what is on it", "citations": "its sources", "text": "words", "answer": "right answer"}
_PLACE = frozenset({"rank", "module_id", "lesson_id"})


def span_text(span: Span, now: datetime) -> str:
    """Who changed how much and when, then what was added, removed, moved and changed."""
    groups = {name: [_line(span, change) for change in span.changes if _group(change) == name] for name in _GROUPS}
    return "\n".join([_head(span, now), *_lines(groups)])


def _head(span: Span, now: datetime) -> str:
    count = len(span.steps)
    by = {step.author: None for step in span.steps}
    head = f"{count} {'change' if count == 1 else 'changes'} by {' and '.join(by)}"
    head += f", revisions {span.steps[-1].number} to {span.steps[0].number}" if count > 1 else ""
    head += f", the last one {ago(span.steps[0].at, now)}"
    return (
        f"{head}. {'All in all' if span.changes else 'All in all nothing is different'}{':' if span.changes else '.'}"
    )


def _lines(groups: dict[str, list[str]]) -> Iterator[str]:
    for name, lines in groups.items():
        for line in lines[:_MOST_LINES]:
            yield f"- {name} {line}"
        if len(lines) > _MOST_LINES:
            yield f"- {name} {len(lines) - _MOST_LINES} more parts"


def _group(change: Change) -> str:
    if change.before is None:
        return "Added"
    if change.after is None:
        return "Removed"
    return "Moved" if set(change.after) <= _PLACE else "Changed"


def _line(span: Span, change: Change) -> str:
    values = (change.before or {}) | (change.after or {})
    label = values.get("title") or values.get("text") or values.get("question")
    where = span.places.get(change.id) or change.kind.value.replace("_", " ")
    if change.before is None or change.after is None or set(change.after) <= _PLACE:
        return f"{where}, “{_short(label)}”" if label else where
    fields = [
        _field(name, change.before.get(name), value) for name, value in change.after.items() if name not in _PLACE
    ]
    return f"{where}: {'; '.join(fields)}"


def _field(name: str, before: Any, after: Any) -> str:
    if isinstance(before, str) and isinstance(after, str):
        return f"{name} from “{_short(before)}” to “{_short(after)}”"
    if isinstance(before, int) and name == "minutes":
        return f"minutes from {before} to {after}"
    return _NAMES.get(name, name)


def _short(text: Any) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1].rstrip()}…"
