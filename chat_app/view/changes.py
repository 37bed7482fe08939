"""Changes as cards show them: parts as a teacher calls them, texts word by word."""

from collections.abc import Sequence
from typing import Any

from chat_app.view.differences import segments
from course.models.comparison import ChangedPart, Field
from course.models.revision import Revision

_SHOWN = 24
_LONGEST = 600
_LONGEST_TITLE = 90


def revision_json(revision: Revision, parts: Sequence[ChangedPart], *, undone: bool) -> dict[str, Any]:
    """The change as its card shows it; `more` counts the parts that are not listed."""
    return {
        "courseId": str(revision.course_id),
        "number": revision.number,
        "sentence": revision.sentence,
        "author": revision.author,
        "at": revision.at.isoformat(),
        "undoes": revision.undoes,
        "undone": undone,
    } | rows_json(parts)


def rows_json(parts: Sequence[ChangedPart]) -> dict[str, Any]:
    """A row for each part that reads differently."""
    rows = [row_json(part) for part in parts if part.fields or part.moved or part.below or part.how != "moved"]
    return {"rows": rows[:_SHOWN], "more": max(0, len(rows) - _SHOWN)}


def row_json(part: ChangedPart) -> dict[str, Any]:
    """One part; `how` says in words what became of it."""
    return {
        "id": str(part.id),
        "what": _named(part),
        "kind": part.kind.value,
        "how": part.how,
        "told": part.moved or ("put elsewhere" if part.how == "moved" else part.how),
        "fields": [_field(field) for field in part.fields],
        "below": [row_json(one) for one in part.below],
    }


def _named(part: ChangedPart) -> str:
    where = part.where[:1].upper() + part.where[1:]
    return f"{where} — {_cut(part.title, _LONGEST_TITLE)}" if part.title else where


def _field(field: Field) -> dict[str, Any]:
    """Of a part that stays both sides and their pieces; of one that comes or goes the side there is."""
    shown: dict[str, Any] = {"name": field.name}
    if field.before is None or field.after is None:
        return shown | {"text": _cut(field.before or field.after or "", _LONGEST)}
    return shown | {
        "before": _cut(field.before, _LONGEST),
        "after": _cut(field.after, _LONGEST),
        "pieces": segments(field.before, field.after),
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
