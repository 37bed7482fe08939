"""Notices as messages of their conversation."""

from typing import Any

from chat_app.view.cards import AUTHOR
from course.models.notice import Notice
from course.money import dollars


def build(notice: Notice) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The columns of the message's row and of its cards' rows."""
    text, cards = _said(notice)
    step = {"name": AUTHOR, "type": "assistant_message", "output": text, "extra": {"metadata": {"notice": notice.kind}}}
    elements = [
        {"type": "custom", "name": name, "props": props, "extra": {"display": "inline", "url": "#"}}
        for name, props in cards
    ]
    return step, elements


def _said(notice: Notice) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
    about = notice.payload
    lesson = f"lesson {about.get('lesson_number')} **{about.get('lesson_title')}**"
    video = [("LessonVideo", {"jobId": about.get("job_id")})]
    retry = [("RenderCard", {"jobId": about.get("job_id"), "retry": True, "lesson": about.get("lesson_number")})]
    match notice.kind:
        case "render_done":
            cost = f" It cost {dollars(about['cost_usd'])}." if "cost_usd" in about else ""
            return f"The video of {lesson} is ready.{cost}", video
        case "render_failed":
            reason = about.get("sentence") or "Something went wrong on our side."
            return f"The video of {lesson} could not be made. {reason}", retry
        case "render_cancelled":
            return f"The video of {lesson} was cancelled.", []
        case "made_coauthor":
            title = about.get("title")
            return f"{about.get('by')} made you a co-author of **{title}**. Say “open {title}” to work on it.", []
        case kind:
            return str(about.get("text") or f"There is news: {kind}."), []
