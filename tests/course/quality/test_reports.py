"""Reports of stored courses: for editors only, always of now, and quick."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from course.authoring import Authoring
from course.database import Database
from course.errors import NotFound
from course.lessons import Lessons
from course.models.lesson import LessonDraft
from course.models.quality import Check, Tally
from course.models.revision import Kind
from course.press import Press
from course.previews import Previews
from course.quality.reports import Quality
from course.rendering.picture_shelf import PictureShelf
from course.storage import Storage
from course.tables import PassageRow, SectionRow, SourceRow
from local_cloud.identity.authority import Authority
from local_cloud.ports import free_port
from tests.course.quality.examples import PASSAGES, QUIZ, SLIDES, lesson, with_slide
from tests.fixtures.course import outline_draft
from tests.fixtures.press import Service

_UNUSED = " ".join(f"word{number}" for number in range(60))


def _draft(slides: list[dict[str, Any]] = SLIDES) -> LessonDraft:
    def bare(one: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in one.items() if key != "id"}

    values = {"objectives": lesson().objectives, "slides": list(map(bare, slides)), "quiz": list(map(bare, QUIZ))}
    return LessonDraft.model_validate(values)


async def _attach(database: Database, actor: UUID, course_id: UUID) -> None:
    """The example's passages as the course's first source, and a section nobody uses."""
    async with database.transaction() as session:
        source = SourceRow(
            id=uuid4(),
            course_id=course_id,
            number=1,
            title="Cells",
            filename="cells.md",
            media_type="text/markdown",
            sha256="0" * 64,
            object_name="sources/cells",
            words=100,
            attached_by=actor,
        )
        session.add(source)
        await session.flush()
        texts = [*(one.text for one in PASSAGES.values()), _UNUSED]
        for number, text in enumerate(texts, start=1):
            session.add(SectionRow(source_id=source.id, number=number, title=f"Part {number}", level=2, text=text))
            session.add(
                PassageRow(source_id=source.id, number=number, section=number, heading="Part", page=None, text=text)
            )


@pytest.fixture
async def written(database: Database, authoring: Authoring, lessons: Lessons, ann: UUID) -> UUID:
    """Ann's course of two lessons, the first one written from a source."""
    course_id = await authoring.create(ann)
    await authoring.plan(ann, course_id, outline_draft("Cells", Borders=["Membranes", "Transport"]), "Planned")
    await _attach(database, ann, course_id)
    outline = await authoring.outline(ann, course_id)
    await lessons.write(ann, course_id, outline.lessons[0].id, _draft(), "Wrote it")
    return course_id


async def test_a_course_is_reported_lesson_by_lesson(database: Database, ann: UUID, written: UUID) -> None:
    """Figures add up over its written lessons; a planned one counts for nothing; the unused section is named."""
    report = await Quality(database).course(ann, written)
    first, second = report.lessons
    assert (first.lesson_number, first.drafted, second.drafted) == ("1.1", True, False)
    assert report.sentences_cited == first.sentences_cited == Tally(good=7, of=7)
    assert report.quiz_valid == Tally(good=2, of=2)
    assert (second.quiz_valid, second.findings) == (Tally(good=0, of=0), [])
    assert report.sections_used == Tally(good=0, of=1)
    assert [(one.check, one.lesson_id, one.remedy) for one in report.findings] == [
        (Check.SOURCES, None, "Add a lesson on “Part 3”.")
    ]
    assert first.reading is not None
    assert not first.pictures_checked


async def test_a_report_is_of_now(
    database: Database, authoring: Authoring, lessons: Lessons, ann: UUID, written: UUID
) -> None:
    """What is remembered of a lesson goes as soon as a part of it, or its number, changes."""
    quality = Quality(database)
    before = (await quality.course(ann, written)).lessons[0]
    found = await authoring.lesson(ann, written, before.lesson_id)
    long = " ".join(["long"] * 20)
    await authoring.rename(ann, written, Kind.SLIDE, found.slides[1].id, long, "Renamed a slide")
    after = await quality.lesson(ann, written, before.lesson_id)
    assert after.slides_within_limits == Tally(good=3, of=4)
    assert "In lesson 1.1, shorten the title of slide 2" in " ".join(one.remedy for one in after.findings)
    outline = await authoring.outline(ann, written)
    await authoring.move(ann, written, Kind.LESSON, before.lesson_id, outline.modules[0].id, "Moved it")
    moved = await quality.lesson(ann, written, before.lesson_id)
    assert {one.lesson_number for one in moved.findings} == {"1.2"}


async def test_reports_are_for_editors(database: Database, ann: UUID, eve: UUID, written: UUID) -> None:
    """Another instructor is told there is no such course; a lesson that is not there is not found either."""
    quality = Quality(database)
    with pytest.raises(NotFound):
        await quality.course(eve, written)
    with pytest.raises(NotFound):
        await quality.lesson(ann, written, uuid4())


async def test_what_drawing_finds_is_part_of_the_report(
    database: Database,
    object_store: Storage,
    identity: Authority,
    start_service: Callable[..., Service],
    lessons: Lessons,
    ann: UUID,
    written: UUID,
) -> None:
    """A slide that does not fit its picture counts against the limits; a press that is away holds nothing up."""
    away = Press(f"http://127.0.0.1:{free_port()}", credentials=identity.credentials)
    known = await Quality(database, Previews(database, PictureShelf(object_store), away)).course(ann, written)
    await away.close()
    assert (known.lessons[0].pictures_checked, known.slides_within_limits) == (False, Tally(good=4, of=4))
    many = [f"Point {number} {'with quite long-winded words ' * 8}" for number in range(6)]
    slides = with_slide(1, body={"layout": "bullets", "points": many})
    await lessons.write(ann, written, known.lessons[0].lesson_id, _draft(slides), "Wrote much")
    press = Press(start_service().url, credentials=identity.credentials)
    report = (
        await Quality(database, Previews(database, PictureShelf(object_store), press)).course(ann, written)
    ).lessons[0]
    await press.close()
    assert (report.pictures_checked, report.slides_within_limits) == (True, Tally(good=3, of=4))
    assert [one.kind for one in report.findings if one.check is Check.DRAWING] == [Kind.SLIDE]
