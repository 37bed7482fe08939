"""Looking back: by words, by time, by author, and what it all comes to."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text, update

from course.authoring import Authoring
from course.database import Database
from course.errors import Invalid, NotFound
from course.history import History
from course.lessons import Lessons
from course.models.revision import Kind
from course.revisions import Revisions
from course.tables import MemberRow, RevisionRow
from tests.fixtures.course import lesson_draft


@pytest.fixture
def history(database: Database) -> History:
    """The past of courses."""
    return History(database)


@pytest.fixture
async def both(database: Database, eve: UUID, cells: UUID) -> UUID:
    """Eve, who edits Ann's course with her."""
    async with database.transaction() as session:
        session.add(MemberRow(course_id=cells, user_id=eve))
    return eve


async def _made(database: Database, course_id: UUID, number: int, hours_ago: float) -> None:
    """As if that revision had been made so long ago."""
    then = datetime.now(UTC) - timedelta(hours=hours_ago)
    async with database.transaction() as session:
        of_course = (RevisionRow.course_id == course_id) & (RevisionRow.number == number)
        await session.execute(update(RevisionRow).where(of_course).values(at=then))


async def test_changes_are_found_by_words_in_any_form(
    authoring: Authoring, history: History, revisions: Revisions, ann: UUID, cells: UUID
) -> None:
    """“Merged the modules” finds “merge modules 1 and 2”, the last of several, and never an undo."""
    for sentence in ("Changed the outline: merge modules 1 and 2", "Renamed module 1", "Set the tone to “warm”"):
        await authoring.describe(ann, cells, sentence, title=sentence)
    assert (await history.find(ann, cells, "I merged the modules")).number == 2
    assert (await history.find(ann, cells, "renaming module 1")).number == 3
    await revisions.undo(ann, cells)
    assert (await history.find(ann, cells, "the tone")).number == 4
    assert [step.number for step in await history.steps(ann, cells, words="modules")] == [3, 2]
    with pytest.raises(NotFound, match="mitochondria"):
        await history.find(ann, cells, "mitochondria")


async def test_the_revision_of_a_moment(
    authoring: Authoring, history: History, database: Database, ann: UUID, eve: UUID, cells: UUID
) -> None:
    """What the course was at then; strangers are told nothing."""
    await authoring.describe(ann, cells, "Named it", title="Cells and more")
    await _made(database, cells, 1, 30)
    await _made(database, cells, 2, 5)
    now = datetime.now(UTC)
    assert [await history.at(ann, cells, now - timedelta(hours=hours)) for hours in (48, 24, 5.1, 1)] == [0, 1, 1, 2]
    with pytest.raises(NotFound):
        await history.at(eve, cells, now)


async def test_a_span_names_each_part_once(
    authoring: Authoring, lessons: Lessons, history: History, ann: UUID, cells: UUID
) -> None:
    """Renamed twice is one before and one after; what ends as it began is not in it; places are those of now."""
    lipids, proteins, _ = (await authoring.outline(ann, cells)).lessons
    await lessons.write(ann, cells, proteins.id, lesson_draft("One", "Two"), "Wrote it")
    for title in ("Fats", "Oils"):
        await authoring.rename(ann, cells, Kind.LESSON, lipids.id, title, f"Renamed to {title}")
    for title in ("Cells!", "Cells"):
        await authoring.describe(ann, cells, "Named it", title=title)
    span = await history.changes_since(ann, cells, 2)
    assert [step.number for step in span.steps] == [6, 5, 4, 3]
    (change,) = span.changes
    assert (change.before, change.after) == ({"title": "Lipids"}, {"title": "Oils"})
    assert span.places == {lipids.id: "lesson 1.1"}
    whole = await history.changes_since(ann, cells, 1)
    assert sorted(place for place in whole.places.values() if "slide" in place) == [
        "slide 1 of lesson 1.2",
        "slide 2 of lesson 1.2",
    ]
    assert (await history.changes_since(ann, cells, 6)).steps == []


async def test_what_one_author_changed(
    authoring: Authoring, history: History, database: Database, ann: UUID, both: UUID, cells: UUID
) -> None:
    """By name or “me”; a name nobody has is answered with those there are."""
    lipids, proteins, _ = (await authoring.outline(ann, cells)).lessons
    await authoring.rename(both, cells, Kind.LESSON, lipids.id, "Fats", "Renamed 1.1")
    await authoring.rename(ann, cells, Kind.LESSON, proteins.id, "Enzymes", "Renamed 1.2")
    by_eve = await history.changes_since(ann, cells, 0, author="eve")
    assert [change.after for change in by_eve.changes] == [{"title": "Fats"}]
    assert by_eve.author == "Eve"
    mine = await history.changes_since(both, cells, datetime.now(UTC) - timedelta(hours=1), author="me")
    assert mine.changes == by_eve.changes
    assert [step.author for step in await history.steps(ann, cells, author="Ann")] == ["Ann", "Ann"]
    with pytest.raises(Invalid, match=r"Zoe.*Ann"):
        await history.changes_since(ann, cells, 0, author="Zoe")


async def test_undo_and_redo_do_not_read_the_history(
    authoring: Authoring, database: Database, ann: UUID, cells: UUID
) -> None:
    """The last change and the last undo that stand are found by an index, of three thousand revisions too."""
    async with database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO revisions (course_id, number, author_id, sentence, changes, undoes, undone_by)"
                " SELECT :course, n, :ann, 'x', '[]', CASE WHEN n % 2 = 0 THEN n - 1 END,"
                " CASE WHEN n % 2 = 1 THEN n + 1 END FROM generate_series(2, 3001) AS n"
            ),
            {"course": cells, "ann": ann},
        )
        await session.execute(text("ANALYZE revisions"))
        for where, index in (
            ("undoes IS NULL AND redoes IS NULL AND undone_by IS NULL", "ix_revisions_standing"),
            ("undoes IS NOT NULL AND undone_by IS NULL", "ix_revisions_undos"),
            ("at <= now()", "ix_revisions_course_id_at"),
        ):
            order = "at" if "at <=" in where else "number"
            query = f"SELECT * FROM revisions WHERE course_id = :course AND {where} ORDER BY {order} DESC LIMIT 1"  # noqa: S608 - constants
            plan = (await session.scalars(text(f"EXPLAIN {query}"), {"course": cells})).all()
            assert index in "\n".join(plan)
            assert "Sort" not in "\n".join(plan)
