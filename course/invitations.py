"""Invitations to edit a course, by e-mail address: what becomes of them when their person comes."""

from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course.notices import tell
from course.tables import CourseRow, InvitationRow, MemberRow, UserRow


async def accept(session: AsyncSession, person_id: UUID, email: str) -> None:
    """Makes the person a co-author wherever their address was invited. Only for an address that is surely theirs."""
    mine = delete(InvitationRow).where(InvitationRow.email == email).returning(InvitationRow.course_id)
    for course_id in (await session.scalars(mine)).all():
        member = insert(MemberRow).values(course_id=course_id, user_id=person_id)
        await session.execute(member.on_conflict_do_nothing())


async def tell_of_courses(session: AsyncSession, person_id: UUID, thread_id: str) -> None:
    """Says in the conversation which courses the person was made a co-author of since they were told last."""
    untold = update(MemberRow).where(MemberRow.user_id == person_id, MemberRow.told_at.is_(None))
    courses = (await session.scalars(untold.values(told_at=func.now()).returning(MemberRow.course_id))).all()
    query = select(CourseRow.id, CourseRow.title, UserRow.name).join(UserRow, UserRow.id == CourseRow.owner_id)
    for course_id, title, owner in (await session.execute(query.where(CourseRow.id.in_(courses)))).tuples():
        about = {"course_id": str(course_id), "title": title, "by": owner}
        await tell(session, thread_id, person_id, "made_coauthor", about)
