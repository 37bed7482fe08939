"""Replacing words throughout a course or some of its parts, one column at a time."""

import re
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from course import parts
from course.edit import Edit
from course.errors import Invalid
from course.models.revision import Kind
from course.models.text import Line, Title
from course.outline import read_quiz_item, read_slide
from course.tables import ObjectiveRow, QuizItemRow, SlideRow

Spoken = Literal["titles", "slides", "narration", "quiz", "objectives"]
"""What a replacement may be limited to."""

_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.COURSE: ("title", "summary"),
    Kind.MODULE: ("title",),
    Kind.LESSON: ("title",),
    Kind.OBJECTIVE: ("text",),
    Kind.SLIDE: ("title", "body", "narration"),
    Kind.QUIZ_ITEM: ("question", "choices", "explanation"),
}
"""The columns a reader sees. Citations quote the source and stay as they are."""

_ONLY: dict[Spoken, dict[Kind, tuple[str, ...]]] = {
    "titles": dict.fromkeys((Kind.COURSE, Kind.MODULE, Kind.LESSON, Kind.SLIDE), ("title",)),
    "slides": {Kind.SLIDE: ("title", "body")},
    "narration": {Kind.SLIDE: ("narration",)},
    "quiz": {Kind.QUIZ_ITEM: _WORDS[Kind.QUIZ_ITEM]},
    "objectives": {Kind.OBJECTIVE: ("text",)},
}


async def replace_words(
    edit: Edit,
    within: Sequence[tuple[Kind, UUID]] | None,
    find: str,
    replace: str,
    only: Spoken | None = None,
) -> None:
    """Puts `replace` wherever `find` stands as whole words; a capital at the start is kept.

    `within` limits it to those parts and what is below them; None is the whole course. Raises `Invalid` when it
    stands nowhere there.
    """
    find, replace = find.strip(), replace.strip()
    if not find:
        raise Invalid("Say which words to replace.")
    pattern = re.compile(rf"(?<!\w){re.escape(find)}(?!\w)", re.IGNORECASE)
    columns = _WORDS if only is None else _ONLY[only]
    for kind, part_id in within if within is not None else [(Kind.COURSE, edit.course.id)]:
        await _replace_below(edit, kind, await edit.part(kind, part_id), pattern, replace, columns)
    if not edit.changes:
        raise Invalid(f"“{find}” does not stand anywhere there, so nothing was changed.")
    await _require_readable(edit)


async def _require_readable(edit: Edit) -> None:
    """A course that breaks its own bounds could be shown to nobody any more, nor its change undone in the chat."""
    try:
        for change in edit.changes:
            row = await edit.part(change.kind, change.id)
            if isinstance(row, SlideRow):
                read_slide(row)
            elif isinstance(row, QuizItemRow):
                read_quiz_item(row)
            else:
                TypeAdapter(Line if isinstance(row, ObjectiveRow) else Title).validate_python(
                    row.text if isinstance(row, ObjectiveRow) else row.title
                )
    except ValidationError as error:
        raise Invalid(
            "That would leave a title empty or too long, or two choices of a quiz the same, so nothing was changed. "
            "Use other words, or name one lesson to do it in."
        ) from error


async def _replace_below(
    edit: Edit,
    kind: Kind,
    row: parts.PartRow,
    pattern: re.Pattern[str],
    replace: str,
    columns: dict[Kind, tuple[str, ...]],
) -> None:
    new = {name: _replaced(getattr(row, name), pattern, replace) for name in columns.get(kind, ())}
    await edit.update(kind, row.id, **new)
    for child, below in await parts.children(edit.session, kind, row.id):
        await _replace_below(edit, child, below, pattern, replace, columns)


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
