"""What changed over a span of a course's history, as its card shows it."""

from collections.abc import Sequence
from typing import Any

from chat_app.view.changes import rows_json
from course.models.comparison import ChangedPart
from course.models.revision import Span


def span_json(span: Span, parts: Sequence[ChangedPart]) -> dict[str, Any]:
    """Like one change that does all at once; it has no undo of its own."""
    count = len(span.steps)
    who = span.author or " and ".join(dict.fromkeys(step.author for step in span.steps))
    sentence = f"{count} {'change' if count == 1 else 'changes'} by {who}" if count else "Nothing was changed"
    steps = [{"number": one.number, "sentence": one.sentence, "author": one.author} for one in span.steps]
    return {"courseId": str(span.course_id), "sentence": sentence, "steps": steps} | rows_json(parts)
