"""Who may do what with a course, asked of the database for the acting user in every use case.

Someone without any right to a course is told it does not exist: its existence is not theirs to know.
"""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from course.errors import NotAllowed, NotFound
from course.models.people import Person, Role
from course.tables import CourseRow, EditionRow, EnrollmentRow, MemberRow, UserRow

_NO_COURSE = "There is no such course. Ask for “my courses” to see the ones you have."


async def person(session: AsyncSession, actor: UUID) -> Person:
    """The acting user as the database knows them now; `NotAllowed` once they are disabled."""
    row = await session.get(UserRow, actor)
    if row is None or row.disabled_at is not None:
        raise closed()
    return Person(id=row.id, email=row.email, name=row.name, role=Role(row.role))


def closed() -> NotAllowed:
    """What someone is told whose account is disabled or gone."""
    return NotAllowed("This account cannot be used any more. Ask your operator.")


async def instructor(session: AsyncSession, actor: UUID) -> Person:
    """The acting user, who may create courses."""
    who = await person(session, actor)
    if who.role is Role.LEARNER:
        raise NotAllowed("Only instructors can create courses. Ask your operator to make you one.")
    return who


async def operator(session: AsyncSession, actor: UUID) -> Person:
    """The acting user, who may run the service."""
    who = await person(session, actor)
    if who.role is not Role.OPERATOR:
        raise NotAllowed("Only operators can do that.")
    return who


async def editor(session: AsyncSession, actor: UUID, course_id: UUID, *, lock: bool = False) -> CourseRow:
    """The course, if the acting user is its owner or a co-author; `lock` takes its row for this transaction."""
    await person(session, actor)
    member = exists().where(MemberRow.course_id == course_id, MemberRow.user_id == actor)
    query = select(CourseRow).where(CourseRow.id == course_id, (CourseRow.owner_id == actor) | member)
    course = await session.scalar(query.with_for_update() if lock else query)
    if course is None:
        raise NotFound(_NO_COURSE)
    return course


async def owner(session: AsyncSession, actor: UUID, course_id: UUID, *, lock: bool = True) -> CourseRow:
    """The course, if the acting user owns it; `NotAllowed` for a co-author. Its row is taken for this transaction."""
    course = await editor(session, actor, course_id, lock=lock)
    if course.owner_id != actor:
        name = await session.scalar(select(UserRow.name).where(UserRow.id == course.owner_id))
        raise NotAllowed(f"Only the owner of this course can do that. Ask {name}.")
    return course


async def reader(session: AsyncSession, actor: UUID, course_id: UUID) -> CourseRow:
    """The course, if the acting user edits it, or is enrolled in its published edition and it is not archived."""
    await person(session, actor)
    member = exists().where(MemberRow.course_id == course_id, MemberRow.user_id == actor)
    enrolled = exists().where(EnrollmentRow.course_id == course_id, EnrollmentRow.user_id == actor)
    published = exists().where(EditionRow.course_id == course_id)
    course = await session.scalar(
        select(CourseRow).where(
            CourseRow.id == course_id,
            (CourseRow.owner_id == actor) | member | (enrolled & published & CourseRow.archived_at.is_(None)),
        ),
    )
    if course is None:
        raise NotFound(_NO_COURSE)
    return course
