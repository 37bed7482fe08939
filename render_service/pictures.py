"""Pictures of slides drawn on request: one at a time, beside whatever film is being made."""

import asyncio
import io
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from PIL import Image

from course.errors import Busy
from course.models.picture import PictureFinding, PictureOrder, SlidePicture, SlideSheet
from course.rendering.picture_shelf import PictureShelf
from course.rendering.sheets import sheet_key
from render_service.slides.sheet import check, draw_sheet

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

MOST_BYTES = 60_000
"""Of one picture: a lesson's pictures together load like a photograph."""

_MOST_ORDERS = 6
# Lossless first: type stays crisp, and most slides take 10 to 30 kB so.
_WAYS: tuple[dict[str, Any], ...] = (
    {"lossless": True, "method": 2},
    {"quality": 82, "method": 4},
    {"quality": 60, "method": 4},
)


class Pictures:
    """Draws in one thread, for FreeType's faces are not thread-safe; a film is drawn in a process of its own."""

    def __init__(self, shelf: PictureShelf) -> None:
        self._shelf = shelf
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="draw")
        self._encoding = ThreadPoolExecutor(2, thread_name_prefix="encode")
        self._orders = 0

    async def draw(self, order: PictureOrder) -> list[SlidePicture]:
        """The sheets' pictures in order, stored. Raises `Busy` when too many wait, `StorageUnavailable`."""
        started = time.monotonic()
        with self._counted():
            pictures = await asyncio.gather(*(self._picture(order.course_id, sheet) for sheet in order.sheets))
        facts = {"course_id": str(order.course_id), "sheets": len(pictures)}
        _log.info("drawn", extra=facts | {"seconds": round(time.monotonic() - started, 2)})
        return pictures

    async def check(self, order: PictureOrder) -> list[list[PictureFinding]]:
        """What drawing the sheets shows to be wanting; nothing is stored. Raises `Busy`."""
        with self._counted():
            return [await self._run(check, sheet) for sheet in order.sheets]

    def stop(self) -> None:
        """Draws no more; what waits is dropped."""
        self._drawing.shutdown(wait=False, cancel_futures=True)
        self._encoding.shutdown(wait=False, cancel_futures=True)

    async def _picture(self, course_id: UUID, sheet: SlideSheet) -> SlidePicture:
        key = sheet_key(sheet)
        if known := self._shelf.remembered(course_id, key):
            return known
        drawn = await self._run(draw_sheet, sheet)
        loop = asyncio.get_running_loop()
        images = [loop.run_in_executor(self._encoding, web_picture, page.image) for page in drawn.pages]
        return await self._shelf.put(course_id, key, await asyncio.gather(*images), drawn.findings)

    async def _run(self, work: Callable[[SlideSheet], _T], sheet: SlideSheet) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._drawing, work, sheet)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        if self._orders >= _MOST_ORDERS:
            raise Busy("The press draws as many pictures as it can. Try again in a moment.")
        self._orders += 1
        try:
            yield
        finally:
            self._orders -= 1


def web_picture(image: Image.Image) -> bytes:
    """The picture as WebP of at most `MOST_BYTES`: lossless if that is small enough, at last of half the size."""
    for way in _WAYS:
        file = io.BytesIO()
        image.save(file, "WEBP", **way)
        if file.tell() <= MOST_BYTES:
            return file.getvalue()
    return web_picture(image.reduce(2))
