"""Documents removed, brought back and replaced: what cites them stays right, or is told to be stale."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from course.authoring import Authoring
from course.database import Database
from course.errors import Invalid, NotFound
from course.lessons import Lessons
from course.library import Indexer, Library
from course.models.lesson import LessonDraft
from course.models.source import Source
from course.revisions import Revisions
from course.sources.attached import Sources
from course.sources.changes import SourceChanges
from course.storage import Storage
from course.tables import SourceRow
from tests.course.sources import files
from tests.fixtures.course import lesson_draft

# The chapter on ovens says something else, one on salt is new and comes first, the one on grain is gone.
NEWER = "\n\n".join(
    [
        f"# {files.TITLE}, Second Edition",
        "## Salt\n\nSalt slows the yeast down. A little of it makes the crumb firm and the crust brown.",
        f"## Leaven\n\n{files.CHAPTERS['Leaven'].replace('. Egyptian', '.  Egyptian')}",
        "## Ovens\n\nA closed oven holds heat in its walls. Gas ovens heat faster, and keep less of it.",
    ]
).encode()


def citing(*citations: tuple[str, str]) -> LessonDraft:
    """A lesson with a slide for each citation."""
    draft = lesson_draft(*(f"Slide {place}" for place in range(1, len(citations) + 1))).model_dump()
    for slide, (passage, quote) in zip(draft["slides"], citations, strict=True):
        slide["citations"] = [{"passage": passage, "quote": quote}]
    return LessonDraft.model_validate(draft)


@pytest.fixture
async def bread(sources: Sources, ann: UUID, cells: UUID) -> Source:
    """The first document of Ann's course."""
    return await sources.attach(ann, cells, "bread.md", files.markdown())


@pytest.fixture
async def citations(lessons: Lessons, authoring: Authoring, bread: Source, ann: UUID, cells: UUID) -> list[UUID]:
    """Lesson 1.1 cites what stays and 1.2 what changes; their ids."""
    first, second, _ = (await authoring.outline(ann, cells)).lessons
    stays = citing(("P1.2", "The yeast turns sugar into gas"), ("P1.2", ""))
    await lessons.write(ann, cells, first.id, stays, "Wrote 1.1")
    changes = citing(("P1.3", "Roman bakeries stood beside the mills"), ("P1.2", "Egyptian bakers kept a little"))
    await lessons.write(ann, cells, second.id, changes, "Wrote 1.2")
    return [first.id, second.id]


async def _cited(authoring: Authoring, ann: UUID, course_id: UUID) -> list[list[str]]:
    lessons = (await authoring.course(ann, course_id)).lessons
    return [[one.passage for slide in lesson.slides for one in slide.citations] for lesson in lessons]


async def test_citations_of_what_stays_move_to_the_new_edition(
    sources: Sources,
    source_changes: SourceChanges,
    authoring: Authoring,
    revisions: Revisions,
    bread: Source,
    citations: list[UUID],
    ann: UUID,
    cells: UUID,
) -> None:
    """In one revision, which can be undone; what differs is told, and who cites it is stale."""
    newer = await sources.attach(ann, cells, "bread2.md", NEWER)
    found = await source_changes.replace(ann, cells, bread.id, newer.id)
    assert (found.moved, found.old.replaced_by, found.new.number) == (3, 2, 2)
    assert found.added == [f"{files.TITLE}, Second Edition", "Salt"]
    assert found.changed == ["Ovens"]
    assert found.gone == [files.TITLE, "Grain"]
    assert await _cited(authoring, ann, cells) == [["P2.2", "P2.2"], ["P1.3", "P2.2"], []]
    assert found.revision is not None
    assert found.revision.sentence.startswith("Moved 3 citations to the new edition")
    assert len({change.id for change in found.revision.changes}) == 3
    [stale] = found.stale
    assert (stale.id, stale.number) == (citations[1], "1.2")
    assert stale.reason == f"It cites passages of “{files.TITLE}” that “{files.TITLE}, Second Edition” does not have."
    await revisions.undo(ann, cells, found.revision.number)
    assert await _cited(authoring, ann, cells) == [["P1.2", "P1.2"], ["P1.3", "P1.2"], []]
    assert [one.number for one in await source_changes.stale(ann, cells)] == ["1.1", "1.2"]


async def test_a_stale_lesson_is_so_until_it_is_rewritten(
    sources: Sources,
    source_changes: SourceChanges,
    lessons: Lessons,
    bread: Source,
    citations: list[UUID],
    ann: UUID,
    cells: UUID,
) -> None:
    """Written anew from the new edition it is stale no more."""
    newer = await sources.attach(ann, cells, "bread2.md", NEWER)
    await source_changes.replace(ann, cells, bread.id, newer.id)
    rewritten = citing(("P2.3", "Gas ovens heat faster"))
    await lessons.write(ann, cells, citations[1], rewritten, "Rewrote 1.2")
    assert await source_changes.stale(ann, cells) == []


async def test_lessons_are_planned_from_the_sections_that_took_the_place(
    sources: Sources, source_changes: SourceChanges, authoring: Authoring, database: Database, ann: UUID, cells: UUID
) -> None:
    """By the passages they hold, else by their title; a section that is gone stays named."""
    bread = await sources.attach(ann, cells, "bread.md", files.markdown())
    outline = await authoring.outline(ann, cells)
    draft: dict[str, Any] = {"title": "Bread", "summary": "", "audience": "bakers", "language": "en"}
    plan = {"title": "All", "objectives": ["Explain bread."], "minutes": 5, "sections": ["S1.2", "S1.3", "S1.4"]}
    draft["modules"] = [{"title": "One", "lessons": [plan]}]
    from course.models.outline import OutlineDraft

    await authoring.plan(ann, cells, OutlineDraft.model_validate(draft), "Planned", base=outline.revision)
    newer = await sources.attach(ann, cells, "bread2.md", NEWER)
    await source_changes.replace(ann, cells, bread.id, newer.id)
    assert (await authoring.outline(ann, cells)).lessons[0].sections == ["S1.2", "S2.3", "S2.4"]


async def test_the_replaced_can_be_looked_up_but_is_not_written_from(
    sources: Sources,
    source_changes: SourceChanges,
    indexer: Indexer,
    library: Library,
    bread: Source,
    citations: list[UUID],
    ann: UUID,
    cells: UUID,
) -> None:
    """A citation still opens its passage, marked; lists, sections, passages and search know the new edition only."""
    newer = await sources.attach(ann, cells, "bread2.md", NEWER)
    await indexer.index_pending()
    await source_changes.replace(ann, cells, bread.id, newer.id)
    shown = await sources.passage(ann, cells, "P1.3")
    assert (shown.text, shown.document) == (files.CHAPTERS["Ovens"], files.TITLE)
    assert (shown.removed, shown.replaced_by) == (True, f"{files.TITLE}, Second Edition")
    assert [one.number for one in await sources.list(ann, cells)] == [2]
    assert [one.number for one in await sources.list(ann, cells, removed=True)] == [1]
    assert await sources.passages(ann, cells, ["S1.2", "S1.3"]) == []
    assert all(one.ref.startswith("S2.") for one in await sources.sections(ann, cells))
    assert all(one.ref.startswith("P2.") for one in await sources.search(ann, cells, "Roman bakeries worked at night"))
    await indexer.index_pending()
    assert await library.sources(cells) == {newer.id}


async def test_removed_and_brought_back(
    sources: Sources,
    source_changes: SourceChanges,
    indexer: Indexer,
    library: Library,
    bread: Source,
    citations: list[UUID],
    ann: UUID,
    cells: UUID,
) -> None:
    """Removing tells which lessons cite it; brought back all is as before, in the index too."""
    await indexer.index_pending()
    stale = await source_changes.remove(ann, cells, bread.id)
    assert [one.number for one in stale] == ["1.1", "1.2"]
    assert stale[0].reason == f"It cites “{files.TITLE}”, which was removed."
    await indexer.index_pending()
    assert await library.count(cells) == 0
    with pytest.raises(NotFound, match="not there any more"):
        await source_changes.remove(ann, cells, bread.id)
    back = await source_changes.restore(ann, cells, bread.id)
    assert (back.number, back.removed) == (1, False)
    assert await source_changes.stale(ann, cells) == []
    await indexer.index_pending()
    assert await library.count(cells) == 3
    assert (await sources.passages(ann, cells, ["S1.3"]))[0].ref == "P1.2"
    with pytest.raises(NotFound, match="not there any more"):
        await source_changes.restore(ann, cells, uuid4())


async def test_attached_again_it_is_back_with_its_number(
    sources: Sources, source_changes: SourceChanges, object_store: Storage, bread: Source, ann: UUID, cells: UUID
) -> None:
    """The same file is the same source, removed or not; its file was kept."""
    await source_changes.remove(ann, cells, bread.id)
    assert await sources.attach(ann, cells, "again.md", files.markdown()) == bread
    assert [one.number for one in await sources.list(ann, cells)] == [1]


async def test_brought_back_while_the_index_forgets_it(
    source_changes: SourceChanges,
    indexer: Indexer,
    library: Library,
    database: Database,
    bread: Source,
    ann: UUID,
    cells: UUID,
) -> None:
    """The indexer that is about to take it out learns that it is to go in again."""
    await indexer.index_pending()
    await source_changes.remove(ann, cells, bread.id)
    waiting = await indexer._waiting_sources()
    await source_changes.restore(ann, cells, bread.id)
    await waiting[0]()
    async with database.transaction() as session:
        row = await session.get_one(SourceRow, bread.id)
        assert row.indexed_at is None
    await indexer.index_pending()
    assert await library.count(cells) == 3


async def test_what_cannot_be_replaced_is_said(
    sources: Sources, source_changes: SourceChanges, bread: Source, ann: UUID, cells: UUID
) -> None:
    """Not by itself, not twice, and not by what is not there."""
    newer = await sources.attach(ann, cells, "bread2.md", NEWER)
    with pytest.raises(Invalid, match="its own place"):
        await source_changes.replace(ann, cells, bread.id, bread.id)
    await source_changes.replace(ann, cells, bread.id, newer.id)
    with pytest.raises(NotFound, match="not there any more"):
        await source_changes.replace(ann, cells, bread.id, newer.id)
    with pytest.raises(NotFound, match="not there any more"):
        await source_changes.replace(ann, cells, newer.id, uuid4())
