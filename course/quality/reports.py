"""Quality reports for those who edit a course: a lesson is looked at again only when something about it changed."""

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from uuid import UUID

from course import access
from course.database import Database
from course.errors import LecternError, NotFound
from course.models.picture import PictureFinding
from course.models.quality import CourseReport, LessonReport
from course.previews import Previews
from course.quality.examined import Examined
from course.quality.material import Material, load_material
from course.quality.report import course_report, examined, lesson_report

_log = logging.getLogger(__name__)

_REMEMBERED = 2_000
_DRAWING_SECONDS = 2.0


class Quality:
    """Use cases of the quality report."""

    def __init__(self, database: Database, previews: Previews | None = None) -> None:
        """Without `previews` reports say nothing of pictures."""
        self._database = database
        self._previews = previews
        self._reports: dict[str, LessonReport] = {}
        self._asking: dict[UUID, asyncio.Task[dict[UUID, list[PictureFinding]]]] = {}

    async def lesson(self, actor: UUID, course_id: UUID, lesson_id: UUID) -> LessonReport:
        """The report of one lesson as it is now."""
        report = await self.course(actor, course_id)
        found = next((one for one in report.lessons if one.lesson_id == lesson_id), None)
        if found is None:
            raise NotFound("That lesson is not there any more. Look at the outline and try again.")
        return found

    async def course(self, actor: UUID, course_id: UUID) -> CourseReport:
        """The report of the whole course as it is now."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            material = await load_material(session, course_id)
        drawing = await self._drawn(actor, course_id)
        return await asyncio.to_thread(self._report, material, drawing)

    async def _drawn(self, actor: UUID, course_id: UUID) -> dict[UUID, list[str]] | None:
        """What drawing found, by slide; None when that is not known yet: the next report may have it."""
        if self._previews is None or course_id in self._asking:
            return None
        asking = asyncio.create_task(self._previews.findings(actor, course_id))
        self._asking[course_id] = asking
        asking.add_done_callback(lambda task: self._answered(course_id, task))
        await asyncio.wait({asking}, timeout=_DRAWING_SECONDS)
        if not asking.done() or asking.exception() is not None:
            return None
        return {slide: [one.sentence for one in found] for slide, found in asking.result().items() if found}

    def _answered(self, course_id: UUID, asking: "asyncio.Task[dict[UUID, list[PictureFinding]]]") -> None:
        self._asking.pop(course_id, None)
        problem = None if asking.cancelled() else asking.exception()
        if problem is not None and not isinstance(problem, LecternError):
            _log.error("the press could not be asked about pictures", exc_info=problem)

    def _report(self, material: Material, drawing: Mapping[UUID, list[str]] | None) -> CourseReport:
        lessons = examined(material.course, material.passages, sourced=bool(material.sections), drawing=drawing)
        return course_report(material.course, [self._remembered(one) for one in lessons], material.sections)

    def _remembered(self, one: Examined) -> LessonReport:
        key = _content(one)
        report = self._reports.pop(key, None) or lesson_report(one)
        self._reports[key] = report
        while len(self._reports) > _REMEMBERED:
            self._reports.pop(next(iter(self._reports)), None)
        return report


def _content(one: Examined) -> str:
    """A name for all that a lesson's report depends on. Passages never change: which of them are there will do."""
    cited = sorted({citation.passage for slide in one.lesson.slides for citation in slide.citations})
    parts = [
        one.lesson.model_dump_json(),
        f"{one.course_title}\n{one.audience}\n{one.language}\n{one.sourced}\n{one.before}\n{one.after}",
        " ".join(ref for ref in cited if ref in one.passages),
        str(None if one.drawing is None else [one.drawn(slide) for slide in one.lesson.slides]),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
