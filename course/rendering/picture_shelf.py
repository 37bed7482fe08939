"""Pictures of slides in the bucket: drawn once for each course and content, and known without being drawn again."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from pydantic import ValidationError

from course.errors import NotFound
from course.models.picture import PictureFinding, PicturePage, SlidePicture
from course.storage import Storage

_REMEMBERED = 5_000


class PictureShelf:
    """A course's pictures lie in a folder of its own, so that whoever edits the course may see them, and nobody else.

    Files are named for the content of what they show. A card for each slide, written last and once, says which
    files are its pictures and what the drawing found; cards never change, so the latest used are remembered.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._cards: OrderedDict[tuple[UUID, str], SlidePicture] = OrderedDict()

    def remembered(self, course_id: UUID, key: str) -> SlidePicture | None:
        """The picture, if it was found or put here lately; asks nobody."""
        card = self._cards.get((course_id, key))
        if card is not None:
            self._cards.move_to_end((course_id, key))
        return card

    async def find(self, course_id: UUID, key: str) -> SlidePicture | None:
        """The picture of the sheet with that key, if it was drawn before. Raises `StorageUnavailable`."""
        if card := self.remembered(course_id, key):
            return card
        try:
            card = SlidePicture.model_validate_json(await self._storage.download(_card(course_id, key)))
        except NotFound:
            return None
        except ValidationError:
            # A card that cannot be read would keep a new one off the shelf.
            await self._storage.delete(_card(course_id, key))
            return None
        return self.remember(course_id, card)

    async def put(
        self, course_id: UUID, key: str, images: Sequence[bytes], findings: Sequence[PictureFinding]
    ) -> SlidePicture:
        """Stores a slide's pages (WebP) and its card; fine when another did so before."""
        names = [f"{_folder(course_id)}{key}-{place}.webp" for place in range(len(images))]
        generations = await asyncio.gather(
            *(self._storage.upload(image, name, "image/webp") for image, name in zip(images, names, strict=True))
        )
        pages = [PicturePage(name=name, generation=made) for name, made in zip(names, generations, strict=True)]
        card = SlidePicture(key=key, pages=pages, findings=list(findings))
        await self._storage.upload(card.model_dump_json().encode(), _card(course_id, key), "application/json")
        return self.remember(course_id, card)

    async def clear(self, course_id: UUID) -> None:
        """Removes the pictures of a course that is no more. Raises `StorageUnavailable`."""
        await self._storage.delete_folder(_folder(course_id))
        for known in [known for known in self._cards if known[0] == course_id]:
            del self._cards[known]

    def remember(self, course_id: UUID, card: SlidePicture) -> SlidePicture:
        """Keeps the picture in mind for those who ask next."""
        self._cards[course_id, card.key] = card
        if len(self._cards) > _REMEMBERED:
            self._cards.popitem(last=False)
        return card


def _folder(course_id: UUID) -> str:
    return f"pictures/{course_id}/"


def _card(course_id: UUID, key: str) -> str:
    return f"{_folder(course_id)}{key}.json"
