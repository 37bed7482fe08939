"""Recorded or proposed changes made readable: parts by where they stand, sources by name, answers by their words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from course import access, parts
from course.database import Database
from course.dependents import parent_in
from course.layout import Layout, read_layout
from course.models.comparison import ChangedPart, Field
from course.models.revision import Change, Kind
from course.readable import ORDER, Texts, texts
from course.tables import PassageRow, QuizItemRow, SectionRow, SourceRow

_PLACE = frozenset({"rank", "module_id", "lesson_id"})


class Comparing:
    """Changes of a course as its editors read them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def compare(self, actor: UUID, course_id: UUID, changes: Sequence[Change]) -> list[ChangedPart]:
        """The changed parts in reading order; what came or went with another part is below that one."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            kinds = {change.kind for change in changes}
            # A question names its objective by number.
            now = await read_layout(
                session, course_id, kinds | ({Kind.OBJECTIVE} if Kind.QUIZ_ITEM in kinds else set())
            )
            view = _View(now, changes, await _source_names(session, course_id, changes))
            view.questions = await _questions(session, changes)
        return view.parts()


class _View:
    """The changes beside the course as it is, was before them and is after them."""

    def __init__(self, now: Layout, changes: Sequence[Change], names: Mapping[str, str]) -> None:
        self._changes = {change.id: change for change in changes}
        self._now = now
        self._before = now.changed(changes, "before")
        self._after = now.changed(changes, "after")
        self._names = names
        self.questions: Mapping[UUID, Mapping[str, Any]] = {}

    def parts(self) -> list[ChangedPart]:
        """All of them, those that came or went with another below it."""
        below: dict[UUID | None, list[Change]] = {}
        for change in sorted(self._changes.values(), key=self._order):
            below.setdefault(self._above(change), []).append(change)
        return [self._part(change, below) for change in below.get(None, [])]

    def _order(self, change: Change) -> tuple[int, ...]:
        return self._layout(change).reading_order(change.kind, change.id)

    def _layout(self, change: Change) -> Layout:
        """Where the part is to be found: now, else where it would stand, else where it stood last."""
        known = (self._now, self._after, self._before)
        return next((one for one in known if one.has(change.kind, change.id)), self._now)

    def _above(self, change: Change) -> UUID | None:
        """The part it came or went with."""
        whole = change.after if change.before is None else change.before if change.after is None else None
        parent = parent_in(change.kind, whole)
        other = self._changes.get(parent) if parent else None
        with_it = other is not None and (other.before is None, other.after is None) == (
            change.before is None,
            change.after is None,
        )
        return parent if with_it else None

    def _part(self, change: Change, below: Mapping[UUID | None, list[Change]]) -> ChangedPart:
        layout = self._layout(change)
        fields = self._fields(change)
        moved = self._moved(change)
        how = "added" if change.before is None else "removed" if change.after is None else "changed"
        return ChangedPart(
            kind=change.kind,
            id=change.id,
            where=layout.label(change.kind, change.id),
            title=layout.name(change.kind, change.id),
            how="moved" if how == "changed" and not fields else how,
            moved=moved,
            fields=fields,
            below=[self._part(one, below) for one in below.get(change.id, [])],
        )

    def _fields(self, change: Change) -> list[Field]:
        before, after = self._texts(change, change.before, self._before), self._texts(change, change.after, self._after)
        names = [name for name in ORDER if (before or {}).get(name) != (after or {}).get(name)]
        return [
            Field(
                name=name,
                before=None if before is None else before.get(name, ""),
                after=None if after is None else after.get(name, ""),
            )
            for name in names
        ]

    def _texts(self, change: Change, values: Mapping[str, Any] | None, layout: Layout) -> Texts | None:
        if values is None:
            return None
        known = self.questions.get(change.id, {})
        found = texts(change.kind, values, self._names, known=known)
        if change.kind is Kind.QUIZ_ITEM and isinstance(values.get("objective"), int):
            lesson = parent_in(change.kind, dict(values)) or self._now.parent(change.kind, change.id)
            aims = layout.below(Kind.OBJECTIVE, lesson) if lesson else []
            if values["objective"] < len(aims):
                found["Tests"] = layout.name(Kind.OBJECTIVE, aims[values["objective"]])
        return found

    def _moved(self, change: Change) -> str:
        if change.before is None or change.after is None or _PLACE.isdisjoint(change.after):
            return ""
        kind, part_id = change.kind, change.id
        old, new = self._before.parent(kind, part_id), self._after.parent(kind, part_id)
        start, end = self._before.place(kind, part_id), self._after.place(kind, part_id)
        if old is None or new is None:
            return ""
        if old == new:
            return f"moved from place {start} to {end}" if start != end else ""
        holder = parts.PARENT[kind][1]
        return f"moved from {self._before.label(holder, old)} to {self._after.label(holder, new)}"


async def _questions(session: AsyncSession, changes: Iterable[Change]) -> dict[UUID, dict[str, Any]]:
    """Choices and answers of changed questions as they are: a change holds only what it set."""
    ids = [change.id for change in changes if change.kind is Kind.QUIZ_ITEM and change.before and change.after]
    if not ids:
        return {}
    query = select(QuizItemRow.id, QuizItemRow.choices, QuizItemRow.answer).where(QuizItemRow.id.in_(ids))
    return {
        part_id: {"choices": choices, "answer": answer}
        for part_id, choices, answer in (await session.execute(query)).tuples()
    }


async def _source_names(session: AsyncSession, course_id: UUID, changes: Iterable[Change]) -> dict[str, str]:
    """Passages and sections by document, heading and page."""
    refs = {ref for change in changes for side in (change.before, change.after) for ref in _refs(side or {})}
    passages = [place for ref in refs if (place := _place(ref, "P"))]
    sections = [place for ref in refs if (place := _place(ref, "S"))]
    named: dict[str, str] = {}
    if passages:
        cited = (
            select(SourceRow.number, PassageRow.number, SourceRow.title, PassageRow.heading, PassageRow.page)
            .join(PassageRow, PassageRow.source_id == SourceRow.id)
            .where(SourceRow.course_id == course_id, tuple_(SourceRow.number, PassageRow.number).in_(passages))
        )
        for source, number, title, heading, page in (await session.execute(cited)).tuples():
            named[f"P{source}.{number}"] = f"{title}, {heading}" + (f", page {page}" if page else "")
    if sections:
        headings = (
            select(SourceRow.number, SectionRow.number, SourceRow.title, SectionRow.title)
            .join(SectionRow, SectionRow.source_id == SourceRow.id)
            .where(SourceRow.course_id == course_id, tuple_(SourceRow.number, SectionRow.number).in_(sections))
        )
        for source, number, title, heading in (await session.execute(headings)).tuples():
            named[f"S{source}.{number}"] = f"{title}, {heading}"
    return named


def _refs(values: Mapping[str, Any]) -> list[str]:
    return [one["passage"] for one in values.get("citations") or []] + list(values.get("sections") or [])


def _place(ref: str, letter: str) -> tuple[int, int] | None:
    source, _, number = ref.removeprefix(letter).partition(".")
    return (int(source), int(number)) if ref.startswith(letter) and source.isdigit() and number.isdigit() else None
