"""Reading an outline again from one known before gives exactly what reading it whole gives."""

import os
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from course import parts
from course.authoring import Authoring
from course.database import Database
from course.edit import START, Edit
from course.errors import LecternError
from course.lesson_content import write
from course.lessons import Lessons
from course.models.outline import Outline
from course.models.revision import Kind
from course.outline_reading import load_outline, reread_outline
from course.publishing import Publishing
from course.revisions import Reach, Revisions
from tests.fixtures.course import lesson_draft, outline_draft, person

_EXAMPLES = int(os.environ.get("LECTERN_EXAMPLES", "15"))
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["title", "text", "insert", "insert", "delete", "move", "move", "write", "undo", "redo", "go back"]
        ),
        st.sampled_from(list(Kind)[1:]),
        st.integers(0, 60),  # which part
        st.integers(0, 5),  # where to
    ),
    min_size=6,
    max_size=12,
)


@pytest.fixture(scope="module")
async def shared(module_postgres_url: str) -> AsyncIterator[Database]:
    """One database for all examples."""
    database = Database(module_postgres_url, application="tests")
    yield database
    await database.close()


@pytest.fixture(scope="module")
async def teacher(shared: Database) -> UUID:
    """An instructor."""
    return await person(shared, "una", "instructor")


async def _course(database: Database, teacher: UUID) -> UUID:
    authoring = Authoring(database, Revisions(database))
    course_id = await authoring.create(teacher)
    draft = outline_draft("Cells", Membranes=["Lipids", "Proteins"], Transport=["Diffusion"])
    await authoring.plan(teacher, course_id, draft, "Planned")
    for line in (await authoring.outline(teacher, course_id)).lessons[:2]:
        await Lessons(Revisions(database)).write(teacher, course_id, line.id, lesson_draft("Cell", "Wall"), "Wrote")
    return course_id


async def _step(database: Database, teacher: UUID, course_id: UUID, what: str, kind: Kind, part: int, to: int) -> None:
    revisions = Revisions(database)
    if what == "undo":
        await revisions.undo(teacher, course_id, count=1 + to // 3, reach=Reach.WITH_LATER)
    elif what == "redo":
        await revisions.redo(teacher, course_id)
    elif what == "go back":
        now = await Authoring(database, revisions).outline(teacher, course_id)
        await revisions.go_back(teacher, course_id, max(0, now.revision - 1 - part % 5))
    else:
        async with revisions.edit(teacher, course_id, what) as edit:
            await _edit(edit, what, kind, part, to)


async def _edit(edit: Edit, what: str, kind: Kind, part: int, to: int) -> None:
    below = await _all_below(edit, Kind.COURSE, edit.course.id)
    if what == "insert":
        kind = [Kind.MODULE, Kind.LESSON, Kind.OBJECTIVE][part % 3]
    there = [part_id for one, part_id in below if one is kind]
    parents = [part_id for one, part_id in [(Kind.COURSE, edit.course.id), *below] if one is parts.PARENT[kind][1]]
    after = START if to % 2 else None
    if what == "insert" and parents:
        own: dict[str, Any] = {"text": f"Explain {to}."} if kind is Kind.OBJECTIVE else {"title": f"New {to}"}
        own |= {"minutes": 6, "sections": []} if kind is Kind.LESSON else {}
        await edit.insert(kind, parents[to % len(parents)], after=after, **own)
    elif there and what == "delete":
        await edit.delete(kind, there[part % len(there)])
    elif there and what == "move":
        await edit.move(kind, there[part % len(there)], parents[to % len(parents)], after=after)
    elif what == "title":
        await edit.update(Kind.COURSE, edit.course.id, title=f"Course {to}")
    elif there and what == "text":
        await edit.update(kind, there[part % len(there)], **_words(kind, to))
    elif what == "write" and (lessons := [part_id for one, part_id in below if one is Kind.LESSON]):
        await write(edit, lessons[part % len(lessons)], lesson_draft(*["Cell", "Wall", "Water"][: 1 + to % 3]))


async def _all_below(edit: Edit, kind: Kind, part_id: UUID) -> list[tuple[Kind, UUID]]:
    found: list[tuple[Kind, UUID]] = []
    for child, row in await parts.children(edit.session, kind, part_id):
        found += [(child, row.id), *await _all_below(edit, child, row.id)]
    return found


def _words(kind: Kind, to: int) -> dict[str, object]:
    if kind is Kind.OBJECTIVE:
        return {"text": f"Describe {to}."}
    if kind is Kind.QUIZ_ITEM:
        return {"question": f"Why {to}?"}
    return {"title": f"Title {to}"} | ({"minutes": 3 + to, "sections": [f"S1.{to}"]} if kind is Kind.LESSON else {})


async def _both(database: Database, known: Outline) -> tuple[Outline, Outline]:
    async with database.transaction() as session:
        return await reread_outline(session, known), await load_outline(session, known.id)


@settings(max_examples=_EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(steps=_STEPS)
async def test_any_edits(shared: Database, teacher: UUID, steps: list[tuple[str, Kind, int, int]]) -> None:
    """Whatever is edited, taken back or brought again: from any outline known before one comes to the present one."""
    course_id = await _course(shared, teacher)
    async with shared.transaction() as session:
        known = [await load_outline(session, course_id)]
    for step in steps:
        try:
            await _step(shared, teacher, course_id, *step)
        except LecternError:
            continue
        for one in (known[-1], known[0]):
            again, whole = await _both(shared, one)
            assert again == whole
        known.append(again)


async def test_published_is_seen(shared: Database, teacher: UUID) -> None:
    """An edition published since, which is no revision, is in the outline read again."""
    course_id = await _course(shared, teacher)
    known = await Authoring(shared, Revisions(shared)).outline(teacher, course_id)
    await Publishing(shared).publish(teacher, course_id)
    again, whole = await _both(shared, known)
    assert again == whole
    assert again.published_revision == known.revision


async def test_many_changes_are_read_whole(shared: Database, teacher: UUID) -> None:
    """After very many revisions the outline is still the present one."""
    course_id = await _course(shared, teacher)
    authoring = Authoring(shared, Revisions(shared))
    known = await authoring.outline(teacher, course_id)
    for number in range(32):
        line = known.lessons[number % 3]
        await authoring.rename(teacher, course_id, Kind.LESSON, line.id, f"Lesson {number}", "Renamed")
    again, whole = await _both(shared, known)
    assert again == whole
    assert [line.title for line in again.lessons] == ["Lesson 30", "Lesson 31", "Lesson 29"]


async def test_reads_only_what_changed(shared: Database, teacher: UUID) -> None:
    """A slide’s new title needs one query, another title of a lesson two: the rest of the course is not read."""
    course_id = await _course(shared, teacher)
    authoring = Authoring(shared, Revisions(shared))
    known = await authoring.outline(teacher, course_id)
    lesson = await authoring.lesson(teacher, course_id, known.lessons[0].id)
    await authoring.rename(teacher, course_id, Kind.SLIDE, lesson.slides[0].id, "Another", "Renamed")
    assert await _queries(shared, known) == 1
    await authoring.rename(teacher, course_id, Kind.LESSON, lesson.id, "Another", "Renamed")
    assert await _queries(shared, known) == 2


async def _queries(database: Database, known: Outline) -> int:
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        async with database.transaction() as session:
            await reread_outline(session, known)
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    return len(asked)
