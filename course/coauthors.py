"""Who edits a course: its owner, co-authors, and those invited by their e-mail address who have not come yet."""

from uuid import UUID

from sqlalchemy import delete, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from course import access
from course.database import Database
from course.errors import Invalid, NotFound
from course.models.people import CoursePerson, Standing
from course.people import checked_email
from course.tables import CourseRow, InvitationRow, MemberRow, UserRow

_MOST = 50


class Coauthors:
    """Use cases of those who edit a course together. The owner alone invites and removes; anyone may leave.

    A co-author edits that course whatever their role; creating others still takes an instructor.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def people(self, actor: UUID, course_id: UUID) -> list[CoursePerson]:
        """The owner, the co-authors and the invited, for those who edit the course."""
        async with self._database.transaction() as session:
            course = await access.editor(session, actor, course_id)
            return await _people(session, course)

    async def invite(self, actor: UUID, course_id: UUID, email: str) -> CoursePerson:
        """Lets the person with that address edit the course: at once, or when they sign in for the first time.

        Raises `Invalid` for what is no address, and for whoever edits the course or is invited already.
        """
        email = checked_email(email)
        async with self._database.transaction() as session:
            course = await access.owner(session, actor, course_id)
            known = await _people(session, course)
            if any(one.email == email for one in known):
                raise Invalid(f"{email} is among this course's people already. Ask who can edit it to see them all.")
            if len(known) >= _MOST:
                raise Invalid(f"A course has at most {_MOST} people. Remove someone first.")
            user = await session.scalar(select(UserRow).where(UserRow.email == email))
            if user is not None and user.disabled_at is not None:
                raise Invalid(f"The account {email} has been closed. Ask your operator to open it again.")
            row = (
                insert(MemberRow).values(course_id=course_id, user_id=user.id)
                if user is not None
                else insert(InvitationRow).values(course_id=course_id, email=email, invited_by=actor)
            )
            await session.execute(row.on_conflict_do_nothing())
            return next(one for one in await _people(session, course) if one.email == email)

    async def remove(self, actor: UUID, course_id: UUID, email: str) -> CoursePerson:
        """Takes someone's right to edit the course, or their invitation; one's own right is one's own to give up.

        Returns who it was. Raises `NotAllowed` for others than the owner, `Invalid` for the owner themselves.
        """
        async with self._database.transaction() as session:
            me = await access.person(session, actor)
            leaving = me.email == email.strip().lower()
            editing = access.editor if leaving else access.owner
            course = await editing(session, actor, course_id, lock=True)
            found = next((one for one in await _people(session, course) if one.email == email.strip().lower()), None)
            if found is None:
                raise NotFound(f"{email.strip()[:80]} is not among this course's people.")
            if found.standing is Standing.OWNER:
                raise Invalid("This course is yours. Archive or delete it if you do not want it any more.")
            user = select(UserRow.id).where(UserRow.email == found.email).scalar_subquery()
            await session.execute(delete(MemberRow).where(MemberRow.course_id == course_id, MemberRow.user_id == user))
            await session.execute(
                delete(InvitationRow).where(InvitationRow.course_id == course_id, InvitationRow.email == found.email)
            )
            return found


async def _people(session: AsyncSession, course: CourseRow) -> list[CoursePerson]:
    owner = await session.get_one(UserRow, course.owner_id)
    found = [CoursePerson(email=owner.email, name=owner.name, standing=Standing.OWNER, since=course.created_at)]
    members = select(UserRow.email, UserRow.name, MemberRow.since).join(MemberRow, MemberRow.user_id == UserRow.id)
    members = members.where(MemberRow.course_id == course.id, UserRow.id != owner.id)
    invited = select(InvitationRow.email, literal(""), InvitationRow.at).where(InvitationRow.course_id == course.id)
    for standing, query in ((Standing.COAUTHOR, members), (Standing.INVITED, invited)):
        rows = sorted((await session.execute(query)).tuples(), key=lambda row: row[2])
        found += [CoursePerson(email=email, name=name, standing=standing, since=at) for email, name, at in rows]
    return found
