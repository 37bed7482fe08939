"""What the director may do: plain functions, each calling one use case of `course/` under the person's own rights."""

from agents.tools.adding import add_question, add_slide, change_layout, insert_text
from agents.tools.arranging import arrange
from agents.tools.coauthors import invite_coauthor, list_people, remove_coauthor
from agents.tools.courses import describe_course, list_courses, open_course, publish_course
from agents.tools.exports import export_course
from agents.tools.history import course_history, go_back, redo, undo, what_changed
from agents.tools.imports import import_course, import_deck
from agents.tools.lessons import draft_lessons, replace_text, rewrite_lesson, show_lesson
from agents.tools.lifecycle import archive_course, delete_course, duplicate_course, restore_course
from agents.tools.money import course_cost, set_budget
from agents.tools.outlines import outline_course, revise_outline
from agents.tools.parts import add_lesson, add_module, move, remove, rename, set_minutes
from agents.tools.proposals import apply_proposal, decline_proposal, set_review
from agents.tools.quality import check_quality
from agents.tools.sources import list_sources, remove_source, replace_source, restore_source
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
    course_cost,
    set_budget,
    publish_course,
    export_course,
    import_course,
    import_deck,
    list_sources,
    replace_source,
    remove_source,
    restore_source,
    list_people,
    invite_coauthor,
    remove_coauthor,
    undo,
    redo,
    go_back,
    course_history,
    what_changed,
    set_review,
    apply_proposal,
    decline_proposal,
    list_courses,
    open_course,
    duplicate_course,
    archive_course,
    restore_course,
    delete_course,
)

__all__ = ["TOOLS"]
