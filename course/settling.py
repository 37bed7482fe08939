"""What must hold of a course whatever is edited at the same time: places are distinct, numbers point at something."""

from collections import defaultdict
from typing import Any, cast
from uuid import UUID

from fractional_indexing import generate_key_between
from sqlalchemy import func, select

from course import parts
from course.edit import Edit
from course.models.revision import Kind
from course.tables import ObjectiveRow, QuizItemRow


async def settle(edit: Edit) -> None:
    """A quiz question whose objective is gone, or never was, tests the lesson's last one."""
    for lesson_id in await _lessons(edit):
        count = await edit.session.scalar(
            select(func.count()).select_from(ObjectiveRow).where(ObjectiveRow.lesson_id == lesson_id)
        )
        last = max(0, (count or 0) - 1)
        astray = select(QuizItemRow).where(
            QuizItemRow.lesson_id == lesson_id, (QuizItemRow.objective > last) | (QuizItemRow.objective < 0)
        )
        for item in (await edit.session.scalars(astray)).all():
            await edit.correct(Kind.QUIZ_ITEM, item.id, objective=last)


async def settle_ranks(edit: Edit) -> None:
    """A part put back where another has come to stand meanwhile stands right behind that one."""
    placed: dict[tuple[Kind, UUID], set[UUID]] = defaultdict(set)
    for change in edit.changes:
        if change.after is not None and "rank" in change.after:
            row: Any = await parts.find(edit.session, change.kind, change.id, edit.course.id)
            if row is not None:
                placed[change.kind, getattr(row, parts.PARENT[change.kind][0])].add(change.id)
    for (kind, parent_id), moved in placed.items():
        await _part_ranks(edit, kind, parent_id, moved)


async def _part_ranks(edit: Edit, kind: Kind, parent_id: UUID, moved: set[UUID]) -> None:
    table = parts.TABLE[kind].__table__
    query = select(table.c.id, table.c.rank).where(table.c[parts.PARENT[kind][0]] == parent_id)
    ranks: dict[str, list[UUID]] = defaultdict(list)
    for part_id, rank in (await edit.session.execute(query.order_by(table.c.rank, table.c.id))).tuples():
        ranks[cast("str", rank)].append(part_id)
    order = list(ranks)
    for rank, following in zip(order, [*order[1:], None], strict=True):
        crowd = sorted(ranks[rank], key=lambda one: one in moved)
        behind = rank
        for part_id in crowd[1:]:
            behind = str(generate_key_between(behind, following))
            await edit.correct(kind, part_id, rank=behind)


async def _lessons(edit: Edit) -> list[UUID]:
    """Lessons that lost objectives, or whose questions may point at another one than before."""
    found: dict[UUID, None] = {}
    for change in edit.changes:
        added = change.before is None and change.kind is Kind.OBJECTIVE
        if change.kind not in (Kind.OBJECTIVE, Kind.QUIZ_ITEM) or added:
            continue
        both = [change.before or {}, change.after or {}]
        if change.before and change.after and not {"lesson_id", "objective"} & set(change.after):
            continue
        found |= {UUID(values["lesson_id"]): None for values in both if "lesson_id" in values}
        if change.after and "lesson_id" not in change.after:
            row: Any = await parts.find(edit.session, change.kind, change.id, edit.course.id)
            found |= {row.lesson_id: None} if row is not None else {}
    return list(found)
