"""Open panels follow the course, in whichever tab, conversation or process it was changed."""

import asyncio
import logging
from uuid import UUID

from sqlalchemy import select

from chat_app import panel
from chat_app.delivery import live_sessions
from course.database import Database
from course.errors import LecternError
from course.tables import CourseRow
from course.wakeups import listening

logger = logging.getLogger(__name__)

CHANNEL = "lectern_courses"
_AT_LEAST_EVERY = 15.0


class CourseWatch:
    """Tells live pages when the course they show is at another revision than they were last told."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[UUID, int] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; woken by each change of a course."""
        async with listening(self._database, CHANNEL) as wakeups:
            while not stop.is_set():
                try:
                    await self.look()
                except LecternError as error:
                    logger.warning("Panels wait: %s", error.sentence)
                except Exception:
                    logger.exception("Watching courses failed; it goes on")
                await wakeups.wait(_AT_LEAST_EVERY)

    async def look(self) -> None:
        """One pass over the courses that are on a screen."""
        shown = {session: course for session in live_sessions() if (course := panel.course_at_hand(session))}
        now = await self._revisions(set(shown.values())) if shown else {}
        for session, course_id in shown.items():
            if now.get(course_id, 0) > self._known.get(course_id, now.get(course_id, 0)):
                await panel.announce(session, course_id)
        self._known = now

    async def _revisions(self, course_ids: set[UUID]) -> dict[UUID, int]:
        query = select(CourseRow.id, CourseRow.revision).where(CourseRow.id.in_(course_ids))
        async with self._database.transaction() as session:
            return dict((await session.execute(query)).tuples().all())
