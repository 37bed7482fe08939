"""A saved course becomes a course of one's own, whole or not at all."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from course.authoring import Authoring
from course.database import Database
from course.errors import NotAllowed, NotFound, UnreadableDocument
from course.exports.markdown import course_markdown
from course.imports.imports import Imports
from course.models.outline import Course
from course.revisions import Revisions
from course.sources.attached import Sources
from course.storage import Storage
from course.tables import CourseRow
from tests.fixtures.courses import cells_course


@pytest.fixture
def imports(database: Database, revisions: Revisions, object_store: Storage) -> Imports:
    """Use cases of files that are brought in."""
    return Imports(database, revisions, object_store)


def _content(course: Course) -> Any:
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: bare(one) for name, one in value.items() if name not in ("id", "revision")}
        return [bare(one) for one in value] if isinstance(value, list) else value

    return bare(json.loads(course.model_dump_json()))


async def test_export_and_import_give_the_same_course(
    imports: Imports, authoring: Authoring, revisions: Revisions, ann: UUID, eve: UUID
) -> None:
    """Every part of it, stored, in one revision; it belongs to who imported it, and its ids are new."""
    original = cells_course()
    revision = await imports.course(ann, course_markdown(original).encode())
    stored = await authoring.course(ann, revision.course_id)
    assert _content(stored) == _content(original)
    assert course_markdown(stored) == course_markdown(original)
    assert {lesson.id for lesson in stored.lessons}.isdisjoint({lesson.id for lesson in original.lessons})
    assert (revision.number, revision.sentence) == (1, f"Imported the course “{original.title}”")
    again = await imports.course(ann, course_markdown(stored).encode())
    assert again.course_id != revision.course_id
    with pytest.raises(NotFound):
        await authoring.course(eve, revision.course_id)


async def test_a_course_without_lessons_is_one_too(imports: Imports, authoring: Authoring, ann: UUID) -> None:
    """A title is enough."""
    revision = await imports.course(ann, b"---\nlectern: 1\n---\n\n# Only a title\n")
    assert (await authoring.outline(ann, revision.course_id)).title == "Only a title"


async def test_later_documents_do_not_take_the_numbers_of_cited_ones(
    imports: Imports, sources: Sources, ann: UUID
) -> None:
    """Citations that came with the file name P1.…: a document attached to the new course is not number 1."""
    revision = await imports.course(ann, course_markdown(cells_course()).encode())
    source = await sources.attach(ann, revision.course_id, "a.md", b"# Bees\n\nBees make honey of nectar.")
    assert source.number == 2


async def test_nothing_is_made_of_a_broken_file(imports: Imports, database: Database, ann: UUID, lee: UUID) -> None:
    """The line is named and there is no new course; nor for those who may not have any."""
    text = course_markdown(cells_course())
    with pytest.raises(UnreadableDocument, match="Line "):
        await imports.course(ann, text.replace("Layout: recap", "Layout: rekap").encode())
    with pytest.raises(NotAllowed):
        await imports.course(lee, text.encode())
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(CourseRow)) == 0
