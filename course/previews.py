"""A lesson's slides as the film will show them: pictures known by their content, and drawn when they are not there."""

import asyncio
import logging
from collections import OrderedDict
from uuid import UUID

from sqlalchemy import select

from course import access
from course.database import Database
from course.errors import NotFound, Unavailable
from course.models.picture import LessonPictures, PictureFinding, PicturePage, SlidePicture, SlidePreview, SlideSheet
from course.outline import load_course, load_lesson
from course.press import Press
from course.rendering.picture_shelf import PictureShelf
from course.rendering.sheets import lesson_sheets, sheet_key
from course.tables import LessonRow, ModuleRow

_log = logging.getLogger(__name__)

_REMEMBERED = 20_000
_NO_PICTURE = "There is no such picture, or it is not yours to see."


class Previews:
    """Use cases of pictures, for those who edit a course."""

    def __init__(self, database: Database, shelf: PictureShelf, press: Press) -> None:
        self._database = database
        self._shelf = shelf
        self._press = press
        self._findings: OrderedDict[str, list[PictureFinding]] = OrderedDict()

    async def pictures(self, actor: UUID, course_id: UUID, lesson_id: UUID) -> LessonPictures:
        """The lesson's slides with their pictures: those drawn before are found, the press draws the others.

        When the press or the store is away, the pictures that are known and a sentence about the trouble.
        """
        sheets = await self._sheets(actor, course_id, lesson_id)
        keys = {slide: sheet_key(sheet) for slide, sheet in sheets.items()}
        known: dict[str, SlidePicture] = {}
        trouble = None
        try:
            known |= await self._found(course_id, set(keys.values()))
            wanted = {key: sheets[slide] for slide, key in keys.items() if key not in known}
            if wanted:
                drawn = await self._press.draw(course_id, list(wanted.values()))
                # By place: a press of another version than ours names its pictures otherwise, and they are as good.
                known |= {key: self._shelf.remember(course_id, one) for key, one in zip(wanted, drawn, strict=True)}
        except Unavailable as error:
            _log.warning("pictures missing", extra={"course_id": str(course_id), "reason": error.sentence})
            trouble = error.sentence
        for key, picture in known.items():
            self._remember(key, picture.findings)
        previews = [SlidePreview(slide_id=slide, picture=known.get(key)) for slide, key in keys.items()]
        return LessonPictures(slides=previews, trouble=trouble)

    async def page(self, actor: UUID, course_id: UUID, key: str, place: int) -> PicturePage:
        """One picture of the course: `key` names the slide's content, `place` the page. Raises `NotFound`."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
        picture = await self._shelf.find(course_id, key)
        if picture is None or place >= len(picture.pages):
            raise NotFound(_NO_PICTURE)
        return picture.pages[place]

    async def findings(
        self, actor: UUID, course_id: UUID, lesson_id: UUID | None = None
    ) -> dict[UUID, list[PictureFinding]]:
        """What is wrong with the pictures of each slide of the lesson, or of the course; nothing need be drawn for it.

        Answered from memory for all slides that did not change. Raises `Unavailable` when the press is away.
        """
        sheets = await self._sheets(actor, course_id, lesson_id)
        keys = {slide: sheet_key(sheet) for slide, sheet in sheets.items()}
        unknown = {key: sheets[slide] for slide, key in keys.items() if key not in self._findings}
        if unknown:
            checked = await self._press.check(course_id, list(unknown.values()))
            for key, found in zip(unknown, checked, strict=True):
                self._remember(key, found)
        return {slide: self._findings.get(key, []) for slide, key in keys.items()}

    async def _sheets(self, actor: UUID, course_id: UUID, lesson_id: UUID | None) -> dict[UUID, SlideSheet]:
        """What is to be drawn, by slide."""
        async with self._database.transaction() as session:
            await access.editor(session, actor, course_id)
            if lesson_id is not None:
                lesson = await load_lesson(session, course_id, lesson_id)
                module = select(ModuleRow.title).join(LessonRow, LessonRow.module_id == ModuleRow.id)
                title = await session.scalar(module.where(LessonRow.id == lesson_id))
                titled = [(title or "", lesson)]
            else:
                course = await load_course(session, course_id)
                titled = [(module.title, lesson) for module in course.modules for lesson in module.lessons]
        return {
            slide.id: sheet
            for title, lesson in titled
            for slide, sheet in zip(lesson.slides, lesson_sheets(title, lesson), strict=True)
        }

    async def _found(self, course_id: UUID, keys: set[str]) -> dict[str, SlidePicture]:
        found = await asyncio.gather(*(self._shelf.find(course_id, key) for key in keys))
        return {picture.key: picture for picture in found if picture}

    def _remember(self, key: str, found: list[PictureFinding]) -> None:
        self._findings[key] = found
        self._findings.move_to_end(key)
        if len(self._findings) > _REMEMBERED:
            self._findings.popitem(last=False)
