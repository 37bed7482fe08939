"""Learners: what they find, see and get as evidence; nothing of what is not published or not theirs."""

from uuid import UUID

import pytest

from course.authoring import Authoring
from course.database import Database
from course.errors import Busy, NotFound
from course.learning import Learning
from course.lessons import Lessons
from course.library import Indexer
from course.models.lesson import LessonDraft
from course.models.outline import Course
from course.models.revision import Kind
from course.publishing import Publishing
from tests.fixtures.course import lesson_draft, outline_draft

_OSMOSIS = "Osmosis is the movement of water through a semipermeable membrane towards the side with more solute."
_PUMP = "The sodium-potassium pump moves ions against their gradients and spends ATP to do so."


def _draft(**slides: str) -> LessonDraft:
    """A lesson with a slide for each title, saying that."""
    draft = lesson_draft(*slides)
    spoken = [
        slide.model_copy(update={"narration": text}) for slide, text in zip(draft.slides, slides.values(), strict=True)
    ]
    return draft.model_copy(update={"slides": spoken})


@pytest.fixture
async def published(database: Database, authoring: Authoring, lessons: Lessons, ann: UUID, cells: UUID) -> Course:
    """Ann's course with two of three lessons written, published."""
    lipids, _, diffusion = (await authoring.outline(ann, cells)).lessons
    await lessons.write(ann, cells, lipids.id, _draft(Lipids="Phospholipids form the bilayer."), "Wrote it")
    await lessons.write(ann, cells, diffusion.id, _draft(Osmosis=_OSMOSIS, Pumps=_PUMP), "Wrote it")
    return await Publishing(database).publish(ann, cells)


async def test_published_courses_are_found_and_others_are_not(
    learning: Learning, authoring: Authoring, published: Course, ann: UUID, lee: UUID
) -> None:
    """A learner's list has the published course as published; a draft course is in nobody's."""
    await authoring.plan(ann, await authoring.create(ann), outline_draft("Drafts", One=["Two"]), "Planned it")
    found = await learning.courses(lee)
    assert [(course.title, course.lessons, course.minutes, course.enrolled) for course in found] == [
        ("Cells", 2, 12, False),
    ]


async def test_enrolling_opens_the_edition(learning: Learning, published: Course, lee: UUID) -> None:
    """Before it the course does not exist for a learner; after it they see what is written; twice is once."""
    with pytest.raises(NotFound, match="no such course"):
        await learning.edition(lee, published.id)
    with pytest.raises(NotFound, match="no such course"):
        await learning.evidence(lee, published.id, "What is osmosis?")
    await learning.enroll(lee, published.id)
    await learning.enroll(lee, published.id)
    assert [lesson.number for lesson in (await learning.edition(lee, published.id)).lessons] == ["1.1", "2.1"]
    assert [course.enrolled for course in await learning.courses(lee)] == [True]


async def test_what_is_not_published_cannot_be_enrolled_in(
    learning: Learning, lee: UUID, ann: UUID, cells: UUID
) -> None:
    """A draft is refused to learners, and its author is told it is not published."""
    with pytest.raises(NotFound, match="no such published course"):
        await learning.enroll(lee, cells)
    with pytest.raises(NotFound, match="not published yet"):
        await learning.edition(ann, cells)


async def test_evidence_names_lesson_and_slide(
    learning: Learning, indexer: Indexer, published: Course, lee: UUID
) -> None:
    """The slide that answers comes first, with its place; the question counts as covered."""
    await learning.enroll(lee, published.id)
    await indexer.index_pending()
    evidence = await learning.evidence(lee, published.id, "Where does water move in osmosis?")
    assert evidence.covered
    first = evidence.slides[0]
    assert (first.lesson_number, first.lesson_title, first.slide, first.slide_title) == (
        "2.1",
        "Diffusion",
        0,
        "Osmosis",
    )
    assert _OSMOSIS in first.text
    assert evidence.nearest == []


async def test_a_foreign_question_is_not_covered(
    learning: Learning, indexer: Indexer, published: Course, ann: UUID
) -> None:
    """It is said to be not covered, with the lessons that come nearest; the author may ask too."""
    await indexer.index_pending()
    for question in ("Who won the World Cup in 1998?", "How do I file my tax return?", "Explain the offside rule."):
        evidence = await learning.evidence(ann, published.id, question)
        assert not evidence.covered
        assert evidence.nearest
        assert evidence.confidence < 0.6
    nearest = (await learning.evidence(ann, published.id, "How do fishes keep out salt?")).nearest
    assert {lesson.number for lesson in nearest} <= {"1.1", "2.1"}


async def test_before_indexing_a_question_waits(learning: Learning, published: Course, ann: UUID) -> None:
    """A moment after the first publication nobody is told “not covered” by mistake."""
    with pytest.raises(Busy, match="Ask again in a minute"):
        await learning.evidence(ann, published.id, "What is osmosis?")


async def test_between_two_editions_the_old_index_serves_the_new_places(
    learning: Learning,
    indexer: Indexer,
    authoring: Authoring,
    lessons: Lessons,
    database: Database,
    published: Course,
    ann: UUID,
) -> None:
    """Published again and not indexed yet: slides are cited where they are now, and removed ones are not cited."""
    await indexer.index_pending()
    lipids, _, diffusion = (await authoring.outline(ann, published.id)).lessons
    await authoring.remove(ann, published.id, Kind.LESSON, lipids.id, "Removed lipids")
    await authoring.rename(ann, published.id, Kind.LESSON, diffusion.id, "Ways of water", "Renamed it")
    await Publishing(database).publish(ann, published.id)
    evidence = await learning.evidence(ann, published.id, "What is osmosis, and what forms the lipid bilayer?")
    assert {(slide.lesson_title, slide.slide_title) for slide in evidence.slides} == {
        ("Ways of water", "Osmosis"),
        ("Ways of water", "Pumps"),
    }
    await indexer.index_pending()
    again = await learning.evidence(ann, published.id, "What is osmosis?")
    assert again.covered
    assert again.slides[0].lesson_title == "Ways of water"
