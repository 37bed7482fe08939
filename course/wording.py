"""Replacing words throughout a course or some of its lessons, one column at a time."""

import re
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from course import parts
from course.edit import Edit
from course.errors import Invalid
from course.models.revision import Kind
from course.outline import load_course, load_outline

_SPOKEN = {
    Kind.COURSE: ("title", "summary"),
    Kind.MODULE: ("title",),
    Kind.LESSON: ("title",),
    Kind.OBJECTIVE: ("text",),
    Kind.SLIDE: ("title", "body", "narration"),
    Kind.QUIZ_ITEM: ("question", "choices", "explanation"),
}
"""The columns a reader sees. Citations quote the source and stay as they are."""


async def replace_words(edit: Edit, lesson_ids: list[UUID] | None, find: str, replace: str) -> None:
    """Puts `replace` wherever `find` stands as whole words; a capital at the start is kept.

    `lesson_ids` limits it to those lessons; None is the whole course. Raises `Invalid` when it stands nowhere.
    """
    find, replace = find.strip(), replace.strip()
    if not find:
        raise Invalid("Say which words to replace.")
    pattern = re.compile(rf"(?<!\w){re.escape(find)}(?!\w)", re.IGNORECASE)
    roots = [(Kind.COURSE, edit.course.id)] if lesson_ids is None else [(Kind.LESSON, one) for one in lesson_ids]
    for kind, part_id in roots:
        await _replace_below(edit, kind, await edit.part(kind, part_id), pattern, replace)
    if not edit.changes:
        raise Invalid(f"“{find}” does not stand anywhere there, so nothing was changed.")
    await _require_readable(edit)


async def _require_readable(edit: Edit) -> None:
    """A course that breaks its own bounds could be shown to nobody any more, nor its change undone in the chat."""
    try:
        await load_outline(edit.session, edit.course.id)
        await load_course(edit.session, edit.course.id)
    except ValidationError as error:
        raise Invalid(
            "That would leave a title empty or too long, or two choices of a quiz the same, so nothing was changed. "
            "Use other words, or name one lesson to do it in."
        ) from error


async def _replace_below(edit: Edit, kind: Kind, row: parts.PartRow, pattern: re.Pattern[str], replace: str) -> None:
    columns = {name: _replaced(getattr(row, name), pattern, replace) for name in _SPOKEN[kind]}
    await edit.update(kind, row.id, **columns)
    for child, below in await parts.children(edit.session, kind, row.id):
        await _replace_below(edit, child, below, pattern, replace)


def _replaced(value: Any, pattern: re.Pattern[str], replace: str) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda match: _cased(match.group(), replace), value)
    if isinstance(value, list):
        return [_replaced(one, pattern, replace) for one in value]
    if isinstance(value, dict):
        return {key: one if key == "layout" else _replaced(one, pattern, replace) for key, one in value.items()}
    return value


def _cased(found: str, replace: str) -> str:
    return replace[:1].upper() + replace[1:] if found[:1].isupper() and replace[:1].islower() else replace
