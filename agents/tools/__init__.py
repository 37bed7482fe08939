"""What the director may do: plain functions, each calling one use case of `course/` under the person's own rights."""

from agents.tools.adding import add_question, add_slide, change_layout, insert_text
from agents.tools.arranging import arrange
from agents.tools.coauthors import people
from agents.tools.courses import describe_course, publish_course
from agents.tools.exports import export_course
from agents.tools.history import go_back, history, redo, undo
from agents.tools.imports import import_file
from agents.tools.lessons import draft_lessons, replace_text, rewrite_lesson, show_lesson
from agents.tools.lifecycle import courses
from agents.tools.money import spending
from agents.tools.outlines import outline_course, revise_outline
from agents.tools.parts import add_lesson, add_module, move, remove, rename, set_minutes
from agents.tools.proposals import review
from agents.tools.quality import check_quality
from agents.tools.sources import sources
from agents.tools.videos import estimate_render, render_lesson, render_status
from agents.tools.wording import change_text

TOOLS = (
    outline_course,
    revise_outline,
    rename,
    add_module,
    add_lesson,
    remove,
    move,
    arrange,
    change_text,
    insert_text,
    add_slide,
    change_layout,
    add_question,
    set_minutes,
    describe_course,
    draft_lessons,
    rewrite_lesson,
    replace_text,
    show_lesson,
    check_quality,
    estimate_render,
    render_lesson,
    render_status,
    spending,
    publish_course,
    export_course,
    import_file,
    sources,
    people,
    undo,
    redo,
    go_back,
    history,
    review,
    courses,
)

__all__ = ["TOOLS"]
