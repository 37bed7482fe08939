"""A teacher who brings a chapter, approves the outline and has all lessons written, as the page lets people do."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from benchmarks.product import Product
from benchmarks.turn.conversation import Conversation
from course.database import Database
from course.outline import load_outline
from course.tables import CourseRow, UserRow

_INSTRUCTOR = "instructor@lectern.local"
_PLAN = "Turn this into a course for first-year students."
_WRITE = "Looks good, write the lessons."
_PATIENCE = 1200.0


class NotWritten(RuntimeError):
    """The course did not come about; the message holds what the studio answered."""


async def teach(product: Product, database: Database, chapter: Path) -> UUID:
    """The course made from the chapter, all its lessons written."""
    conversation = Conversation(product.address, "Studio")
    await conversation.sign_in(_INSTRUCTOR, product.accounts["instructor"])
    await conversation.connect()
    try:
        file = await conversation.attach(chapter)
        await conversation.say(_PLAN, files=[file], patience=_PATIENCE)
        course_id = await _newest(database)
        # A model may ask back once before so much work.
        for words in (_WRITE, "Yes, write all lessons."):
            await conversation.say(words, patience=_PATIENCE)
            if not await _missing(database, course_id):
                return course_id
        raise NotWritten(f"Some lessons of {chapter.name} were not written. The studio said: {conversation.reply}")
    finally:
        await conversation.close()


async def _newest(database: Database) -> UUID:
    query = (
        select(CourseRow.id)
        .join(UserRow, CourseRow.owner_id == UserRow.id)
        .where(UserRow.email == _INSTRUCTOR)
        .order_by(CourseRow.created_at.desc())
        .limit(1)
    )
    async with database.transaction() as session:
        found = await session.scalar(query)
    if found is None:
        raise NotWritten("The studio made no course of the chapter.")
    return found


async def _missing(database: Database, course_id: UUID) -> list[str]:
    async with database.transaction() as session:
        outline = await load_outline(session, course_id)
    return [lesson.number for lesson in outline.lessons if not lesson.drafted] or ([] if outline.lessons else ["all"])
