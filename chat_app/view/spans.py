"""What changed over a span of a course's history, as its card shows it."""

from datetime import UTC, datetime
from typing import Any

from chat_app.view.changes import revision_json
from course.models.revision import Revision, Span


def span_json(span: Span) -> dict[str, Any]:
    """Like one change that does all at once; it has no undo of its own."""
    count = len(span.steps)
    who = span.author or " and ".join(dict.fromkeys(step.author for step in span.steps))
    sentence = f"{count} {'change' if count == 1 else 'changes'} by {who}" if count else "Nothing was changed"
    as_one = Revision(
        course_id=span.course_id,
        number=span.until,
        author=who,
        at=span.steps[0].at if count else datetime.now(UTC),
        sentence=sentence,
        changes=span.changes,
        undoes=None,
    )
    rows = revision_json(as_one, undone=False)
    steps = [{"number": one.number, "sentence": one.sentence, "author": one.author} for one in span.steps]
    return {"courseId": str(span.course_id), "sentence": sentence, "steps": steps} | {
        name: rows[name] for name in ("rows", "more")
    }
