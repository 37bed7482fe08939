"""The tool that checks written lessons by machine; no model is asked."""

from typing import Annotated

from pydantic import Field

from agents.quality_text import course_text, lesson_text, lessons_text
from agents.tools import targets
from agents.turn import Turn
from agents.workbench import tool
from course.models.revision import Kind


@tool("Checking the quality: {part}")
async def check_quality(
    turn: Turn,
    part: Annotated[str, Field(description="a lesson like “1.2”, a module like “module 2”, or “course”")],
) -> str:
    """Check what is written: sources cited, objectives covered, slides readable, quiz valid, length, repetition.

    Gives figures and findings, each with the words that mend it. Changes nothing.
    """
    found = targets.target(turn.outline, part)
    report = await turn.cases.quality.course(turn.actor, turn.outline.id)
    if found.kind is Kind.COURSE:
        return course_text(report)
    lessons = {one.id for one in targets.lessons(turn.outline, [part])}
    reports = [one for one in report.lessons if one.lesson_id in lessons]
    if found.kind is Kind.LESSON and len(reports) == 1:
        return lesson_text(reports[0])
    return lessons_text(found.label, reports)
