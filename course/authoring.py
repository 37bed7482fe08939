"""What an instructor may do to a course as a whole and to its outline; each method is one transaction.

`base` is the revision the author saw when they decided: parts changed since are refused with `Conflict`.
Every method that changes something answers with the revision it made, or None when nothing had to change.
"""

from uuid import UUID, uuid4

from sqlalchemy import func, select

from course import access, outline_plan
from course.arranging import Arranging
from course.database import Database
from course.models.lesson import Lesson
from course.models.outline import Course, CourseCard, Outline, OutlineDraft
from course.models.revision import Kind, Revision
from course.outline import load_course, load_lesson, load_outline
from course.outline_reading import reread_outline
from course.revisions import Revisions
from course.tables import CourseRow, EditionRow, LessonRow, MemberRow, UserRow

UNTITLED = "Untitled course"


class Authoring:
    """Use cases of the outline."""

    def __init__(self, database: Database, revisions: Revisions) -> None:
        self._database = database
        self._revisions = revisions

    async def create(self, actor: UUID, title: str = UNTITLED, *, audience: str = "", language: str = "en") -> UUID:
        """A new, empty course of the actor's; instructors and operators only."""
        async with self._database.transaction() as session:
            await access.instructor(session, actor)
            course_id = uuid4()
            session.add(
                CourseRow(
                    id=course_id,
                    title=title,
                    summary="",
                    audience=audience,
                    language=language,
                    tone="",
                    revision=0,
                    owner_id=actor,
                ),
            )
        return course_id

    async def courses(self, actor: UUID, *, archived: bool = False) -> list[CourseCard]:
        """The courses the actor edits, the newest first; with `archived` those that were archived, instead."""
        async with self._database.transaction() as session:
            await access.person(session, actor)
            mine = select(MemberRow.course_id).where(MemberRow.user_id == actor)
            published = select(EditionRow.course_id).where(EditionRow.course_id == CourseRow.id).exists()
            query = (
                select(
                    CourseRow,
                    UserRow.name,
                    func.count(LessonRow.id),
                    func.coalesce(func.sum(LessonRow.minutes), 0),
                    published,
                )
                .join(UserRow, UserRow.id == CourseRow.owner_id)
                .outerjoin(LessonRow, LessonRow.course_id == CourseRow.id)
                .where((CourseRow.owner_id == actor) | CourseRow.id.in_(mine))
                .where(CourseRow.archived_at.is_not(None) if archived else CourseRow.archived_at.is_(None))
                .group_by(CourseRow.id, UserRow.name)
                .order_by(CourseRow.created_at.desc())
            )
            return [
                CourseCard(
                    id=course.id,
                    title=course.title,
                    audience=course.audience,
                    lessons=lessons,
                    minutes=minutes,
                    published=is_published,
                    owner=None if course.owner_id == actor else owner,
                )
                for course, owner, lessons, minutes, is_published in await session.execute(query)
            ]

    async def outline(self, actor: UUID, course_id: UUID, *, known: Outline | None = None) -> Outline:
        """The outline as it is now, for those who edit the course; of one that is `known`, what changed is read."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            if known is not None and known.id == course_id:
                return await reread_outline(session, known)
            return await load_outline(session, course_id)

    async def course(self, actor: UUID, course_id: UUID) -> Course:
        """The whole course as it is now, for those who edit it."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return await load_course(session, course_id)

    async def lesson(self, actor: UUID, course_id: UUID, lesson_id: UUID) -> Lesson:
        """One lesson as it is now, for those who edit the course."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            return await load_lesson(session, course_id, lesson_id)

    async def plan(
        self, actor: UUID, course_id: UUID, draft: OutlineDraft, sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Makes the course's outline that of `draft`.

        Lessons and modules that keep their title keep their identity and all that is written in them;
        those the draft no longer has are removed (and come back with an undo).
        """
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await outline_plan.apply(edit, await load_outline(edit.session, course_id), draft)
        return edit.revision

    async def describe(
        self, actor: UUID, course_id: UUID, sentence: str, *, base: int | None = None, **columns: str
    ) -> Revision | None:
        """Sets the course's own words: any of title, summary, audience, language, tone."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await edit.update(Kind.COURSE, course_id, **columns)
        return edit.revision

    async def rename(
        self,
        actor: UUID,
        course_id: UUID,
        kind: Kind,
        part_id: UUID,
        title: str,
        sentence: str,
        *,
        base: int | None = None,
    ) -> Revision | None:
        """Gives the course, a module, a lesson or a slide another title."""
        async with self._revisions.edit(actor, course_id, sentence, base=base) as edit:
            await edit.update(kind, part_id, title=title)
        return edit.revision

    async def add_module(
        self, actor: UUID, course_id: UUID, title: str, sentence: str, *, after: UUID | None = None
    ) -> Revision | None:
        """Adds an empty module, last or after another."""
        async with self._revisions.edit(actor, course_id, sentence) as edit:
            await edit.insert(Kind.MODULE, course_id, after=after, title=title)
        return edit.revision

    async def remove(
        self, actor: UUID, course_id: UUID, kind: Kind, part_id: UUID, sentence: str, *, base: int | None = None
    ) -> Revision | None:
        """Removes a part and all below it."""
        return await Arranging(self._revisions).remove(actor, course_id, [(kind, part_id)], sentence, base=base)

    async def move(
        self,
        actor: UUID,
        course_id: UUID,
        kind: Kind,
        part_id: UUID,
        parent_id: UUID,
        sentence: str,
        *,
        after: UUID | None = None,
        base: int | None = None,
    ) -> Revision | None:
        """Moves a part below `parent_id`: last, after the sibling `after`, or first with `course.edit.START`."""
        part = (kind, part_id)
        arranging = Arranging(self._revisions)
        return await arranging.move(actor, course_id, [part], parent_id, sentence, after=after, base=base)
