"""Any sequence of edits, undos, redos and goings back by two authors, on old states and new, on the real database.

`LECTERN_EXAMPLES=500 pytest tests/course/test_history_properties.py -o timeout=1800` looks harder.
"""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from course import parts
from course.authoring import Authoring
from course.database import Database
from course.edit import START, Edit
from course.errors import BuiltOn, Invalid, LecternError
from course.lesson_content import write
from course.models.revision import Kind, Revision
from course.revisions import Reach, Revisions
from course.tables import MemberRow
from tests.course.snapshots import Snapshot, after, assert_sound, snapshot
from tests.fixtures.course import lesson_draft, outline_draft, person

_EXAMPLES = int(os.environ.get("LECTERN_EXAMPLES", "40"))
_EDITS = ("title", "narration", "choices", "aim", "insert", "delete", "move", "write")
_STEPS = st.lists(
    st.tuples(
        st.sampled_from((*_EDITS, *_EDITS, "undo", "undo", "undo number", "undo later", "redo", "redo", "go back")),
        st.integers(0, 1),  # who
        st.integers(0, 3),  # how many revisions behind
        st.integers(0, 60),  # what
        st.integers(0, 5),  # how
    ),
    min_size=8,
    max_size=14,
)


@dataclass
class Story:
    """A course, two authors, and the course at each of its revisions."""

    database: Database
    revisions: Revisions
    authors: tuple[UUID, UUID]
    course_id: UUID
    at: list[Snapshot] = field(default_factory=list)
    met: list[UUID] = field(default_factory=list)
    """Parts as they came up: ids and ranks are random, and an example is to tell the same story again."""

    async def take(self, what: str, who: int, behind: int, part: int, how: int) -> None:
        """One step; it is refused with a sentence or recorded as it is, and the course stays sound."""
        base = max(0, len(self.at) - 1 - behind)
        try:
            revision = await self._done(what, self.authors[who], base, part, how)
        except LecternError:
            revision = None
        await self.seen(revision)
        await assert_sound(self.database, self.course_id, self.at[-1])
        if revision is not None and what in _EDITS:
            self._assert_nothing_lost(revision, base)

    async def seen(self, revision: Revision | None) -> None:
        """Each revision says exactly what happened; without one, nothing did."""
        now = await snapshot(self.database, self.course_id)
        if revision is None:
            assert now == self.at[-1]
            return
        assert revision.number == len(self.at)
        assert revision.changes
        assert after(self.at[-1], revision) == now
        self.at.append(now)
        self.met += [change.id for change in revision.changes if change.id not in self.met]

    def _seen(self, base: int) -> list[tuple[Kind, UUID]]:
        """The parts that are there at a revision, in the order of `met`."""
        return sorted(self.at[base], key=lambda key: self.met.index(key[1]))

    def _assert_nothing_lost(self, revision: Revision, base: int) -> None:
        """What an author overwrote is what they saw."""
        for change in revision.changes:
            saw = self.at[base].get((change.kind, change.id))
            if saw is not None and change.before is not None:
                # A question is aimed anew when its objective goes, whoever aimed it.
                overwritten = {name: value for name, value in change.before.items() if name != "objective"}
                assert all(saw[name] == value for name, value in overwritten.items())

    async def _done(self, what: str, who: UUID, base: int, part: int, how: int) -> Revision | None:
        # Mostly what was done lately: the beginning takes everything with it.
        number = max(0, len(self.at) - 1 - part % 8)
        if what == "undo":
            return await self.revisions.undo(who, self.course_id, count=1 + how // 2)
        if what == "undo number":
            return await self.revisions.undo(who, self.course_id, number)
        if what == "undo later":
            return await self.revisions.undo(who, self.course_id, number, reach=Reach.WITH_LATER)
        if what == "redo":
            return await self.revisions.redo(who, self.course_id)
        if what == "go back":
            return await self.revisions.go_back(who, self.course_id, number)
        async with self.revisions.edit(who, self.course_id, what, base=base) as edit:
            await _edit(edit, what, self._seen(base), part, how)
        return edit.revision


async def _edit(edit: Edit, what: str, seen: list[tuple[Kind, UUID]], part: int, how: int) -> None:
    """An edit of a part that the author saw."""

    def one(*kinds: Kind) -> tuple[Kind, UUID]:
        there = [key for key in seen if key[0] in kinds]
        if not there:
            raise Invalid("There is no such part.")
        return there[part % len(there)]

    inside = (Kind.LESSON, Kind.OBJECTIVE, Kind.SLIDE)
    if what == "title":
        await edit.update(*one(Kind.COURSE, Kind.MODULE, Kind.LESSON, Kind.SLIDE), title=f"Title {how}")
    elif what == "narration":
        await edit.update(*one(Kind.SLIDE), narration=f"Words {how}.")
    elif what == "choices":
        await edit.update(*one(Kind.QUIZ_ITEM), choices=[f"{how} is right", "Wrong", "No"], answer=how % 3)
    elif what == "aim":
        await edit.update(*one(Kind.QUIZ_ITEM), objective=how)
    elif what == "delete":
        await edit.delete(*one(*list(Kind)[1:]))
    elif what == "insert":
        lesson = one(Kind.LESSON)[1]
        await edit.insert(Kind.OBJECTIVE, lesson, after=START if how % 2 else None, text=f"Explain {how}.")
    elif what == "move":
        kind, part_id = one(*inside)
        parent = one(parts.PARENT[kind][1])[1]
        await edit.move(kind, part_id, parent, after=START if how % 2 else None)
    else:
        lesson = one(Kind.LESSON)[1]
        await edit.part(Kind.LESSON, lesson)
        await write(edit, lesson, lesson_draft(*["Cell", "Wall", "Water"][: 1 + how % 3], narration=f"Told {part}."))


@pytest.fixture(scope="module")
async def shared(module_postgres_url: str) -> AsyncIterator[Database]:
    """One database for all examples."""
    database = Database(module_postgres_url, application="tests")
    yield database
    await database.close()


@pytest.fixture
async def authors(shared: Database) -> tuple[UUID, UUID]:
    """An owner and a co-author to be."""
    return await person(shared, "una", "instructor"), await person(shared, "vic", "instructor")


async def _begun(database: Database, authors: tuple[UUID, UUID]) -> Story:
    revisions = Revisions(database)
    authoring = Authoring(database, revisions)
    course_id = await authoring.create(authors[0])
    async with database.transaction() as session:
        session.add(MemberRow(course_id=course_id, user_id=authors[1]))
    story = Story(database, revisions, authors, course_id, [await snapshot(database, course_id)], [course_id])
    draft = outline_draft("Cells", Membranes=["Lipids", "Proteins"], Transport=["Diffusion"])
    await story.seen(await authoring.plan(authors[0], course_id, draft, "Planned"))
    for lesson in range(3):
        await story.take("write", lesson % 2, 0, lesson, 2)
    return story


@settings(max_examples=_EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(steps=_STEPS, way=st.sampled_from(["at once", "one by one", "step by step"]))
async def test_whatever_two_authors_do(
    shared: Database, authors: tuple[UUID, UUID], steps: list[tuple[str, int, int, int, int]], way: str
) -> None:
    """Every state is sound, recorded and lost to nobody; and all of it can be taken back exactly, whatever the way."""
    story = await _begun(shared, authors)
    for step in steps:
        await story.take(*step)
    if way == "at once":
        await _at_once(story)
    elif way == "one by one":
        for number in range(len(story.at) - 1, 0, -1):
            await _taken_back(story, number)
    else:
        await _step_by_step(story)
    assert story.at[-1] == story.at[0]


async def _at_once(story: Story) -> None:
    """Back to the beginning; and undone and redone once, as any other change."""
    if story.at[-1] == story.at[0]:  # there is nothing to go back from
        return
    last = story.at[-1]
    await story.seen(await story.revisions.go_back(story.authors[0], story.course_id, 0))
    await story.seen(await story.revisions.undo(story.authors[1], story.course_id))
    assert story.at[-1] == last
    await story.seen(await story.revisions.redo(story.authors[1], story.course_id))


async def _step_by_step(story: Story) -> None:
    """“Undo” again and again, and “those too” where it is refused."""
    who, course_id, revisions = story.authors[0], story.course_id, story.revisions
    for _ in range(4 * len(story.at)):
        try:
            await story.seen(await revisions.undo(who, course_id))
        except BuiltOn as problem:
            await story.seen(await revisions.undo(who, course_id, problem.number, reach=Reach.WITH_LATER))
        except Invalid:
            break


async def _taken_back(story: Story, number: int) -> None:
    who, course_id = story.authors[0], story.course_id
    if not await story.revisions.is_undone(who, course_id, number):
        await story.seen(await story.revisions.undo(who, course_id, number))
